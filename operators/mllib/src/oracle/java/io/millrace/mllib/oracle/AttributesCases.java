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
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.recommendation.*;
import org.apache.spark.ml.regression.*;
import org.apache.spark.ml.tuning.*;
import org.apache.spark.sql.*;

/** The metadata that goes through several stages. */
final class AttributesCases extends CaseList {

    AttributesCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        make(
                "q-attr-oh-assemble-slice",
                "pipeline",
                EXACT,
                s("cat", "cat2", "b", "features"),
                () -> pipe(
                                si("cat", "ci"),
                                si("cat2", "di"),
                                new OneHotEncoder()
                                        .setInputCols(s("ci", "di"))
                                        .setOutputCols(s("co", "do"))
                                        .setDropLast(true),
                                new VectorAssembler()
                                        .setInputCols(s("co", "b", "do", "features", "di"))
                                        .setOutputCol("all"),
                                new VectorSlicer()
                                        .setInputCol("all")
                                        .setOutputCol("cut")
                                        .setIndices(new int[] {9, 0, 2, 7}),
                                new VectorAssembler()
                                        .setInputCols(s("cut", "co"))
                                        .setOutputCol("again"))
                        .fit(t));
        make(
                "q-attr-select-scale",
                "pipeline",
                EXACT,
                s("cat", "cat2", "pos"),
                () -> pipe(
                                si("cat", "ci"),
                                si("cat2", "di"),
                                new OneHotEncoder()
                                        .setInputCols(s("ci", "di"))
                                        .setOutputCols(s("co", "do"))
                                        .setHandleInvalid("keep"),
                                new VectorAssembler()
                                        .setInputCols(s("co", "pos", "do", "ci"))
                                        .setOutputCol("all"),
                                new ChiSqSelector()
                                        .setFeaturesCol("all")
                                        .setLabelCol("cls3")
                                        .setNumTopFeatures(5)
                                        .setOutputCol("sel"),
                                new UnivariateFeatureSelector()
                                        .setFeatureType("continuous")
                                        .setLabelType("categorical")
                                        .setSelectionMode("percentile")
                                        .setSelectionThreshold(0.5)
                                        .setFeaturesCol("all")
                                        .setLabelCol("cls3")
                                        .setOutputCol("uni"),
                                new VarianceThresholdSelector()
                                        .setVarianceThreshold(0.2)
                                        .setFeaturesCol("all")
                                        .setOutputCol("var"),
                                new StandardScaler().setInputCol("sel").setOutputCol("scaled"),
                                new MinMaxScaler().setInputCol("uni").setOutputCol("mm"),
                                new MaxAbsScaler().setInputCol("var").setOutputCol("ma"),
                                new Normalizer().setInputCol("var").setOutputCol("no"),
                                new RobustScaler().setInputCol("var").setOutputCol("ro"),
                                new ElementwiseProduct()
                                        .setInputCol("sel")
                                        .setOutputCol("ep")
                                        .setScalingVec(Vectors.dense(1, 2, 3, 4, 5)))
                        .fit(t));
        make(
                "q-attr-bucket-onehot",
                "pipeline",
                EXACT,
                s("b", "c", "k"),
                () -> pipe(
                                new Bucketizer()
                                        .setInputCol("b")
                                        .setOutputCol("bb")
                                        .setSplits(new double[] {
                                            Double.NEGATIVE_INFINITY, -0.5, 0.5, Double.POSITIVE_INFINITY
                                        }),
                                new QuantileDiscretizer()
                                        .setInputCols(s("c", "k"))
                                        .setOutputCols(s("cq", "kq"))
                                        .setNumBucketsArray(new int[] {3, 5})
                                        .setHandleInvalid("keep"),
                                new Binarizer()
                                        .setInputCol("c")
                                        .setOutputCol("cb")
                                        .setThreshold(2),
                                new OneHotEncoder()
                                        .setInputCols(s("bb", "cq", "kq", "cb"))
                                        .setOutputCols(s("o1", "o2", "o3", "o4")),
                                new VectorAssembler()
                                        .setInputCols(s("o1", "o2", "o3", "o4", "bb", "cb"))
                                        .setOutputCol("all"),
                                new Interaction()
                                        .setInputCols(s("bb", "o1", "c"))
                                        .setOutputCol("ia"))
                        .fit(t));
        make(
                "q-attr-vindex-trees2",
                "pipeline",
                EXACT,
                s("cat", "cat2", "ix2", "b", "c"),
                () -> pipe(
                                si("cat", "ci"),
                                si("cat2", "di"),
                                new VectorAssembler()
                                        .setInputCols(s("ci", "di", "ix2", "b", "c"))
                                        .setOutputCol("all"),
                                new VectorIndexer()
                                        .setInputCol("all")
                                        .setOutputCol("vi")
                                        .setMaxCategories(8)
                                        .setHandleInvalid("keep"),
                                new RandomForestClassifier()
                                        .setNumTrees(5)
                                        .setLabelCol("cls3")
                                        .setFeaturesCol("vi")
                                        .setPredictionCol("rf")
                                        .setRawPredictionCol("rfr")
                                        .setProbabilityCol("rfp"),
                                new GBTRegressor()
                                        .setMaxIter(4)
                                        .setFeaturesCol("vi")
                                        .setPredictionCol("gb"))
                        .fit(t));
        make(
                "q-attr-labels-back",
                "pipeline",
                NEAR,
                s("cat", "cat2", "b", "c", "features"),
                () -> pipe(
                                si("cat", "y").setHandleInvalid("skip"),
                                new VectorAssembler()
                                        .setInputCols(s("b", "c", "features"))
                                        .setOutputCol("v"),
                                new LogisticRegression()
                                        .setLabelCol("y")
                                        .setFeaturesCol("v")
                                        .setMaxIter(5),
                                new IndexToString().setInputCol("y").setOutputCol("back"),
                                new IndexToString()
                                        .setInputCol("prediction")
                                        .setOutputCol("name")
                                        .setLabels(s("a", "b", "ç", "d", "e", "f", "g")))
                        .fit(t));
        make(
                "q-attr-hasher",
                "pipeline",
                NEAR,
                s("b", "k", "flag", "cat2"),
                () -> pipe(
                                new FeatureHasher()
                                        .setInputCols(s("b", "k", "flag", "cat2"))
                                        .setNumFeatures(8)
                                        .setOutputCol("h"),
                                new VectorAssembler().setInputCols(s("h", "b")).setOutputCol("v"),
                                new PolynomialExpansion().setInputCol("v").setOutputCol("p"),
                                new DCT().setInputCol("v").setOutputCol("d"),
                                new LinearSVC()
                                        .setFeaturesCol("p")
                                        .setLabelCol("cls")
                                        .setMaxIter(3))
                        .fit(t));
        make(
                "q-attr-cluster",
                "pipeline",
                NEAR,
                s("features"),
                () -> pipe(
                                new KMeans().setK(3).setSeed(1).setPredictionCol("km"),
                                new BisectingKMeans().setK(3).setPredictionCol("bk"),
                                new GaussianMixture()
                                        .setK(2)
                                        .setSeed(1)
                                        .setMaxIter(4)
                                        .setPredictionCol("gm")
                                        .setProbabilityCol("gp"),
                                new OneHotEncoder().setInputCols(s("km", "bk")).setOutputCols(s("o1", "o2")),
                                new VectorAssembler()
                                        .setInputCols(s("o1", "gp", "features", "bk"))
                                        .setOutputCol("v"),
                                new LinearRegression().setFeaturesCol("v").setRegParam(0.1))
                        .fit(t));
        make(
                "q-attr-lsh",
                "pipeline",
                NEAR,
                s("features", "bits"),
                () -> pipe(
                                new MinHashLSH()
                                        .setInputCol("bits")
                                        .setOutputCol("mh")
                                        .setNumHashTables(2),
                                new BucketedRandomProjectionLSH()
                                        .setInputCol("features")
                                        .setOutputCol("br")
                                        .setBucketLength(2))
                        .fit(t));
        make(
                "q-attr-impute",
                "pipeline",
                EXACT,
                s("a", "b", "f"),
                () -> pipe(
                                new Imputer()
                                        .setInputCols(s("a", "f"))
                                        .setOutputCols(s("a2", "f2"))
                                        .setStrategy("median"),
                                new VectorAssembler()
                                        .setInputCols(s("a2", "f2", "b"))
                                        .setOutputCol("v"),
                                new VectorSizeHint().setInputCol("v").setSize(3),
                                new StandardScaler()
                                        .setInputCol("v")
                                        .setOutputCol("s")
                                        .setWithMean(true))
                        .fit(t));
        make(
                "q-attr-text",
                "pipeline",
                NEAR,
                s("text", "tokens"),
                () -> pipe(
                                new Tokenizer().setInputCol("text").setOutputCol("words"),
                                new NGram().setInputCol("words").setOutputCol("bi"),
                                new HashingTF()
                                        .setInputCol("bi")
                                        .setOutputCol("h")
                                        .setNumFeatures(20),
                                new CountVectorizer()
                                        .setInputCol("tokens")
                                        .setOutputCol("cv")
                                        .setVocabSize(6),
                                new IDF().setInputCol("cv").setOutputCol("ci"),
                                new Word2Vec()
                                        .setInputCol("words")
                                        .setOutputCol("w2")
                                        .setVectorSize(3)
                                        .setMinCount(1)
                                        .setSeed(2),
                                new VectorAssembler()
                                        .setInputCols(s("h", "ci", "w2", "cv"))
                                        .setOutputCol("all"),
                                new PCA().setInputCol("all").setOutputCol("pc").setK(3))
                        .fit(t));
        make(
                "q-attr-formula-lr",
                "pipeline",
                NEAR,
                s("cat", "cat2", "b", "c", "features as vec", "cls"),
                () -> pipe(
                                new RFormula()
                                        .setFormula("cls ~ . - vec + cat2:b")
                                        .setFeaturesCol("features")
                                        .setHandleInvalid("keep"),
                                new LogisticRegression().setMaxIter(5))
                        .fit(t.selectExpr("cat", "cat2", "b", "c", "features as vec", "cls", "id")));
        make(
                "q-attr-formula-order",
                "feature/RFormula",
                EXACT,
                s("cat", "cat2", "b"),
                () -> new RFormula()
                        .setFeaturesCol("fx")
                        .setLabelCol("lx")
                        .setFormula("cat2 ~ cat + b + cat:b")
                        .setStringIndexerOrderType("alphabetAsc")
                        .setHandleInvalid("skip")
                        .fit(t));
        make(
                "q-attr-formula-nointercept",
                "feature/RFormula",
                EXACT,
                s("cat", "cat2", "b", "k"),
                () -> new RFormula()
                        .setFeaturesCol("fx")
                        .setLabelCol("lx")
                        .setFormula("k ~ cat + cat2 + b - 1")
                        .setHandleInvalid("keep")
                        .setForceIndexLabel(true)
                        .fit(t));
        make(
                "q-attr-formula-nolabel",
                "feature/RFormula",
                EXACT,
                s("cat2", "b", "k", "flag"),
                () -> new RFormula()
                        .setFeaturesCol("fx")
                        .setLabelCol("lx")
                        .setFormula("~ cat2*b + k + flag")
                        .fit(t));
        make(
                "q-attr-formula-pow",
                "feature/RFormula",
                EXACT,
                s("cat2", "b", "k", "c"),
                () -> new RFormula()
                        .setFeaturesCol("fx")
                        .setLabelCol("lx")
                        .setFormula("k ~ (cat2 + b + c)^2")
                        .fit(t));
        make(
                "q-attr-countvec",
                "pipeline",
                EXACT,
                s("toks"),
                () -> pipe(
                                new StopWordsRemover().setInputCol("toks").setOutputCol("st"),
                                new CountVectorizer()
                                        .setInputCol("st")
                                        .setOutputCol("cv")
                                        .setVocabSize(8)
                                        .setMinDF(2),
                                new VectorSlicer()
                                        .setInputCol("cv")
                                        .setOutputCol("sl")
                                        .setIndices(new int[] {1, 0}),
                                new VectorAssembler()
                                        .setInputCols(s("sl", "cv"))
                                        .setOutputCol("va"))
                        .fit(t.selectExpr("tokens as toks")));
        make(
                "q-attr-gbt",
                "pipeline",
                NEAR,
                s("cat2", "b", "c"),
                () -> pipe(
                                si("cat2", "ci"),
                                new VectorAssembler()
                                        .setInputCols(s("ci", "b", "c"))
                                        .setOutputCol("all"),
                                new GBTRegressor()
                                        .setMaxIter(2)
                                        .setMaxDepth(1)
                                        .setFeaturesCol("all"))
                        .fit(t));
    }
}
