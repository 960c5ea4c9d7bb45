/** Operators that look at several batches at once. */
@NullMarked
package io.millrace.operator.window;

import org.jspecify.annotations.NullMarked;
