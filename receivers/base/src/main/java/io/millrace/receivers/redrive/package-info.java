/** Feeds dead letters that were written to files into a job again. */
@NullMarked
package io.millrace.receivers.redrive;

import org.jspecify.annotations.NullMarked;
