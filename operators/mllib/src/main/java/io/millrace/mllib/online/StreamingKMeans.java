// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import io.millrace.mllib.model.QuietNetlib;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * K-means that goes on learning, batch by batch. As {@code StreamingKMeans} of spark.mllib: before a batch the weights are
 * discounted by the decay factor; then each center moves towards the mean of the batch's points that are nearest to it, by
 * their share of its new weight. A cluster that has nearly died takes half of the largest one.
 *
 * <p>Other than in Spark, a batch may have sparse points in any place: there, one whose first point of a cluster is
 * sparse fails and is lost. And the batch's points and the model that goes in are never changed.
 *
 * <p>Settings only, immutable; the state is the {@link StreamingKMeansModel} that goes in and comes out.
 *
 * @param k the number of clusters, at least 1; 2 by default
 * @param decayFactor what the old weights are multiplied by, per batch or per point; 1 by default: all batches count the
 *     same. 0: only the newest counts
 * @param timeUnit whether the factor is per batch (the default) or per point
 */
public record StreamingKMeans(int k, double decayFactor, DecayUnit timeUnit) {

    static {
        QuietNetlib.apply();
    }

    /** A cluster with less than this share of the largest one's weight is dying. */
    private static final double DYING = 1e-8;

    public StreamingKMeans {
        if (k <= 0) {
            throw new IllegalArgumentException("requirement failed: Number of clusters must be positive but got " + k);
        }
        if (!(decayFactor >= 0)) {
            throw new IllegalArgumentException(
                    "requirement failed: Decay factor must be nonnegative but got " + decayFactor);
        }
    }

    /** Clusters that forget nothing. */
    public StreamingKMeans(int k) {
        this(k, 1.0, DecayUnit.BATCHES);
    }

    /** These settings, but forgetting by this factor; the unit stays. */
    public StreamingKMeans withDecayFactor(double factor) {
        return new StreamingKMeans(k, factor, timeUnit);
    }

    /**
     * These settings, but such that data of {@code halfLife} batches or points ago count half.
     *
     * @param halfLife above 0
     */
    public StreamingKMeans withHalfLife(double halfLife, DecayUnit unit) {
        if (!(halfLife > 0)) {
            throw new IllegalArgumentException("requirement failed: Half life must be positive but got " + halfLife);
        }
        return new StreamingKMeans(k, Math.exp(Math.log(0.5) / halfLife), unit);
    }

    /** A model to begin with: these centers with these weights, {@link #k} of both. */
    public StreamingKMeansModel initialModel(List<? extends Vector> centers, double[] weights) {
        if (centers.size() != k) {
            throw new IllegalArgumentException(
                    "requirement failed: Number of initial centers must be " + k + " but got " + centers.size());
        }
        return new StreamingKMeansModel(centers, weights);
    }

    /**
     * A model to begin with: centers drawn from a normal distribution, the same as Spark draws with this seed.
     *
     * @param dimensions how many entries a center has, at least 1
     * @param weight the weight of each, not negative; small, so that the first batch counts more
     */
    public StreamingKMeansModel randomModel(int dimensions, double weight, long seed) {
        if (dimensions <= 0) {
            throw new IllegalArgumentException(
                    "requirement failed: Number of dimensions must be positive but got " + dimensions);
        }
        SparkRandom random = new SparkRandom(seed);
        List<Vector> centers = new ArrayList<>(k);
        double[] weights = new double[k];
        for (int i = 0; i < k; i++) {
            weights[i] = weight;
            double[] center = new double[dimensions];
            for (int j = 0; j < dimensions; j++) {
                center[j] = random.nextGaussian();
            }
            centers.add(Vectors.dense(center));
        }
        return new StreamingKMeansModel(centers, weights);
    }

    /**
     * What a batch makes of a model. Sums are taken in the order of the batch.
     *
     * @throws IllegalArgumentException if a point has another size than the centers, or an entry that is not finite; the
     *     model that went in is as good as before
     */
    public StreamingKMeansModel update(StreamingKMeansModel model, Iterable<? extends Vector> batch) {
        if (model.k() != k) {
            throw new IllegalArgumentException("a model of " + model.k() + " clusters, must be " + k);
        }
        @Nullable DenseVector[] sums = new @Nullable DenseVector[k];
        long[] counts = new long[k];
        long points = 0;
        for (Vector point : batch) {
            check(point, model.dimensions());
            int cluster = model.predict(point);
            DenseVector sum = sums[cluster];
            if (sum == null) {
                sums[cluster] = new DenseVector(point.toArray().clone());
            } else {
                BLAS.axpy(1.0, point, sum);
            }
            counts[cluster]++;
            points++;
        }
        DenseVector[] centers = model.clusterCenters().stream()
                .map(center -> new DenseVector(center.toArray()))
                .toArray(DenseVector[]::new);
        double[] weights = model.clusterWeights();
        double discount = timeUnit == DecayUnit.BATCHES ? decayFactor : Math.pow(decayFactor, (double) points);
        BLAS.scal(discount, new DenseVector(weights));
        for (int cluster = 0; cluster < k; cluster++) {
            DenseVector sum = sums[cluster];
            if (sum != null) {
                weights[cluster] += counts[cluster];
                double share = counts[cluster] / Math.max(weights[cluster], 1e-16);
                BLAS.scal(1.0 - share, centers[cluster]);
                BLAS.axpy(share / counts[cluster], sum, centers[cluster]);
            }
        }
        splitIfDying(centers, weights);
        return new StreamingKMeansModel(List.of(centers), weights);
    }

    private static void splitIfDying(DenseVector[] centers, double[] weights) {
        int largest = 0;
        int smallest = 0;
        for (int i = 1; i < weights.length; i++) {
            largest = weights[i] > weights[largest] ? i : largest;
            smallest = weights[i] < weights[smallest] ? i : smallest;
        }
        if (weights[smallest] < DYING * weights[largest]) {
            double half = (weights[largest] + weights[smallest]) / 2.0;
            weights[largest] = half;
            weights[smallest] = half;
            double[] kept = centers[largest].values();
            double[] moved = centers[smallest].values();
            for (int j = 0; j < kept.length; j++) {
                double x = kept[j];
                double apart = 1e-14 * Math.max(Math.abs(x), 1.0);
                kept[j] = x + apart;
                moved[j] = x - apart;
            }
        }
    }

    private static void check(Vector point, int dimensions) {
        if (point.size() != dimensions) {
            throw new IllegalArgumentException(
                    "a point of size " + point.size() + ", the cluster centers have " + dimensions);
        }
        double[] values = point instanceof SparseVector sparse ? sparse.values() : point.toArray();
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a point with the entry " + value);
            }
        }
    }
}
