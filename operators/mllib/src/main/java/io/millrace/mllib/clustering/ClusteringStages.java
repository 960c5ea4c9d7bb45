// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The clusterings and topic models that can be loaded. One line per class that Spark saves. */
public final class ClusteringStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.clustering.BisectingKMeansModel", BisectingKMeansModel::load),
            entry("org.apache.spark.ml.clustering.DistributedLDAModel", DistributedLDAModel::load),
            entry("org.apache.spark.ml.clustering.GaussianMixtureModel", GaussianMixtureModel::load),
            entry("org.apache.spark.ml.clustering.KMeansModel", KMeansModel::load),
            entry("org.apache.spark.ml.clustering.LocalLDAModel", LocalLDAModel::load));

    private ClusteringStages() {}
}
