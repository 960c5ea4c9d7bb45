/** When a batch is due, what it holds, who works on it: the batch protocol as pure code. */
@NullMarked
package io.millrace.runtime.batch;

import org.jspecify.annotations.NullMarked;
