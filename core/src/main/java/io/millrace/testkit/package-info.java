/** Virtual time and a deterministic run queue, for testing jobs without sleeping. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
