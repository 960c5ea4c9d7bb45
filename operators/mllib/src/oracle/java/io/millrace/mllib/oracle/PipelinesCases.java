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

/** Several stages, and what goes through them. */
final class PipelinesCases extends CaseList {

    PipelinesCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
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
    }
}
