// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The transformers of categories that can be loaded: indexers, encoders, imputers. One line per class that Spark saves. */
public final class CategoryStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.feature.ImputerModel", ImputerModel::load),
            entry("org.apache.spark.ml.feature.IndexToString", IndexToString::load),
            entry("org.apache.spark.ml.feature.OneHotEncoderModel", OneHotEncoderModel::load),
            entry("org.apache.spark.ml.feature.StringIndexerModel", StringIndexerModel::load),
            entry("org.apache.spark.ml.feature.TargetEncoderModel", TargetEncoderModel::load),
            entry("org.apache.spark.ml.feature.VectorIndexerModel", VectorIndexerModel::load));

    private CategoryStages() {}
}
