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

/** Several stages, and the metadata that goes through them. */
final class PipelinesCases extends CaseList {

    PipelinesCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        PipelineStage[] va = {
            si("cat", "ci"),
            si("cat2", "di"),
            new VectorAssembler().setInputCols(s("ci", "b", "c", "di")).setOutputCol("all")
        };
        String[] V = s("cat", "cat2", "b", "c", "toks");
        make(
                "o-interaction-pipe",
                "pipeline",
                EXACT,
                s("cat2", "b", "ix2", "c"),
                () -> new Pipeline()
                        .setStages(new PipelineStage[] {
                            new StringIndexer().setInputCol("cat2").setOutputCol("ci"),
                            new VectorAssembler().setInputCols(s("b", "c")).setOutputCol("va"),
                            new OneHotEncoder()
                                    .setInputCol("ix2")
                                    .setOutputCol("oh")
                                    .setDropLast(false),
                            new Interaction()
                                    .setInputCols(s("ci", "va", "oh", "c"))
                                    .setOutputCol("o")
                        })
                        .fit(t));
        make(
                "o-pipe-text-nb",
                "pipeline",
                NEAR,
                s("text"),
                () -> new Pipeline()
                        .setStages(new PipelineStage[] {
                            new RegexTokenizer()
                                    .setInputCol("text")
                                    .setOutputCol("ww")
                                    .setPattern("\\W"),
                            new StopWordsRemover().setInputCol("ww").setOutputCol("ff"),
                            new CountVectorizer().setInputCol("ff").setOutputCol("tf"),
                            new IDF().setInputCol("tf").setOutputCol("v"),
                            new NaiveBayes().setFeaturesCol("v").setLabelCol("cls3")
                        })
                        .fit(t));
        make(
                "o-pipe-labels",
                "pipeline",
                EXACT,
                s("cat2", "b", "c", "ix"),
                () -> new Pipeline()
                        .setStages(new PipelineStage[] {
                            new StringIndexer().setInputCol("cat2").setOutputCol("y"),
                            new VectorAssembler().setInputCols(s("b", "c")).setOutputCol("v"),
                            new DecisionTreeClassifier().setLabelCol("y").setFeaturesCol("v"),
                            new IndexToString()
                                    .setInputCol("prediction")
                                    .setOutputCol("name")
                                    .setLabels(s("u!", "v!"))
                        })
                        .fit(t));
        make(
                "o-cv-dt",
                "tuning/CrossValidator",
                EXACT,
                FEATURES,
                () -> new CrossValidator()
                        .setEstimator(new DecisionTreeRegressor())
                        .setEvaluator(new RegressionEvaluator())
                        .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
                        .setNumFolds(2)
                        .fit(t));
        make(
                "o-tvs-pipe",
                "tuning/TrainValidationSplit",
                NEAR,
                FEATURES,
                () -> new TrainValidationSplit()
                        .setEstimator(new Pipeline().setStages(new PipelineStage[] {
                            new MinMaxScaler().setInputCol("features").setOutputCol("s"),
                            new LinearRegression().setFeaturesCol("s")
                        }))
                        .setEvaluator(new RegressionEvaluator())
                        .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
                        .fit(t));
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
        make("q-pipe-none", "pipeline", EXACT, s("b"), () -> pipe().fit(t));
        make("q-pipe-twelve", "pipeline", EXACT, s("b", "c"), () -> {
            PipelineStage[] x = new PipelineStage[12];
            for (int i = 0; i < 12; i++)
                x[i] = new Binarizer()
                        .setInputCol(i % 2 == 0 ? "b" : "c")
                        .setOutputCol("x" + i)
                        .setThreshold(i / 6.0);
            return pipe(x).fit(t);
        });
        make(
                "q-pipe-nested-cv",
                "pipeline",
                NEAR,
                s("features"),
                () -> pipe(
                                pipe(new StandardScaler()
                                        .setInputCol("features")
                                        .setOutputCol("s")),
                                new CrossValidator()
                                        .setCollectSubModels(true)
                                        .setNumFolds(2)
                                        .setEvaluator(new RegressionEvaluator())
                                        .setEstimatorParamMaps(new ParamMap[] {new ParamMap(), new ParamMap()})
                                        .setEstimator(pipe(new LinearRegression()
                                                .setFeaturesCol("s")
                                                .setPredictionCol("prediction"))),
                                new Binarizer().setInputCol("prediction").setOutputCol("high"))
                        .fit(t));
        for (int size : new int[] {2, 3, 7, 16, 31}) {
            make("q-dct-" + size, "pipeline", NEAR, s("b", "c"), () -> {
                PipelineStage[] stages = new PipelineStage[size + 2];
                String[] columns = new String[size];
                for (int i = 0; i < size; i++) {
                    columns[i] = "s" + i;
                    stages[i] = new SQLTransformer()
                            .setStatement("SELECT *, b * " + (i + 1) + " - c AS s" + i + " FROM __THIS__");
                }
                stages[size] = new VectorAssembler().setInputCols(columns).setOutputCol("v");
                stages[size + 1] =
                        new DCT().setInputCol("v").setOutputCol("d").setInverse(size % 2 == 0);
                return pipe(stages).fit(t);
            });
        }
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
                "q-pipe-hash-long",
                "pipeline",
                NEAR,
                s("text"),
                () -> pipe(
                                new RegexTokenizer()
                                        .setInputCol("text")
                                        .setOutputCol("words")
                                        .setPattern("\\s+"),
                                new HashingTF().setInputCol("words").setOutputCol("h"),
                                new IDF().setInputCol("h").setOutputCol("i").setMinDocFreq(3),
                                new Normalizer().setInputCol("i").setOutputCol("n"),
                                new NaiveBayes()
                                        .setFeaturesCol("h")
                                        .setLabelCol("cls")
                                        .setPredictionCol("p1")
                                        .setRawPredictionCol("r1")
                                        .setProbabilityCol("b1"),
                                new LogisticRegression()
                                        .setMaxIter(3)
                                        .setFeaturesCol("n")
                                        .setLabelCol("cls")
                                        .setPredictionCol("p2")
                                        .setRawPredictionCol("r2")
                                        .setProbabilityCol("b2"),
                                new LinearRegression()
                                        .setSolver("l-bfgs")
                                        .setMaxIter(3)
                                        .setFeaturesCol("i")
                                        .setPredictionCol("p3"),
                                new MaxAbsScaler().setInputCol("i").setOutputCol("ma"))
                        .fit(t));
        make(
                "q-pipe-hash-trees",
                "pipeline",
                EXACT,
                s("text"),
                () -> pipe(
                                new Tokenizer().setInputCol("text").setOutputCol("words"),
                                new HashingTF()
                                        .setInputCol("words")
                                        .setOutputCol("h")
                                        .setNumFeatures(1 << 12),
                                new DecisionTreeClassifier()
                                        .setFeaturesCol("h")
                                        .setLabelCol("cls")
                                        .setMaxDepth(3),
                                new KMeans()
                                        .setFeaturesCol("h")
                                        .setK(2)
                                        .setSeed(1)
                                        .setMaxIter(3)
                                        .setPredictionCol("km"),
                                new MinHashLSH()
                                        .setInputCol("i")
                                        .setOutputCol("mh")
                                        .setInputCol("h"))
                        .fit(t));
        make(
                "q-attr-regressors",
                "pipeline",
                NEAR,
                V,
                () -> pipe(
                                va[0],
                                va[1],
                                va[2],
                                new LinearRegression().setFeaturesCol("all").setPredictionCol("p1"),
                                new DecisionTreeRegressor()
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p2")
                                        .setVarianceCol("p2v"),
                                new RandomForestRegressor()
                                        .setNumTrees(3)
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p3"),
                                new GBTRegressor()
                                        .setMaxIter(3)
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p4"),
                                new IsotonicRegression()
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p5")
                                        .setFeatureIndex(1),
                                new GeneralizedLinearRegression()
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p6")
                                        .setLinkPredictionCol("p6l"),
                                new AFTSurvivalRegression()
                                        .setFeaturesCol("all")
                                        .setLabelCol("aft")
                                        .setCensorCol("censor")
                                        .setPredictionCol("p7")
                                        .setQuantilesCol("p7q")
                                        .setMaxIter(3))
                        .fit(t.selectExpr("*", "c + 0.1 as aft")));
        make(
                "q-attr-classifiers",
                "pipeline",
                NEAR,
                V,
                () -> pipe(
                                va[0],
                                va[1],
                                va[2],
                                new LogisticRegression()
                                        .setMaxIter(3)
                                        .setLabelCol("cls3")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p1")
                                        .setRawPredictionCol("r1")
                                        .setProbabilityCol("b1"),
                                new NaiveBayes()
                                        .setModelType("gaussian")
                                        .setLabelCol("cls3")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p2")
                                        .setRawPredictionCol("r2")
                                        .setProbabilityCol("b2"),
                                new GBTClassifier()
                                        .setMaxIter(2)
                                        .setLabelCol("cls")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p3")
                                        .setRawPredictionCol("r3")
                                        .setProbabilityCol("b3"),
                                new LinearSVC()
                                        .setMaxIter(3)
                                        .setLabelCol("cls")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p4")
                                        .setRawPredictionCol("r4"),
                                new MultilayerPerceptronClassifier()
                                        .setMaxIter(3)
                                        .setLayers(new int[] {4, 3})
                                        .setLabelCol("cls3")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p5")
                                        .setRawPredictionCol("r5")
                                        .setProbabilityCol("b5"),
                                new OneVsRest()
                                        .setClassifier(new LinearSVC().setMaxIter(2))
                                        .setLabelCol("cls3")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p6")
                                        .setRawPredictionCol("r6"))
                        .fit(t));
        make(
                "q-attr-label-nominal",
                "pipeline",
                NEAR,
                V,
                () -> pipe(
                                va[1],
                                va[0],
                                si("cat", "y").setStringOrderType("alphabetAsc"),
                                va[2],
                                new DecisionTreeClassifier()
                                        .setLabelCol("y")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p1")
                                        .setRawPredictionCol("r1")
                                        .setProbabilityCol("b1"),
                                new OneVsRest()
                                        .setClassifier(new LogisticRegression().setMaxIter(2))
                                        .setLabelCol("y")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p6")
                                        .setRawPredictionCol("r6"),
                                new RandomForestClassifier()
                                        .setNumTrees(2)
                                        .setLabelCol("y")
                                        .setFeaturesCol("all")
                                        .setPredictionCol("p2")
                                        .setRawPredictionCol("r2")
                                        .setProbabilityCol("b2"),
                                new IndexToString().setInputCol("p6").setOutputCol("p6s"),
                                new OneHotEncoder().setInputCol("p1").setOutputCol("p1o"))
                        .fit(t));
        make(
                "q-attr-reducers",
                "pipeline",
                NEAR,
                V,
                () -> pipe(
                                va[0],
                                va[1],
                                va[2],
                                new PCA().setInputCol("all").setOutputCol("x1").setK(2),
                                new PolynomialExpansion().setInputCol("all").setOutputCol("x2"),
                                new DCT().setInputCol("all").setOutputCol("x3"),
                                new Normalizer().setInputCol("all").setOutputCol("x4"),
                                new Binarizer().setInputCol("all").setOutputCol("x5"),
                                new StandardScaler().setInputCol("all").setOutputCol("x6"),
                                new MinMaxScaler().setInputCol("all").setOutputCol("x7"),
                                new RobustScaler().setInputCol("all").setOutputCol("x8"),
                                new ElementwiseProduct()
                                        .setScalingVec(Vectors.dense(1, 2, 3, 4))
                                        .setInputCol("all")
                                        .setOutputCol("x9"),
                                new IDF().setInputCol("all").setOutputCol("xa"),
                                new VectorSlicer()
                                        .setInputCol("all")
                                        .setOutputCol("xb")
                                        .setNames(s("c", "ci")),
                                new VectorSizeHint().setInputCol("x4").setSize(4),
                                new Interaction()
                                        .setInputCols(s("all", "xb", "c"))
                                        .setOutputCol("xc"),
                                new KMeans()
                                        .setK(2)
                                        .setSeed(1)
                                        .setFeaturesCol("all")
                                        .setPredictionCol("xd"),
                                new GaussianMixture()
                                        .setK(2)
                                        .setSeed(1)
                                        .setMaxIter(2)
                                        .setFeaturesCol("all")
                                        .setPredictionCol("xe")
                                        .setProbabilityCol("xf"),
                                new BisectingKMeans()
                                        .setK(2)
                                        .setFeaturesCol("all")
                                        .setPredictionCol("xg"),
                                new VectorAssembler()
                                        .setInputCols(s("xd", "xf", "xc", "xb"))
                                        .setOutputCol("again"),
                                new SQLTransformer()
                                        .setStatement(
                                                "SELECT *, b AS b2, all AS all2, xd + 1 AS xd1, upper(cat) AS uc FROM __THIS__"),
                                new VectorAssembler()
                                        .setInputCols(s("b2", "all2", "xd1"))
                                        .setOutputCol("again2"))
                        .fit(t));
        make(
                "q-attr-cross-valid",
                "pipeline",
                NEAR,
                V,
                () -> pipe(
                                va[0],
                                va[1],
                                new CrossValidator()
                                        .setNumFolds(2)
                                        .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("cls3"))
                                        .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
                                        .setEstimator(pipe(
                                                va[2],
                                                new RandomForestClassifier()
                                                        .setNumTrees(2)
                                                        .setFeaturesCol("all")
                                                        .setLabelCol("cls3"))),
                                new OneHotEncoder().setInputCol("prediction").setOutputCol("ph"))
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
                "q-long-chain",
                "pipeline",
                EXACT,
                s("tokens", "b"),
                () -> pipe(
                                new HashingTF().setInputCol("tokens").setOutputCol("h"),
                                new VectorAssembler()
                                        .setInputCols(s("h", "b", "h"))
                                        .setOutputCol("v"),
                                new Normalizer().setInputCol("v").setOutputCol("n"),
                                new Binarizer()
                                        .setInputCol("v")
                                        .setOutputCol("bi")
                                        .setThreshold(0.5),
                                new VectorSlicer()
                                        .setInputCol("v")
                                        .setOutputCol("sl")
                                        .setIndices(new int[] {262144, 5, 400000}),
                                new StandardScaler().setInputCol("h").setOutputCol("ss"),
                                new MaxAbsScaler().setInputCol("h").setOutputCol("ma"))
                        .fit(t));
        make(
                "q-long-lr",
                "pipeline",
                NEAR,
                s("tokens"),
                () -> pipe(
                                new HashingTF()
                                        .setInputCol("tokens")
                                        .setOutputCol("h")
                                        .setNumFeatures(1 << 16),
                                new LinearSVC()
                                        .setMaxIter(2)
                                        .setFeaturesCol("h")
                                        .setLabelCol("cls")
                                        .setPredictionCol("p1")
                                        .setRawPredictionCol("r1"),
                                new LogisticRegression()
                                        .setMaxIter(2)
                                        .setFeaturesCol("h")
                                        .setLabelCol("cls3")
                                        .setPredictionCol("p2")
                                        .setRawPredictionCol("r2")
                                        .setProbabilityCol("b2"))
                        .fit(t));
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
