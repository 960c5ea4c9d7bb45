// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The classifiers that can be loaded. One line per class that Spark saves. */
public final class ClassificationStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.classification.FMClassificationModel", FMClassificationModel::load),
            entry("org.apache.spark.ml.classification.LinearSVCModel", LinearSVCModel::load),
            entry("org.apache.spark.ml.classification.LogisticRegressionModel", LogisticRegressionModel::load),
            entry(
                    "org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel",
                    MultilayerPerceptronClassificationModel::load),
            entry("org.apache.spark.ml.classification.NaiveBayesModel", NaiveBayesModel::load),
            entry("org.apache.spark.ml.classification.OneVsRestModel", OneVsRestModel::load));

    private ClassificationStages() {}
}
