/** What becomes of records that were set aside: kept, written, and fed again. */
@NullMarked
package io.millrace.operators.deadletter;

import org.jspecify.annotations.NullMarked;
