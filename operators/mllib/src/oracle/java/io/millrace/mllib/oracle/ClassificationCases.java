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

/** Linear models, Bayes, perceptrons, factorization machines, one against the rest. */
final class ClassificationCases extends CaseList {

    ClassificationCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        for (double reg : new double[] {0, 0.1})
            make(
                    "o-lr-binomial-" + reg,
                    "classification/LogisticRegression",
                    NEAR,
                    FEATURES,
                    () -> new LogisticRegression()
                            .setLabelCol("cls")
                            .setRegParam(reg)
                            .setElasticNetParam(reg * 5)
                            .fit(t));
        make(
                "o-lr-threshold-one",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setThreshold(1.0)
                        .fit(t));
        make(
                "o-lr-nointercept-renamed",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setFitIntercept(false)
                        .setPredictionCol("p")
                        .setRawPredictionCol("")
                        .setProbabilityCol("q")
                        .fit(t));
        make(
                "o-lr-onlyprediction",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setRawPredictionCol("")
                        .setProbabilityCol("")
                        .fit(t));
        make(
                "o-lr-onlyprobability",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setRawPredictionCol("")
                        .setPredictionCol("")
                        .fit(t));
        make(
                "o-lr-multi",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls3")
                        .setFamily("multinomial")
                        .fit(t));
        make(
                "o-lr-multi-thresholds-zero",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls3")
                        .setThresholds(new double[] {0.2, 0.0, 0.7})
                        .fit(t));
        make(
                "o-lr-multi-onlyprediction",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls3")
                        .setRawPredictionCol("")
                        .setProbabilityCol("")
                        .fit(t));
        make(
                "o-svc-threshold",
                "classification/LinearSVC",
                NEAR,
                FEATURES,
                () -> new LinearSVC().setLabelCol("cls").setThreshold(0.4).fit(t));
        make(
                "o-svc-onlyprediction",
                "classification/LinearSVC",
                NEAR,
                FEATURES,
                () -> new LinearSVC()
                        .setLabelCol("cls")
                        .setThreshold(-0.3)
                        .setRawPredictionCol("")
                        .fit(t));
        make(
                "o-nb-multinomial",
                "classification/NaiveBayes",
                NEAR,
                s("pos"),
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("pos")
                        .setSmoothing(0.5)
                        .fit(t));
        make(
                "o-nb-multinomial-negative",
                "classification/NaiveBayes",
                NEAR,
                FEATURES,
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("pos")
                        .fit(t)
                        .setFeaturesCol("features"));
        make(
                "o-nb-complement",
                "classification/NaiveBayes",
                NEAR,
                s("pos"),
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("pos")
                        .setModelType("complement")
                        .fit(t));
        make(
                "o-nb-bernoulli",
                "classification/NaiveBayes",
                NEAR,
                s("bits"),
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("bits")
                        .setModelType("bernoulli")
                        .setThresholds(new double[] {0.5, 0.3, 0.2})
                        .fit(t));
        make(
                "o-nb-bernoulli-notbits",
                "classification/NaiveBayes",
                NEAR,
                s("pos"),
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("bits")
                        .setModelType("bernoulli")
                        .fit(t)
                        .setFeaturesCol("pos"));
        make(
                "o-nb-gaussian",
                "classification/NaiveBayes",
                NEAR,
                FEATURES,
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setModelType("gaussian")
                        .fit(t));
        make(
                "o-mlp",
                "classification/MultilayerPerceptronClassifier",
                NEAR,
                FEATURES,
                () -> new MultilayerPerceptronClassifier()
                        .setLabelCol("cls3")
                        .setLayers(new int[] {6, 5, 4, 3})
                        .setMaxIter(20)
                        .setSeed(3)
                        .fit(t));
        make(
                "o-mlp-thresholds",
                "classification/MultilayerPerceptronClassifier",
                NEAR,
                FEATURES,
                () -> new MultilayerPerceptronClassifier()
                        .setLabelCol("cls")
                        .setLayers(new int[] {6, 2})
                        .setMaxIter(20)
                        .setThresholds(new double[] {0.9, 0.1})
                        .fit(t));
        make(
                "o-fm-class",
                "classification/FMClassifier",
                NEAR,
                FEATURES,
                () -> new FMClassifier()
                        .setLabelCol("cls")
                        .setFactorSize(3)
                        .setMaxIter(10)
                        .setFeaturesCol("dense")
                        .fit(t)
                        .setFeaturesCol("features"));
        make(
                "o-ovr-svc",
                "classification/OneVsRest",
                NEAR,
                FEATURES,
                () -> new OneVsRest()
                        .setClassifier(new LinearSVC())
                        .setLabelCol("cls3")
                        .fit(t));
        make(
                "q-lr-colmax",
                "classification/LogisticRegression",
                NEAR,
                FEATURES,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setUpperBoundsOnCoefficients(Matrices.dense(1, 6, new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}))
                        .setMaxIter(5)
                        .setStandardization(false)
                        .setThreshold(0.3)
                        .fit(t));
    }
}
