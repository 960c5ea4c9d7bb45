/** A sink of files that roll across batches, with a manifest per batch, and who reads them. */
@NullMarked
package io.millrace.operators.sink.file;

import org.jspecify.annotations.NullMarked;
