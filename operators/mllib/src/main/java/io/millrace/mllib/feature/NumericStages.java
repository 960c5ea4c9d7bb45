// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The transformers of numbers that can be loaded: scalers, buckets, expansions, local hashes. One line per class that Spark saves. */
public final class NumericStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.feature.Binarizer", Binarizer::load),
            entry(
                    "org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel",
                    BucketedRandomProjectionLSHModel::load),
            entry("org.apache.spark.ml.feature.Bucketizer", Bucketizer::load),
            entry("org.apache.spark.ml.feature.DCT", DCT::load),
            entry("org.apache.spark.ml.feature.ElementwiseProduct", ElementwiseProduct::load),
            entry("org.apache.spark.ml.feature.MaxAbsScalerModel", MaxAbsScalerModel::load),
            entry("org.apache.spark.ml.feature.MinHashLSHModel", MinHashLSHModel::load),
            entry("org.apache.spark.ml.feature.MinMaxScalerModel", MinMaxScalerModel::load),
            entry("org.apache.spark.ml.feature.Normalizer", Normalizer::load),
            entry("org.apache.spark.ml.feature.PCAModel", PCAModel::load),
            entry("org.apache.spark.ml.feature.PolynomialExpansion", PolynomialExpansion::load),
            entry("org.apache.spark.ml.feature.RobustScalerModel", RobustScalerModel::load),
            entry("org.apache.spark.ml.feature.StandardScalerModel", StandardScalerModel::load));

    private NumericStages() {}
}
