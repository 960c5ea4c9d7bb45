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

/** Regressions but for trees. */
final class RegressionCases extends CaseList {

    RegressionCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        make(
                "o-fm-reg-nolinear",
                "regression/FMRegressor",
                NEAR,
                s("pos"),
                () -> new FMRegressor()
                        .setFeaturesCol("dense")
                        .setFitLinear(false)
                        .setFitIntercept(false)
                        .setMaxIter(10)
                        .fit(new org.apache.spark.ml.feature.VectorAssembler()
                                .setInputCols(s("b", "c", "cls", "cnt", "ix", "ix2"))
                                .setOutputCol("dense")
                                .transform(t))
                        .setFeaturesCol("pos"));
        make(
                "o-linreg",
                "regression/LinearRegression",
                NEAR,
                FEATURES,
                () -> new LinearRegression()
                        .setRegParam(0.1)
                        .setElasticNetParam(0.5)
                        .fit(t));
        for (String fl : new String[] {
            "gaussian:identity",
            "gaussian:log",
            "gaussian:inverse",
            "binomial:logit",
            "binomial:probit",
            "binomial:cloglog",
            "poisson:log",
            "poisson:identity",
            "poisson:sqrt",
            "gamma:inverse",
            "gamma:identity",
            "gamma:log"
        }) {
            String[] x = fl.split(":");
            make(
                    "o-glm-" + x[0] + "-" + x[1],
                    "regression/GeneralizedLinearRegression",
                    NEAR,
                    FEATURES,
                    () -> new GeneralizedLinearRegression()
                            .setFamily(x[0])
                            .setLink(x[1])
                            .setMaxIter(3)
                            .setRegParam(0.1)
                            .setLinkPredictionCol("eta")
                            .setLabelCol(x[0].equals("binomial") ? "cls" : x[0].equals("poisson") ? "cnt" : "c")
                            .fit(t.filter("c > 0")));
        }
        for (double vp : new double[] {0.0, 1.0, 1.5, 2.0, 3.0})
            make(
                    "o-glm-tweedie-" + vp,
                    "regression/GeneralizedLinearRegression",
                    NEAR,
                    FEATURES,
                    () -> new GeneralizedLinearRegression()
                            .setFamily("tweedie")
                            .setVariancePower(vp)
                            .setLabelCol("c")
                            .setRegParam(0.2)
                            .setMaxIter(3)
                            .fit(t.filter("c > 0")));
        make(
                "o-glm-tweedie-link0.5",
                "regression/GeneralizedLinearRegression",
                NEAR,
                FEATURES,
                () -> new GeneralizedLinearRegression()
                        .setFamily("tweedie")
                        .setVariancePower(1.2)
                        .setLinkPower(0.5)
                        .setLabelCol("c")
                        .setRegParam(0.2)
                        .setMaxIter(3)
                        .setLinkPredictionCol("eta")
                        .fit(t.filter("c > 0")));
        make(
                "o-glm-offset",
                "regression/GeneralizedLinearRegression",
                NEAR,
                s("features", "c"),
                () -> new GeneralizedLinearRegression()
                        .setFamily("poisson")
                        .setLabelCol("cnt")
                        .setOffsetCol("c")
                        .setLinkPredictionCol("eta")
                        .fit(t));
        make(
                "o-aft-quantiles",
                "regression/AFTSurvivalRegression",
                NEAR,
                FEATURES,
                () -> new AFTSurvivalRegression()
                        .setLabelCol("lab")
                        .setCensorCol("censor")
                        .setQuantileProbabilities(new double[] {0.1, 0.5, 0.9})
                        .setQuantilesCol("q")
                        .fit(t.withColumn("lab", expr("c + 0.1"))));
        make(
                "o-isotonic-anti",
                "regression/IsotonicRegression",
                NEAR,
                FEATURES,
                () -> new IsotonicRegression()
                        .setIsotonic(false)
                        .setFeatureIndex(1)
                        .fit(t));
        make(
                "o-isotonic-double",
                "regression/IsotonicRegression",
                NEAR,
                s("b"),
                () -> new IsotonicRegression().setFeaturesCol("b").fit(t));
    }
}
