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

/** Models of one feature. */
final class OneFeatureCases extends CaseList {

    OneFeatureCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        String[] O = {"one"};
        make(
                "q-one-lr",
                "classification/LogisticRegression",
                NEAR,
                O,
                () -> new LogisticRegression()
                        .setLabelCol("cls")
                        .setFeaturesCol("one")
                        .fit(t));
        make(
                "q-one-lr-multi",
                "classification/LogisticRegression",
                NEAR,
                O,
                () -> new LogisticRegression()
                        .setLabelCol("cls3")
                        .setFeaturesCol("one")
                        .setThresholds(new double[] {0.2, 0.5, 0.3})
                        .fit(t));
        make(
                "q-one-svc",
                "classification/LinearSVC",
                NEAR,
                O,
                () -> new LinearSVC().setLabelCol("cls").setFeaturesCol("one").fit(t));
        make(
                "q-one-nb",
                "classification/NaiveBayes",
                NEAR,
                O,
                () -> new NaiveBayes()
                        .setModelType("gaussian")
                        .setLabelCol("cls")
                        .setFeaturesCol("one")
                        .setThresholds(new double[] {0.4, 0.6})
                        .fit(t));
        make(
                "q-one-linreg",
                "regression/LinearRegression",
                NEAR,
                O,
                () -> new LinearRegression()
                        .setFeaturesCol("one")
                        .setFitIntercept(false)
                        .fit(t));
        make(
                "q-one-glm",
                "regression/GeneralizedLinearRegression",
                NEAR,
                O,
                () -> new GeneralizedLinearRegression()
                        .setFamily("poisson")
                        .setLink("log")
                        .setWeightCol("w")
                        .setLabelCol("cnt")
                        .setFeaturesCol("one")
                        .setLinkPredictionCol("lp")
                        .fit(t));
        make(
                "q-one-dt",
                "classification/DecisionTreeClassifier",
                EXACT,
                O,
                () -> new DecisionTreeClassifier()
                        .setLabelCol("cls3")
                        .setFeaturesCol("one")
                        .setThresholds(new double[] {0.0, 0.5, 0.5})
                        .fit(t));
        make(
                "q-one-rf",
                "regression/RandomForestRegressor",
                EXACT,
                O,
                () -> new RandomForestRegressor()
                        .setFeaturesCol("one")
                        .setNumTrees(1)
                        .setWeightCol("w")
                        .fit(t));
        make(
                "q-one-gbt",
                "classification/GBTClassifier",
                NEAR,
                O,
                () -> new GBTClassifier()
                        .setLabelCol("cls")
                        .setFeaturesCol("one")
                        .setMaxIter(1)
                        .setThresholds(new double[] {0.0, 1.0})
                        .fit(t));
        make(
                "q-one-kmeans-10",
                "clustering/KMeans",
                EXACT,
                O,
                () -> new KMeans()
                        .setK(10)
                        .setFeaturesCol("one")
                        .setWeightCol("w")
                        .setSolver("block")
                        .fit(t));
        make(
                "q-one-bis",
                "clustering/BisectingKMeans",
                EXACT,
                O,
                () -> new BisectingKMeans()
                        .setK(6)
                        .setMinDivisibleClusterSize(0.2)
                        .setFeaturesCol("one")
                        .fit(t));
        make(
                "q-one-minmax",
                "feature/MinMaxScaler",
                EXACT,
                O,
                () -> new MinMaxScaler().setInputCol("one").setOutputCol("x").fit(t));
        make(
                "q-one-robust",
                "feature/RobustScaler",
                EXACT,
                O,
                () -> new RobustScaler()
                        .setInputCol("one")
                        .setOutputCol("x")
                        .setWithCentering(true)
                        .fit(t));
        make(
                "q-one-poly",
                "feature/PolynomialExpansion",
                EXACT,
                O,
                () -> new PolynomialExpansion()
                        .setInputCol("one")
                        .setOutputCol("x")
                        .setDegree(5));
        make(
                "q-one-poly-1",
                "feature/PolynomialExpansion",
                EXACT,
                O,
                () -> new PolynomialExpansion()
                        .setInputCol("one")
                        .setOutputCol("x")
                        .setDegree(1));
        make(
                "q-one-dct",
                "feature/DCT",
                NEAR,
                O,
                () -> new DCT().setInputCol("one").setOutputCol("x"));
        make(
                "q-one-pca",
                "feature/PCA",
                NEAR,
                O,
                () -> new PCA().setK(1).setInputCol("one").setOutputCol("x").fit(t));
        make(
                "q-one-fm",
                "classification/FMClassifier",
                NEAR,
                O,
                () -> new FMClassifier()
                        .setMaxIter(3)
                        .setLabelCol("cls")
                        .setFeaturesCol("one")
                        .setFactorSize(1)
                        .setThresholds(new double[] {0.3, 0.7})
                        .fit(t.filter("b != 0")));
        make(
                "q-one-mlp",
                "classification/MultilayerPerceptronClassifier",
                NEAR,
                O,
                () -> new MultilayerPerceptronClassifier()
                        .setLayers(new int[] {1, 3, 2})
                        .setLabelCol("cls")
                        .setFeaturesCol("one")
                        .setMaxIter(5)
                        .setRawPredictionCol("")
                        .fit(t));
        make(
                "q-one-vi",
                "feature/VectorIndexer",
                EXACT,
                O,
                () -> new VectorIndexer()
                        .setInputCol("one")
                        .setOutputCol("x")
                        .setMaxCategories(400)
                        .setHandleInvalid("skip")
                        .fit(t));
        make(
                "q-one-iso",
                "regression/IsotonicRegression",
                NEAR,
                O,
                () -> new IsotonicRegression()
                        .setFeaturesCol("one")
                        .setWeightCol("w")
                        .setIsotonic(false)
                        .fit(t));
        make(
                "q-one-ovr",
                "classification/OneVsRest",
                NEAR,
                O,
                () -> new OneVsRest()
                        .setClassifier(new NaiveBayes().setModelType("gaussian"))
                        .setFeaturesCol("one")
                        .setLabelCol("cls3")
                        .setPredictionCol("p")
                        .fit(t));
    }
}
