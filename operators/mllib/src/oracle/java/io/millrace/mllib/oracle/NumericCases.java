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

/** Scalers, selectors, assemblers, hashing by place. */
final class NumericCases extends CaseList {

    NumericCases(CaseFolder folder) {
        super(folder);
    }

    @Override
    void all(Dataset<Row> t) {
        make(
                "o-slicer",
                "feature/VectorSlicer",
                EXACT,
                FEATURES,
                () -> new VectorSlicer()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setIndices(new int[] {5, 0, 3}));
        make(
                "o-binarizer",
                "feature/Binarizer",
                EXACT,
                s("a", "b"),
                () -> new Binarizer()
                        .setInputCols(s("a", "b"))
                        .setOutputCols(s("o1", "o2"))
                        .setThresholds(new double[] {0.5, -0.1}));
        make(
                "o-binarizer-vec",
                "feature/Binarizer",
                EXACT,
                FEATURES,
                () -> new Binarizer().setInputCol("features").setOutputCol("o").setThreshold(0.2));
        make(
                "o-binarizer-vec-neg",
                "feature/Binarizer",
                EXACT,
                FEATURES,
                () -> new Binarizer().setInputCol("features").setOutputCol("o").setThreshold(-0.2));
        for (String st : new String[] {"mean", "median", "mode"})
            make(
                    "o-imputer-" + st,
                    "feature/Imputer",
                    EXACT,
                    s("a", "b"),
                    () -> new Imputer()
                            .setInputCols(s("a", "b"))
                            .setOutputCols(s("o1", "o2"))
                            .setStrategy(st)
                            .fit(t));
        make(
                "o-imputer-missing-int",
                "feature/Imputer",
                EXACT,
                s("k"),
                () -> new Imputer()
                        .setInputCol("k")
                        .setOutputCol("o")
                        .setMissingValue(3)
                        .fit(t));
        make(
                "o-imputer-float",
                "feature/Imputer",
                EXACT,
                s("f"),
                () -> new Imputer()
                        .setInputCol("f")
                        .setOutputCol("o")
                        .setMissingValue(0)
                        .fit(t));
        make(
                "o-scaler-std",
                "feature/StandardScaler",
                EXACT,
                FEATURES,
                () -> new StandardScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-scaler-mean",
                "feature/StandardScaler",
                EXACT,
                FEATURES,
                () -> new StandardScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setWithMean(true)
                        .fit(t));
        make(
                "o-minmax-range",
                "feature/MinMaxScaler",
                EXACT,
                FEATURES,
                () -> new MinMaxScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setMin(-2)
                        .setMax(5)
                        .fit(t));
        make(
                "o-maxabs",
                "feature/MaxAbsScaler",
                EXACT,
                FEATURES,
                () -> new MaxAbsScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-robust",
                "feature/RobustScaler",
                EXACT,
                FEATURES,
                () -> new RobustScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-robust-center",
                "feature/RobustScaler",
                EXACT,
                FEATURES,
                () -> new RobustScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setWithCentering(true)
                        .setLower(0.1)
                        .setUpper(0.8)
                        .fit(t));
        make(
                "o-robust-centeronly",
                "feature/RobustScaler",
                EXACT,
                FEATURES,
                () -> new RobustScaler()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setWithCentering(true)
                        .setWithScaling(false)
                        .fit(t));
        for (double p : new double[] {1, 1.5, 2, 3})
            make(
                    "o-normalizer-" + p,
                    "feature/Normalizer",
                    NEAR,
                    FEATURES,
                    () -> new Normalizer()
                            .setInputCol("features")
                            .setOutputCol("o")
                            .setP(p));
        make(
                "o-poly-3",
                "feature/PolynomialExpansion",
                EXACT,
                FEATURES,
                () -> new PolynomialExpansion()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setDegree(3));
        make(
                "o-dct",
                "feature/DCT",
                NEAR,
                FEATURES,
                () -> new DCT().setInputCol("features").setOutputCol("o"));
        make(
                "o-dct-inverse",
                "feature/DCT",
                NEAR,
                FEATURES,
                () -> new DCT().setInputCol("features").setOutputCol("o").setInverse(true));
        make(
                "o-elementwise",
                "feature/ElementwiseProduct",
                EXACT,
                FEATURES,
                () -> new ElementwiseProduct()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setScalingVec(Vectors.sparse(6, new int[] {1, 4}, new double[] {-2, 0.5})));
        make(
                "o-pca",
                "feature/PCA",
                NEAR,
                FEATURES,
                () -> new PCA()
                        .setInputCol("features")
                        .setOutputCol("o")
                        .setK(2)
                        .fit(t));
        make(
                "o-chisq-fdr",
                "feature/ChiSqSelector",
                EXACT,
                s("pos"),
                () -> new ChiSqSelector()
                        .setFeaturesCol("pos")
                        .setLabelCol("cls")
                        .setOutputCol("o")
                        .setSelectorType("percentile")
                        .setPercentile(0.5)
                        .fit(t));
        make(
                "o-univariate",
                "feature/UnivariateFeatureSelector",
                EXACT,
                FEATURES,
                () -> new UnivariateFeatureSelector()
                        .setFeatureType("continuous")
                        .setLabelType("categorical")
                        .setSelectionThreshold(3)
                        .setLabelCol("cls")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-variance",
                "feature/VarianceThresholdSelector",
                EXACT,
                FEATURES,
                () -> new VarianceThresholdSelector()
                        .setVarianceThreshold(4)
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-interaction",
                "feature/Interaction",
                EXACT,
                s("b", "c", "k"),
                () -> new Interaction().setInputCols(s("b", "c", "k")).setOutputCol("o"));
        make(
                "o-brplsh",
                "feature/BucketedRandomProjectionLSH",
                NEAR,
                FEATURES,
                () -> new BucketedRandomProjectionLSH()
                        .setBucketLength(1.7)
                        .setNumHashTables(4)
                        .setInputCol("features")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "o-minhash",
                "feature/MinHashLSH",
                EXACT,
                s("bits"),
                () -> new MinHashLSH()
                        .setNumHashTables(3)
                        .setInputCol("bits")
                        .setOutputCol("o")
                        .fit(t));
        make(
                "q-asm-types",
                "feature/VectorAssembler",
                EXACT,
                s("cast(k as short) as sh", "cast(k as byte) as by", "cast(b as decimal(10,3)) as de", "flag", "dense"),
                () -> new VectorAssembler()
                        .setInputCols(s("sh", "dense", "by", "de", "flag"))
                        .setOutputCol("o"));
    }
}
