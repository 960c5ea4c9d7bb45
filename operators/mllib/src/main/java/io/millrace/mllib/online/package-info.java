/** Learners that learn from a stream: k-means, linear and logistic regression by gradient descent. */
@NullMarked
package io.millrace.mllib.online;

import org.jspecify.annotations.NullMarked;
