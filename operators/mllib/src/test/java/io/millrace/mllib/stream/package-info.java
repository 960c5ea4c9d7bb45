/** Scoring in a stream, and the life of a model there, in virtual time. */
@NullUnmarked
package io.millrace.mllib.stream;

import org.jspecify.annotations.NullUnmarked;
