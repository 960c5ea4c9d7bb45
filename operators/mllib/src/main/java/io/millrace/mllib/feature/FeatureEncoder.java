// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.ScoringException;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** One column's entries for an interaction: numbers as they are, indices of nominal values as ones in their places. */
final class FeatureEncoder {

    /** Takes an entry that is stored. */
    interface Sink {
        void accept(int place, double value);
    }

    private final int[] sizes;
    private final int[] offsets;
    private final int outputSize;

    /** {@code sizes} are the numbers of values, 1 for a number. */
    private FeatureEncoder(int[] sizes) {
        this.sizes = sizes;
        offsets = new int[sizes.length];
        int next = 0;
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = next;
            next = Math.addExact(next, sizes[i]);
        }
        outputSize = next;
    }

    static FeatureEncoder of(List<Attribute> attributes) {
        int[] sizes = new int[attributes.size()];
        for (int i = 0; i < sizes.length; i++) {
            Attribute attribute = attributes.get(i);
            sizes[i] = attribute.kind() == Attribute.Kind.NOMINAL ? Math.max(1, values(attribute)) : 1;
        }
        return new FeatureEncoder(sizes);
    }

    private static int values(Attribute nominal) {
        int count = nominal.valueCount();
        if (count < 0) {
            throw ScoringException.spark("Nominal features must have attr numValues defined.");
        }
        return count;
    }

    int outputSize() {
        return outputSize;
    }

    /** How many entries {@link #encode} gives, at most. */
    int stored(@Nullable Object value) {
        return value instanceof SparseVector sparse ? sparse.values().length : sizes.length;
    }

    /** Gives the stored entries of a value, in order. */
    void encode(@Nullable Object value, Sink sink) {
        if (value == null) {
            throw ScoringException.spark("Values to interact cannot be null.");
        }
        if (!(value instanceof Vector vector)) {
            entry(0, ((Number) value).doubleValue(), sink);
            return;
        }
        if (vector.size() != sizes.length) {
            throw assertion("Vector column size was " + vector.size() + ", expected " + sizes.length);
        }
        int[] indices = vector instanceof SparseVector sparse ? sparse.indices() : null;
        double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
        for (int i = 0; i < values.length; i++) {
            entry(indices == null ? i : indices[i], values[i], sink);
        }
    }

    private void entry(int feature, double value, Sink sink) {
        if (sizes[feature] == 1) {
            sink.accept(offsets[feature], value);
        } else if (value >= 0.0 && value == (int) value && value < sizes[feature]) {
            sink.accept(offsets[feature] + (int) value, 1.0);
        } else {
            throw assertion("Values from column must be indices, but got " + value + ".");
        }
    }

    private static ScoringException assertion(String message) {
        return new ScoringException("java.lang.AssertionError", "assertion failed: " + message);
    }
}
