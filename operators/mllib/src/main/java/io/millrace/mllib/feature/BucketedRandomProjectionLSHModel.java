// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Hashes by projecting to random directions, each cut into buckets of {@code bucketLength}; stands for Euclidean distance.
 * As Spark's {@code BucketedRandomProjectionLSHModel}.
 */
public final class BucketedRandomProjectionLSHModel extends LSHModel {

    private final Matrix directions;
    private final double factor;

    /**
     * A hash.
     *
     * @param directions a row per table
     */
    public BucketedRandomProjectionLSHModel(Params params, Matrix directions) {
        super(params);
        double bucketLength = params.getDouble("bucketLength", Double.NaN);
        if (!(bucketLength > 0)) {
            throw params.failure("bucketLength", "is " + bucketLength + ", must be above 0");
        }
        this.directions = directions;
        factor = 1.0 / bucketLength;
    }

    static BucketedRandomProjectionLSHModel load(SavedStage saved) {
        return new BucketedRandomProjectionLSHModel(saved.params(), saved.data().matrix("randUnitVectors"));
    }

    @Override
    public double[] hash(Vector features) {
        double[] hashes = new double[directions.numRows()];
        BLAS.gemv(factor, directions, features, 0.0, new DenseVector(hashes));
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Math.floor(hashes[i]);
        }
        return hashes;
    }

    /** The Euclidean distance. */
    @Override
    public double distance(Vector x, Vector y) {
        return Math.sqrt(Vectors.sqdist(x, y));
    }

    @Override
    Vector present(@Nullable Vector features) {
        return NullVector.called(features, "size", "x");
    }
}
