/** The driver: every batch interval, turns blocks into tasks and tasks into a finished batch. */
@NullMarked
package io.millrace.runtime.driver;

import org.jspecify.annotations.NullMarked;
