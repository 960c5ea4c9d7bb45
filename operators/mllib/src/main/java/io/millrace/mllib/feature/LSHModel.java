// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.sql.SqlErrors;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * A locality-sensitive hash: gives a vector one number per hash table, the same for near vectors rather than for far
 * ones. Immutable and thread-safe.
 */
public abstract class LSHModel extends ColumnStage {

    static {
        QuietNetlib.apply();
    }

    /**
     * A vector near to a key.
     *
     * @param index its place in the list that was searched
     * @param distance from the key
     */
    public record Neighbor(int index, double distance) {}

    /**
     * Two vectors near to each other.
     *
     * @param left the place of the one in the left list
     * @param right the place of the other in the right list
     */
    public record SimilarPair(int left, int right, double distance) {}

    LSHModel(Params params) {
        super(params);
    }

    /** The hash values of a vector, one per table. */
    public abstract double[] hash(Vector features);

    /** The distance that the hash stands for. */
    public abstract double distance(Vector x, Vector y);

    /** The vector of a row, or what Spark throws if it is null. */
    abstract Vector present(@Nullable Vector features);

    @Override
    public final void plan(RowPlan plan) {
        // in the order of Spark, which leaves the column that goes in to its SQL
        if (plan.schema().contains(outputCol())) {
            throw new IllegalArgumentException(outputExists());
        }
        plan.resolve(inputCol());
        super.plan(plan);
    }

    @Override
    protected final Field outputField(Field input) {
        if (!input.type().equals(DataType.VECTOR)) {
            throw SqlErrors.upCast("input", input.type(), DataType.VECTOR);
        }
        return Field.of(outputCol(), DataType.arrayOf(DataType.VECTOR));
    }

    @Override
    protected final Object apply(@Nullable Object value) {
        double[] hashes = hash(present((Vector) value));
        List<Vector> tables = new ArrayList<>(hashes.length);
        for (double hash : hashes) {
            tables.add(Vectors.dense(new double[] {hash}));
        }
        return tables;
    }

    /**
     * Of {@code data}, those in a bucket of the key in at least one table, nearest first, equally near ones in their
     * order; at most {@code most}. As Spark's {@code approxNearestNeighbors}: near vectors in other buckets are missed.
     */
    public final List<Neighbor> approxNearestNeighbors(List<? extends Vector> data, Vector key, int most) {
        if (most <= 0) {
            throw new IllegalArgumentException(
                    "requirement failed: The number of nearest neighbors cannot be less than 1");
        }
        double[] keyHash = hash(key);
        List<Neighbor> found = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            double[] hash = hash(data.get(i));
            if (IntStream.range(0, hash.length).anyMatch(table -> hash[table] == keyHash[table])) {
                found.add(new Neighbor(i, distance(data.get(i), key)));
            }
        }
        found.sort(Comparator.comparingDouble(Neighbor::distance));
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /**
     * The pairs of a left and a right vector that share a bucket in at least one table and whose distance is below
     * {@code threshold}, in order of left and right. As Spark's {@code approxSimilarityJoin}.
     */
    public final List<SimilarPair> approxSimilarityJoin(
            List<? extends Vector> left, List<? extends Vector> right, double threshold) {
        Map<Bucket, List<Integer>> buckets = new HashMap<>();
        for (int r = 0; r < right.size(); r++) {
            double[] hash = hash(right.get(r));
            for (int table = 0; table < hash.length; table++) {
                buckets.computeIfAbsent(Bucket.of(table, hash[table]), bucket -> new ArrayList<>())
                        .add(r);
            }
        }
        List<SimilarPair> pairs = new ArrayList<>();
        for (int l = 0; l < left.size(); l++) {
            double[] hash = hash(left.get(l));
            Set<Integer> met = new HashSet<>();
            for (int table = 0; table < hash.length; table++) {
                met.addAll(buckets.getOrDefault(Bucket.of(table, hash[table]), List.of()));
            }
            for (int r : met) {
                double distance = distance(left.get(l), right.get(r));
                if (distance < threshold) {
                    pairs.add(new SimilarPair(l, r, distance));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(SimilarPair::left).thenComparingInt(SimilarPair::right));
        return List.copyOf(pairs);
    }

    private record Bucket(int table, double hash) {

        static Bucket of(int table, double hash) {
            // both zeros are one bucket
            return new Bucket(table, hash + 0.0);
        }
    }
}
