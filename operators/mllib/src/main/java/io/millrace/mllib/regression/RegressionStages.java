// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The regressors that can be loaded. One line per class that Spark saves. */
public final class RegressionStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.regression.AFTSurvivalRegressionModel", AFTSurvivalRegressionModel::load),
            entry("org.apache.spark.ml.regression.FMRegressionModel", FMRegressionModel::load),
            entry(
                    "org.apache.spark.ml.regression.GeneralizedLinearRegressionModel",
                    GeneralizedLinearRegressionModel::load),
            entry("org.apache.spark.ml.regression.IsotonicRegressionModel", IsotonicRegressionModel::load),
            entry("org.apache.spark.ml.regression.LinearRegressionModel", LinearRegressionModel::load));

    private RegressionStages() {}
}
