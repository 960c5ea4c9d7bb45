/** Transformers of features: text, scalers, encoders, indexers, selectors, hashes, formulas, SQL. */
@NullMarked
package io.millrace.mllib.feature;

import org.jspecify.annotations.NullMarked;
