/** Models that model selection chose: cross validation and train-validation split. */
@NullMarked
package io.millrace.mllib.tuning;

import org.jspecify.annotations.NullMarked;
