/** Recommendation by alternating least squares. */
@NullMarked
package io.millrace.mllib.recommendation;

import org.jspecify.annotations.NullMarked;
