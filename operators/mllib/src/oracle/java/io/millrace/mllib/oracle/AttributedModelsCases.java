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

/** Models of columns whose metadata went through several stages. */
final class AttributedModelsCases extends CaseList {

    AttributedModelsCases(CaseFolder folder) {
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
    }
}
