// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The trees and ensembles that can be loaded, of classes and of numbers. One line per class that Spark saves. */
public final class TreeStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry(
                    "org.apache.spark.ml.classification.DecisionTreeClassificationModel",
                    DecisionTreeClassificationModel::load),
            entry("org.apache.spark.ml.classification.GBTClassificationModel", GBTClassificationModel::load),
            entry(
                    "org.apache.spark.ml.classification.RandomForestClassificationModel",
                    RandomForestClassificationModel::load),
            entry("org.apache.spark.ml.regression.DecisionTreeRegressionModel", DecisionTreeRegressionModel::load),
            entry("org.apache.spark.ml.regression.GBTRegressionModel", GBTRegressionModel::load),
            entry("org.apache.spark.ml.regression.RandomForestRegressionModel", RandomForestRegressionModel::load));

    private TreeStages() {}
}
