/** Scoring inside of a stream and the life of a model there: watching, swapping, shadowing, rolling back. */
@NullMarked
package io.millrace.mllib.stream;

import org.jspecify.annotations.NullMarked;
