// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import org.apache.spark.ml.*;
import org.apache.spark.ml.classification.*;
import org.apache.spark.ml.clustering.*;
import org.apache.spark.ml.evaluation.*;
import org.apache.spark.ml.feature.*;
import org.apache.spark.ml.fpm.*;
import org.apache.spark.ml.linalg.*;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.ml.regression.*;
import org.apache.spark.ml.tuning.*;
import org.apache.spark.sql.*;

/** Trees, forests, boosted trees. */
final class TreesCases extends CaseList {

    TreesCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        make(
                "o-ovr-gbt",
                "classification/OneVsRest",
                EXACT,
                FEATURES,
                () -> new OneVsRest()
                        .setClassifier(new GBTClassifier().setMaxIter(3))
                        .setLabelCol("cls3")
                        .fit(t));
        make(
                "o-ovr-rf-noraw",
                "classification/OneVsRest",
                EXACT,
                FEATURES,
                () -> new OneVsRest()
                        .setClassifier(new RandomForestClassifier().setNumTrees(3))
                        .setRawPredictionCol("")
                        .setLabelCol("cls3")
                        .fit(t));
        make(
                "o-dt-class-leaf",
                "classification/DecisionTreeClassifier",
                EXACT,
                FEATURES,
                () -> leaf(
                                new DecisionTreeClassifier()
                                        .setLabelCol("cls3")
                                        .setMaxDepth(7)
                                        .setThresholds(new double[] {0.1, 0.8, 0.1}),
                                "leaf")
                        .fit(t));
        make(
                "o-dt-class-entropy",
                "classification/DecisionTreeClassifier",
                EXACT,
                FEATURES,
                () -> new DecisionTreeClassifier()
                        .setLabelCol("cls")
                        .setImpurity("entropy")
                        .setWeightCol("w")
                        .fit(t));
        make(
                "o-dt-class-depth0",
                "classification/DecisionTreeClassifier",
                EXACT,
                FEATURES,
                () -> leaf(new DecisionTreeClassifier().setLabelCol("cls").setMaxDepth(0), "leaf")
                        .fit(t));
        make(
                "o-dt-reg",
                "regression/DecisionTreeRegressor",
                NEAR,
                FEATURES,
                () -> leaf(new DecisionTreeRegressor().setVarianceCol("var").setWeightCol("w"), "leaf")
                        .fit(t));
        make(
                "o-rf-class",
                "classification/RandomForestClassifier",
                EXACT,
                FEATURES,
                () -> leaf(
                                new RandomForestClassifier()
                                        .setLabelCol("cls3")
                                        .setNumTrees(7)
                                        .setProbabilityCol(""),
                                "leaves")
                        .fit(t));
        make(
                "o-rf-class-thr",
                "classification/RandomForestClassifier",
                EXACT,
                FEATURES,
                () -> new RandomForestClassifier()
                        .setLabelCol("cls3")
                        .setNumTrees(4)
                        .setThresholds(new double[] {1, 0.4, 0})
                        .setRawPredictionCol("")
                        .fit(t));
        make(
                "o-rf-reg",
                "regression/RandomForestRegressor",
                EXACT,
                FEATURES,
                () -> leaf(new RandomForestRegressor().setNumTrees(9), "leaves").fit(t));
        make(
                "o-gbt-class",
                "classification/GBTClassifier",
                NEAR,
                FEATURES,
                () -> leaf(new GBTClassifier().setLabelCol("cls").setMaxIter(6), "leaves")
                        .fit(t));
        make(
                "o-gbt-class-thr",
                "classification/GBTClassifier",
                NEAR,
                FEATURES,
                () -> new GBTClassifier()
                        .setLabelCol("cls")
                        .setMaxIter(4)
                        .setThresholds(new double[] {0.3, 0.7})
                        .setRawPredictionCol("")
                        .setProbabilityCol("")
                        .fit(t));
        make(
                "o-gbt-reg",
                "regression/GBTRegressor",
                NEAR,
                FEATURES,
                () -> leaf(new GBTRegressor().setMaxIter(5).setLossType("absolute"), "leaves")
                        .fit(t));
        make(
                "o-vindexer-rf-skip",
                "pipeline",
                EXACT,
                s("catv"),
                () -> new Pipeline()
                        .setStages(new PipelineStage[] {
                            new VectorIndexer()
                                    .setInputCol("catv")
                                    .setOutputCol("vi")
                                    .setMaxCategories(5)
                                    .setHandleInvalid("skip"),
                            new RandomForestClassifier()
                                    .setLabelCol("cls")
                                    .setFeaturesCol("vi")
                                    .setNumTrees(4)
                        })
                        .fit(t));
        make(
                "o-vindexer-dt-keep",
                "pipeline",
                EXACT,
                s("catv"),
                () -> new Pipeline()
                        .setStages(new PipelineStage[] {
                            new VectorIndexer()
                                    .setInputCol("catv")
                                    .setOutputCol("vi")
                                    .setMaxCategories(5)
                                    .setHandleInvalid("keep"),
                            new DecisionTreeRegressor().setFeaturesCol("vi")
                        })
                        .fit(t));
        make(
                "o-vindexer-error",
                "feature/VectorIndexer",
                EXACT,
                s("catv"),
                () -> new VectorIndexer()
                        .setInputCol("catv")
                        .setOutputCol("vi")
                        .setMaxCategories(4)
                        .fit(t));
    }
}
