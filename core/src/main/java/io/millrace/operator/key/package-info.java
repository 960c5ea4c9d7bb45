/** Operators that bring records together by key, or all of a batch in one place. */
@NullMarked
package io.millrace.operator.key;

import org.jspecify.annotations.NullMarked;
