// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * K-means: the nearest of the cluster centers, the first if several are. As Spark's {@code KMeansModel}. A model trained
 * with {@code distanceMeasure = cosine} is scored by Euclidean distance, as Spark scores it once it has been saved and
 * loaded: its centers have norm 1, so that the nearest is the same but for rounding, and zero vectors are not refused.
 */
public final class KMeansModel extends ClusteringModel {

    private final NearestCenter centers;

    public KMeansModel(Params params, List<? extends Vector> clusterCenters) {
        super(params);
        centers = new NearestCenter(clusterCenters);
    }

    static KMeansModel load(SavedStage saved) {
        List<ParquetRow> rows = saved.dataRows();
        if (saved.metadata().savedBefore(2) && rows.size() == 1 && rows.get(0).has("clusterCenters")) {
            return new KMeansModel(saved.params(), rows.get(0).vectors("clusterCenters"));
        }
        @Nullable Vector[] centers = new @Nullable Vector[rows.size()];
        for (ParquetRow row : rows) {
            int index = row.getInt("clusterIdx");
            if (index < 0 || index >= centers.length || centers[index] != null) {
                throw row.failure(
                        "clusterIdx", "is " + index + " where the indices of " + centers.length + " clusters belong");
            }
            centers[index] = row.vector("clusterCenter");
        }
        return new KMeansModel(saved.params(), filled(centers));
    }

    /** As many rows as clusters, and no index twice: each place is taken. */
    @SuppressWarnings("NullAway")
    private static List<Vector> filled(@Nullable Vector[] centers) {
        return List.copyOf(Arrays.asList(centers));
    }

    @Override
    public int k() {
        return centers.size();
    }

    @Override
    public int numFeatures() {
        return centers.dimensions();
    }

    /** A copy of the cluster centers. */
    public List<Vector> clusterCenters() {
        return centers.centers();
    }

    @Override
    public int predict(Vector features) {
        return centers.find(features);
    }

    /** The squared Euclidean distance from a vector to the center of its cluster: how far it is from what was trained. */
    public double squaredDistance(Vector features) {
        return centers.squaredDistance(centers.find(features), features);
    }

    @Override
    protected Vector present(@Nullable Vector features) {
        return NullVector.matched(features);
    }
}
