// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import static org.apache.spark.sql.functions.expr;

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

/** Rows that are null, of another size, or hold what is no number. */
final class OddRowsCases extends CaseList {

    OddRowsCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        Dataset<Row> tk = t.withColumn("tokens", expr("array_distinct(tokens)"));
        String[] O = {"odd"};
        String[] K = {"toks"};
        make(
                "x-lr",
                "classification/LogisticRegression",
                NEAR,
                O,
                () -> new LogisticRegression().setLabelCol("cls").fit(t).setFeaturesCol("odd"));
        make(
                "x-lr-multi",
                "classification/LogisticRegression",
                NEAR,
                O,
                () -> new LogisticRegression().setLabelCol("cls3").fit(t).setFeaturesCol("odd"));
        make(
                "x-svc",
                "classification/LinearSVC",
                NEAR,
                O,
                () -> new LinearSVC().setLabelCol("cls").fit(t).setFeaturesCol("odd"));
        make(
                "x-nb-gaussian",
                "classification/NaiveBayes",
                NEAR,
                O,
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setModelType("gaussian")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-nb-multinomial",
                "classification/NaiveBayes",
                NEAR,
                O,
                () -> new NaiveBayes()
                        .setLabelCol("cls3")
                        .setFeaturesCol("pos")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-mlp",
                "classification/MultilayerPerceptronClassifier",
                NEAR,
                O,
                () -> new MultilayerPerceptronClassifier()
                        .setLabelCol("cls3")
                        .setLayers(new int[] {6, 4, 3})
                        .setMaxIter(5)
                        .setSeed(3)
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-fm-reg",
                "regression/FMRegressor",
                NEAR,
                O,
                () -> new FMRegressor()
                        .setFeaturesCol("dense")
                        .setMaxIter(5)
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-dt",
                "classification/DecisionTreeClassifier",
                EXACT,
                O,
                () -> new DecisionTreeClassifier().setLabelCol("cls3").fit(t).setFeaturesCol("odd"));
        make(
                "x-rf-reg",
                "regression/RandomForestRegressor",
                EXACT,
                O,
                () -> new RandomForestRegressor().setNumTrees(4).fit(t).setFeaturesCol("odd"));
        make(
                "x-gbt",
                "classification/GBTClassifier",
                NEAR,
                O,
                () -> new GBTClassifier()
                        .setLabelCol("cls")
                        .setMaxIter(3)
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-linreg",
                "regression/LinearRegression",
                NEAR,
                O,
                () -> new LinearRegression().fit(t).setFeaturesCol("odd"));
        make(
                "x-glm",
                "regression/GeneralizedLinearRegression",
                NEAR,
                O,
                () -> new GeneralizedLinearRegression()
                        .setFamily("poisson")
                        .setLabelCol("cnt")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-aft",
                "regression/AFTSurvivalRegression",
                NEAR,
                O,
                () -> new AFTSurvivalRegression()
                        .setLabelCol("lab")
                        .setCensorCol("censor")
                        .fit(t.withColumn("lab", expr("c + 0.1")))
                        .setFeaturesCol("odd"));
        make(
                "x-isotonic",
                "regression/IsotonicRegression",
                NEAR,
                O,
                () -> new IsotonicRegression().fit(t).setFeaturesCol("odd"));
        make(
                "x-ovr",
                "classification/OneVsRest",
                NEAR,
                O,
                () -> new OneVsRest()
                        .setClassifier(new LogisticRegression())
                        .setLabelCol("cls3")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-kmeans",
                "clustering/KMeans",
                EXACT,
                O,
                () -> new KMeans().setK(3).setSeed(5).fit(t).setFeaturesCol("odd"));
        make(
                "x-kmeans-cosine",
                "clustering/KMeans",
                EXACT,
                O,
                () -> new KMeans()
                        .setK(3)
                        .setSeed(5)
                        .setDistanceMeasure("cosine")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-bisecting",
                "clustering/BisectingKMeans",
                EXACT,
                O,
                () -> new BisectingKMeans().setK(4).setSeed(2).fit(t).setFeaturesCol("odd"));
        make(
                "x-gmm",
                "clustering/GaussianMixture",
                NEAR,
                O,
                () -> new GaussianMixture()
                        .setK(2)
                        .setSeed(2)
                        .setMaxIter(5)
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-scaler",
                "feature/StandardScaler",
                EXACT,
                O,
                () -> new StandardScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setWithMean(true)
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-minmax",
                "feature/MinMaxScaler",
                EXACT,
                O,
                () -> new MinMaxScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-maxabs",
                "feature/MaxAbsScaler",
                EXACT,
                O,
                () -> new MaxAbsScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-robust",
                "feature/RobustScaler",
                EXACT,
                O,
                () -> new RobustScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-pca",
                "feature/PCA",
                NEAR,
                O,
                () -> new PCA()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setK(2)
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-idf",
                "feature/IDF",
                EXACT,
                O,
                () -> new IDF().setInputCol("pos").setOutputCol("o").fit(t).setInputCol("odd"));
        make(
                "x-vindexer",
                "feature/VectorIndexer",
                EXACT,
                O,
                () -> new VectorIndexer()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setMaxCategories(4)
                        .setHandleInvalid("keep")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-variance",
                "feature/VarianceThresholdSelector",
                EXACT,
                O,
                () -> new VarianceThresholdSelector()
                        .setVarianceThreshold(4)
                        .setOutputCol("o")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-brplsh",
                "feature/BucketedRandomProjectionLSH",
                NEAR,
                O,
                () -> new BucketedRandomProjectionLSH()
                        .setBucketLength(1.7)
                        .setNumHashTables(2)
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-minhash",
                "feature/MinHashLSH",
                EXACT,
                O,
                () -> new MinHashLSH()
                        .setNumHashTables(3)
                        .setInputCol("bits")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("odd"));
        make(
                "x-slicer",
                "feature/VectorSlicer",
                EXACT,
                O,
                () -> new VectorSlicer().setInputCol("odd").setOutputCol("o").setIndices(new int[] {5, 0}));
        make(
                "x-binarizer",
                "feature/Binarizer",
                EXACT,
                O,
                () -> new Binarizer().setInputCol("odd").setOutputCol("o").setThreshold(0.2));
        make(
                "x-normalizer",
                "feature/Normalizer",
                NEAR,
                O,
                () -> new Normalizer().setInputCol("odd").setOutputCol("o"));
        make(
                "x-poly",
                "feature/PolynomialExpansion",
                EXACT,
                O,
                () -> new PolynomialExpansion().setInputCol("odd").setOutputCol("o"));
        make("x-dct", "feature/DCT", NEAR, O, () -> new DCT().setInputCol("odd").setOutputCol("o"));
        make(
                "x-elementwise",
                "feature/ElementwiseProduct",
                EXACT,
                O,
                () -> new ElementwiseProduct()
                        .setInputCol("odd")
                        .setOutputCol("o")
                        .setScalingVec(Vectors.dense(1, 2, 0, -1, 0.5, 3)));
        make(
                "x-assembler-error",
                "feature/VectorAssembler",
                EXACT,
                s("odd", "b"),
                () -> new VectorAssembler().setInputCols(s("odd", "b")).setOutputCol("o"));
        make(
                "x-assembler-skip",
                "feature/VectorAssembler",
                EXACT,
                s("odd", "b"),
                () -> new VectorAssembler()
                        .setInputCols(s("odd", "b"))
                        .setOutputCol("o")
                        .setHandleInvalid("skip"));
        make(
                "x-sizehint-skip",
                "feature/VectorSizeHint",
                EXACT,
                O,
                () -> new VectorSizeHint().setInputCol("odd").setSize(6).setHandleInvalid("skip"));
        make(
                "x-sizehint-error",
                "feature/VectorSizeHint",
                EXACT,
                O,
                () -> new VectorSizeHint().setInputCol("odd").setSize(6));
        make(
                "x-stopwords",
                "feature/StopWordsRemover",
                EXACT,
                K,
                () -> new StopWordsRemover().setInputCol("toks").setOutputCol("o"));
        make(
                "x-ngram",
                "feature/NGram",
                EXACT,
                K,
                () -> new NGram().setInputCol("toks").setOutputCol("o"));
        make(
                "x-hashingtf",
                "feature/HashingTF",
                EXACT,
                K,
                () -> new HashingTF().setInputCol("toks").setOutputCol("o").setBinary(true));
        make(
                "x-countvec",
                "feature/CountVectorizer",
                EXACT,
                K,
                () -> new CountVectorizer()
                        .setInputCol("tokens")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("toks"));
        make(
                "x-word2vec",
                "feature/Word2Vec",
                NEAR,
                K,
                () -> new Word2Vec()
                        .setInputCol("tokens")
                        .setOutputCol("o")
                        .setVectorSize(3)
                        .setMinCount(1)
                        .setSeed(1)
                        .fit(t)
                        .setInputCol("toks"));
        make(
                "x-fpgrowth",
                "fpm/FPGrowth",
                EXACT,
                K,
                () -> new FPGrowth()
                        .setItemsCol("tokens")
                        .setMinSupport(0.02)
                        .setMinConfidence(0.2)
                        .fit(tk)
                        .setItemsCol("toks"));
        make(
                "x-tokenizer-null",
                "feature/Tokenizer",
                EXACT,
                s("cat"),
                () -> new Tokenizer().setInputCol("cat").setOutputCol("o"));
        make(
                "x-regextok-null",
                "feature/RegexTokenizer",
                EXACT,
                s("cat"),
                () -> new RegexTokenizer().setInputCol("cat").setOutputCol("o"));
        make(
                "x-onehot-null",
                "feature/OneHotEncoder",
                EXACT,
                s("a"),
                () -> new OneHotEncoder()
                        .setInputCol("ix")
                        .setOutputCol("o")
                        .fit(t)
                        .setInputCol("a"));
        make(
                "x-als-long",
                "recommendation/ALS",
                EXACT,
                s("l", "b"),
                () -> new ALS().setRank(3).setMaxIter(2).fit(t).setUserCol("l").setItemCol("b"));
        make(
                "x-isotonic-null",
                "regression/IsotonicRegression",
                NEAR,
                s("a"),
                () -> new IsotonicRegression().setFeaturesCol("b").fit(t).setFeaturesCol("a"));
        make(
                "x-rf-depth0",
                "classification/RandomForestClassifier",
                EXACT,
                O,
                () -> leaf(new RandomForestClassifier().setLabelCol("cls3").setNumTrees(3), "leaves")
                        .setMaxDepth(0)
                        .setRawPredictionCol("")
                        .setProbabilityCol("")
                        .fit(t)
                        .setFeaturesCol("odd"));
        make(
                "x-column-missing",
                "feature/VectorAssembler",
                EXACT,
                s("b"),
                () -> new VectorAssembler().setInputCols(s("b", "gone")).setOutputCol("o"));
    }
}
