/** Sinks that keep or pass on what a job has worked out: memory, Akka Streams, actors. */
@NullMarked
package io.millrace.operators.sink;

import org.jspecify.annotations.NullMarked;
