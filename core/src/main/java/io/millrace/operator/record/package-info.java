/** Operators that look at one record at a time. */
@NullMarked
package io.millrace.operator.record;

import org.jspecify.annotations.NullMarked;
