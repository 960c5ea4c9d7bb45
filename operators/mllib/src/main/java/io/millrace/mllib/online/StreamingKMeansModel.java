// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import io.millrace.mllib.clustering.NearestCenter;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Cluster centers and the weight that each has gathered: the state of {@link StreamingKMeans}. Immutable, thread-safe. */
public final class StreamingKMeansModel {

    private final NearestCenter centers;
    private final double[] weights;

    /**
     * A model.
     *
     * @param centers at least one, all of one size; they become dense
     * @param weights one per center, none negative
     * @throws IllegalArgumentException if sizes differ, or a number is negative or not one
     */
    public StreamingKMeansModel(List<? extends Vector> centers, double[] weights) {
        if (centers.size() != weights.length) {
            throw new IllegalArgumentException(
                    "requirement failed: Number of initial centers must be equal to number of weights");
        }
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("weight " + weight + " of a cluster center, must not be negative");
            }
        }
        List<Vector> dense = new ArrayList<>(centers.size());
        for (Vector center : centers) {
            dense.add(Vectors.dense(center.toArray().clone()));
        }
        this.centers = new NearestCenter(dense);
        this.weights = weights.clone();
    }

    /** The number of clusters. */
    public int k() {
        return weights.length;
    }

    /** How many entries a center has. */
    public int dimensions() {
        return centers.dimensions();
    }

    /** A copy of the centers, dense. */
    public List<Vector> clusterCenters() {
        return centers.centers();
    }

    /** A copy of the weights. */
    public double[] clusterWeights() {
        return weights.clone();
    }

    /** The cluster of a point: the nearest center by Euclidean distance, the first if several are. */
    public int predict(Vector point) {
        return centers.find(point);
    }

    /** The squared distance from a point to the center of its cluster. */
    public double squaredDistance(Vector point) {
        return centers.squaredDistance(centers.find(point), point);
    }
}
