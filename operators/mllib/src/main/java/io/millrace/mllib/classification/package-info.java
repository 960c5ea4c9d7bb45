/** Classifiers other than trees: logistic regression, support vectors, Bayes, perceptron, factorisation, one against the rest. */
@NullMarked
package io.millrace.mllib.classification;

import org.jspecify.annotations.NullMarked;
