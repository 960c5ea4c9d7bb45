/** Operators and sinks beyond those of the engine itself. */
@NullMarked
package io.millrace.operators;

import org.jspecify.annotations.NullMarked;
