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

/** Factors of users and items; frequent itemsets. */
final class RecommendationCases extends CaseList {

    RecommendationCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        Dataset<Row> tk = t.withColumn("tokens", expr("array_distinct(tokens)"));
        make(
                "o-als-implicit-drop",
                "recommendation/ALS",
                EXACT,
                s("user", "item"),
                () -> new ALS()
                        .setImplicitPrefs(true)
                        .setRank(5)
                        .setMaxIter(3)
                        .setColdStartStrategy("drop")
                        .fit(t));
        make(
                "o-als-nan",
                "recommendation/ALS",
                EXACT,
                s("user", "item"),
                () -> new ALS().setRank(3).setMaxIter(3).setNonnegative(true).fit(t));
        make(
                "o-fpgrowth",
                "fpm/FPGrowth",
                EXACT,
                s("tokens"),
                () -> new FPGrowth()
                        .setItemsCol("tokens")
                        .setMinSupport(0.02)
                        .setMinConfidence(0.2)
                        .fit(tk));
        make(
                "o-fpgrowth-itemcol",
                "fpm/FPGrowth",
                EXACT,
                s("tokens"),
                () -> new FPGrowth()
                        .setItemsCol("tokens")
                        .setPredictionCol("next")
                        .setMinSupport(0.05)
                        .setMinConfidence(0.5)
                        .fit(tk));
        for (String ty : s("int", "bigint", "double", "float", "smallint", "boolean")) {
            String expr = ty.equals("boolean")
                    ? "array_distinct(array(b > 0, c > 2)) as its"
                    : "array_distinct(array(cast(cnt as " + ty + "), cast(ix as " + ty + "), cast(ix2 + 7 as " + ty
                            + "))) as its";
            make(
                    "q-fp-" + ty,
                    "fpm/FPGrowth",
                    EXACT,
                    s(expr),
                    () -> new FPGrowth()
                            .setItemsCol("its")
                            .setMinSupport(0.05)
                            .setMinConfidence(0.1)
                            .fit(t.selectExpr(expr)));
            String h = ty.equals("boolean")
                    ? "array(b > 0, c > 2) as its"
                    : "array(cast(b * 3 as " + ty + "), cast(ix as " + ty + "), null) as its";
            make(
                    "q-htf-" + ty,
                    "feature/HashingTF",
                    EXACT,
                    s(h),
                    () -> new HashingTF().setInputCol("its").setOutputCol("o").setNumFeatures(50));
        }
        make(
                "q-als-types",
                "recommendation/ALS",
                EXACT,
                s("cast(user as short) as user", "cast(item as double) as item"),
                () -> new ALS().setRank(4).setMaxIter(2).setPredictionCol("p").fit(t));
        make(
                "q-als-frac",
                "recommendation/ALS",
                EXACT,
                s("b as user", "item"),
                () -> new ALS().setRank(4).setMaxIter(2).fit(t));
        make(
                "q-als-big",
                "recommendation/ALS",
                EXACT,
                s("l * 100000000000 as user", "cast(item as decimal(5,1)) as item"),
                () -> new ALS()
                        .setRank(4)
                        .setMaxIter(2)
                        .setColdStartStrategy("drop")
                        .fit(t));
    }
}
