/** Saved model directories: sources, metadata, Parquet records, and the bounds of what is read. */
@NullMarked
package io.millrace.mllib.storage;

import org.jspecify.annotations.NullMarked;
