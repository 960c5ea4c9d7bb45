/** Regressors other than trees: linear, generalised linear, isotonic, survival, factorisation. */
@NullMarked
package io.millrace.mllib.regression;

import org.jspecify.annotations.NullMarked;
