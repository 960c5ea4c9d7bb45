// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.QuietNetlib;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.impl.Utils;
import org.apache.spark.ml.linalg.Vector;

/**
 * Finds the center nearest to a point by Euclidean distance, as Spark's k-means does: the first of the nearest wins, and
 * where centers are few, a point near enough to a center by the triangle inequality is given to it at once. Immutable and
 * thread-safe; finding allocates nothing.
 */
public final class NearestCenter {

    static {
        QuietNetlib.apply();
    }

    /** Spark keeps distances between centers only for fewer centers than this. */
    private static final int MOST_CENTERS = 1_000;

    /** Spark keeps them only where the squared number of centers times the dimensions is below this. */
    private static final long MOST_WORK = 1_000_000;

    private final Vector[] centers;
    private final double[] norms;
    /** Packed upper triangle: a quarter of the squared distance of two centers; on the diagonal the least of a center's. */
    private final double[] quarters;

    /**
     * Finds among these centers.
     *
     * @param centers at least one, all of one size; not copied
     * @throws IllegalArgumentException if there is none, or sizes differ, or an entry is not a number
     */
    public NearestCenter(List<? extends Vector> centers) {
        if (centers.isEmpty()) {
            throw new IllegalArgumentException("no cluster centers");
        }
        this.centers = centers.toArray(new Vector[0]);
        norms = new double[this.centers.length];
        int size = this.centers[0].size();
        for (int i = 0; i < norms.length; i++) {
            Vector center = this.centers[i];
            norms[i] = Distances.norm(center);
            if (center.size() != size) {
                throw new IllegalArgumentException(
                        "cluster center " + i + " has size " + center.size() + ", the first has " + size);
            }
            if (Double.isNaN(norms[i])) {
                throw new IllegalArgumentException("cluster center " + i + " holds NaN");
            }
        }
        int k = norms.length;
        boolean few = k > 1 && k < MOST_CENTERS && (long) k * k * size < MOST_WORK;
        quarters = few ? quarters() : new double[0];
    }

    private double[] quarters() {
        int k = centers.length;
        double[] packed = new double[k * (k + 1) / 2];
        for (int i = 0; i < k; i++) {
            packed[Utils.indexUpperTriangular(k, i, i)] = Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                double distance = Math.sqrt(Distances.squared(centers[i], norms[i], centers[j], norms[j]));
                double quarter = 0.25 * distance * distance;
                packed[Utils.indexUpperTriangular(k, i, j)] = quarter;
                lower(packed, Utils.indexUpperTriangular(k, i, i), quarter);
                lower(packed, Utils.indexUpperTriangular(k, j, j), quarter);
            }
        }
        return packed;
    }

    private static void lower(double[] values, int index, double value) {
        if (value < values[index]) {
            values[index] = value;
        }
    }

    /** The number of centers. */
    public int size() {
        return centers.length;
    }

    /** How many entries a center has. */
    public int dimensions() {
        return centers[0].size();
    }

    /** A copy of the centers. */
    public List<Vector> centers() {
        return Arrays.stream(centers).map(Vector::copy).toList();
    }

    /**
     * The index of the nearest center.
     *
     * @throws io.millrace.mllib.model.ScoringException if the point has another size, or its norm is not a number
     */
    public int find(Vector point) {
        double norm = Distances.norm(point);
        return quarters.length == 0 ? search(point, norm) : searchByTriangles(point, norm);
    }

    /** The squared distance from a point to a center. */
    public double squaredDistance(int center, Vector point) {
        return Distances.squared(centers[center], norms[center], point, Distances.norm(point));
    }

    private int search(Vector point, double norm) {
        double nearest = Double.POSITIVE_INFINITY;
        int best = 0;
        for (int i = 0; i < centers.length; i++) {
            double difference = norms[i] - norm;
            // not written as a continue on the contrary: a bound that is not a number must be left out as well
            if (difference * difference < nearest) {
                double squared = Distances.squared(centers[i], norms[i], point, norm);
                if (squared < nearest) {
                    nearest = squared;
                    best = i;
                }
            }
        }
        return best;
    }

    private int searchByTriangles(Vector point, double norm) {
        double nearest = Distances.squared(centers[0], norms[0], point, norm);
        if (nearest < quarters[0]) {
            return 0;
        }
        int k = centers.length;
        int best = 0;
        for (int i = 1; i < k; i++) {
            double difference = norms[i] - norm;
            if (difference * difference < nearest && quarters[Utils.indexUpperTriangular(k, i, best)] < nearest) {
                double squared = Distances.squared(centers[i], norms[i], point, norm);
                if (squared < quarters[Utils.indexUpperTriangular(k, i, i)]) {
                    return i;
                }
                if (squared < nearest) {
                    nearest = squared;
                    best = i;
                }
            }
        }
        return best;
    }
}
