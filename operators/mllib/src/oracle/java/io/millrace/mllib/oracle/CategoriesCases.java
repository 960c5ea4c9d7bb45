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

/** Indexers, encoders, formulas. */
final class CategoriesCases extends CaseList {

    CategoriesCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        for (String h : new String[] {"error", "skip", "keep"}) {
            make(
                    "o-stringindexer-" + h,
                    "feature/StringIndexer",
                    EXACT,
                    s("cat", "cat2"),
                    () -> new StringIndexer()
                            .setInputCols(s("cat", "cat2"))
                            .setOutputCols(s("o1", "o2"))
                            .setHandleInvalid(h)
                            .setStringOrderType("alphabetDesc")
                            .fit(t));
            make(
                    "o-onehot-" + h.replace("skip", "keepdrop"),
                    "feature/OneHotEncoder",
                    EXACT,
                    s("ix", "ix2"),
                    () -> new OneHotEncoder()
                            .setInputCols(s("ix", "ix2"))
                            .setOutputCols(s("o1", "o2"))
                            .setHandleInvalid(h.equals("skip") ? "keep" : h)
                            .setDropLast(!h.equals("keep"))
                            .fit(t));
            make(
                    "o-assembler-" + h,
                    "feature/VectorAssembler",
                    EXACT,
                    s("a", "features", "k", "flag", "f", "l"),
                    () -> new VectorAssembler()
                            .setInputCols(s("a", "k", "flag", "f", "l"))
                            .setOutputCol("out")
                            .setHandleInvalid(h));
            make(
                    "o-assembler-vec-" + h,
                    "feature/VectorAssembler",
                    EXACT,
                    s("features", "b", "pos"),
                    () -> new VectorAssembler()
                            .setInputCols(s("features", "b", "pos"))
                            .setOutputCol("out")
                            .setHandleInvalid(h));
            make(
                    "o-bucketizer-" + h,
                    "feature/Bucketizer",
                    EXACT,
                    s("a", "b"),
                    () -> new Bucketizer()
                            .setInputCols(s("a", "b"))
                            .setOutputCols(s("o1", "o2"))
                            .setSplitsArray(new double[][] {
                                {Double.NEGATIVE_INFINITY, -1, 0, 2.5, Double.POSITIVE_INFINITY}, {-10, 0, 10}
                            })
                            .setHandleInvalid(h));
            make(
                    "o-quantile-" + h,
                    "feature/QuantileDiscretizer",
                    EXACT,
                    s("b"),
                    () -> new QuantileDiscretizer()
                            .setInputCol("b")
                            .setOutputCol("out")
                            .setNumBuckets(4)
                            .setHandleInvalid(h)
                            .fit(t));
            make(
                    "o-rformula-" + h,
                    "feature/RFormula",
                    EXACT,
                    s("cat", "cat2", "b", "c", "features"),
                    () -> new RFormula()
                            .setFormula("cls ~ cat + b:cat2 + c + features")
                            .setFeaturesCol("fx")
                            .setHandleInvalid(h)
                            .fit(t));
            if (!h.equals("skip")) {
                make(
                        "o-targetenc-" + h,
                        "feature/TargetEncoder",
                        NEAR,
                        s("ix", "k"),
                        () -> new TargetEncoder()
                                .setInputCols(s("ix"))
                                .setOutputCols(s("o1"))
                                .setLabelCol("cls")
                                .setHandleInvalid(h)
                                .setSmoothing(1.5)
                                .fit(t));
            }
            make(
                    "o-sizehint-" + h,
                    "feature/VectorSizeHint",
                    EXACT,
                    FEATURES,
                    () -> new VectorSizeHint()
                            .setInputCol("features")
                            .setSize(6)
                            .setHandleInvalid(h.equals("keep") ? "optimistic" : h));
        }
        make(
                "o-stringindexer-freqasc-num",
                "feature/StringIndexer",
                EXACT,
                s("k"),
                () -> new StringIndexer()
                        .setInputCol("k")
                        .setOutputCol("o")
                        .setHandleInvalid("keep")
                        .setStringOrderType("frequencyAsc")
                        .fit(t));
        make(
                "o-stringindexer-bool-f",
                "feature/StringIndexer",
                EXACT,
                s("b"),
                () -> new StringIndexer()
                        .setInputCol("b")
                        .setOutputCol("o")
                        .setHandleInvalid("skip")
                        .fit(t));
        make(
                "o-indextostring",
                "feature/IndexToString",
                EXACT,
                s("ix"),
                () -> new IndexToString().setInputCol("ix").setOutputCol("o").setLabels(s("p", "q", "r", "s", "t")));
        make(
                "o-indextostring-range",
                "feature/IndexToString",
                EXACT,
                s("ix"),
                () -> new IndexToString().setInputCol("ix").setOutputCol("o").setLabels(s("p", "q", "r")));
        make(
                "o-targetenc-cont",
                "feature/TargetEncoder",
                NEAR,
                s("ix", "ix2"),
                () -> new TargetEncoder()
                        .setInputCols(s("ix", "ix2"))
                        .setOutputCols(s("o1", "o2"))
                        .setTargetType("continuous")
                        .setHandleInvalid("keep")
                        .fit(t));
        make(
                "o-onehot-single",
                "feature/OneHotEncoder",
                EXACT,
                s("ix2"),
                () -> new OneHotEncoder().setInputCol("ix2").setOutputCol("o").fit(t));
        make(
                "q-si-types",
                "feature/StringIndexer",
                EXACT,
                s("cast(k as short) as sh", "cast(b as decimal(10,3)) as de", "flag", "f"),
                () -> new StringIndexer()
                        .setInputCols(s("sh", "de", "f"))
                        .setOutputCols(s("o1", "o2", "o3"))
                        .setHandleInvalid("keep")
                        .fit(t.selectExpr("cast(k as short) as sh", "cast(b as decimal(10,3)) as de", "flag", "f")));
        make(
                "q-te-multi",
                "feature/TargetEncoder",
                NEAR,
                s("ix", "ix2", "k", "if(b > 0.7, null, cast(ix2 as int)) as nk"),
                () -> new TargetEncoder()
                        .setInputCols(s("ix", "nk"))
                        .setOutputCols(s("o1", "o3"))
                        .setLabelCol("label")
                        .setTargetType("continuous")
                        .setHandleInvalid("keep")
                        .setSmoothing(3)
                        .fit(t.selectExpr("*", "if(b > 0.7, null, cast(ix2 as int)) as nk")));
        make(
                "q-te-null-error",
                "feature/TargetEncoder",
                NEAR,
                s("if(b > 0.7, null, cast(ix2 as int)) as nk"),
                () -> new TargetEncoder()
                        .setInputCol("nk")
                        .setOutputCol("o")
                        .setLabelCol("cls")
                        .fit(t.selectExpr("*", "cast(ix2 as int) as nk")));
        make(
                "q-uni-index",
                "feature/StringIndexer",
                EXACT,
                s("concat(cat, '𝒳', cat2) as u1", "text"),
                () -> new StringIndexer()
                        .setInputCols(s("u1", "text"))
                        .setOutputCols(s("o1", "o2"))
                        .setStringOrderType("alphabetAsc")
                        .setHandleInvalid("keep")
                        .fit(t.selectExpr("concat(cat, '𝒳', cat2) as u1", "text")));
    }
}
