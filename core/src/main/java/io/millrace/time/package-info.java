/** The one seam of time: a clock that is read and a timer that fires. */
@NullMarked
package io.millrace.time;

import org.jspecify.annotations.NullMarked;
