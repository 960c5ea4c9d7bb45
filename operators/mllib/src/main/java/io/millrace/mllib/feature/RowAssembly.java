// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ScoringException;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors$;
import org.jspecify.annotations.Nullable;

/** Puts the values of some slots of a row into one vector. Counts first, so that nothing is allocated but the answer. */
final class RowAssembly {

    private final int[] slots;
    private final int[] lengths;
    private final boolean keep;

    /**
     * An assembly of these slots.
     *
     * @param lengths how many entries each has where it is null
     * @param keep whether null and NaN are allowed
     */
    RowAssembly(int[] slots, int[] lengths, boolean keep) {
        this.slots = slots;
        this.lengths = lengths;
        this.keep = keep;
    }

    Vector assemble(@Nullable Object[] row) {
        int size = 0;
        int nonzeros = 0;
        for (int i = 0; i < slots.length; i++) {
            Object value = row[slots[i]];
            if (value instanceof Vector vector) {
                size = Math.addExact(size, vector.size());
                nonzeros += vector.numNonzeros();
            } else if (value == null) {
                refuseUnlessKept("null", "nulls");
                size = Math.addExact(size, lengths[i]);
                nonzeros += lengths[i];
            } else {
                double number = number(value);
                if (Double.isNaN(number)) {
                    refuseUnlessKept("NaN", "NaNs");
                }
                size = Math.addExact(size, 1);
                nonzeros += number == 0.0 ? 0 : 1;
            }
        }
        return Vectors$.MODULE$.getSparseSize(nonzeros) < Vectors$.MODULE$.getDenseSize(size)
                ? sparse(row, size, nonzeros)
                : dense(row, size);
    }

    private DenseVector dense(@Nullable Object[] row, int size) {
        double[] entries = new double[size];
        int next = 0;
        for (int i = 0; i < slots.length; i++) {
            Object value = row[slots[i]];
            if (value instanceof Vector vector) {
                int[] indices = vector instanceof SparseVector sparse ? sparse.indices() : null;
                double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
                for (int j = 0; j < values.length; j++) {
                    if (values[j] != 0.0) {
                        entries[next + (indices == null ? j : indices[j])] = values[j];
                    }
                }
                next += vector.size();
            } else if (value == null) {
                for (int j = 0; j < lengths[i]; j++) {
                    entries[next++] = Double.NaN;
                }
            } else {
                double number = number(value);
                entries[next++] = number == 0.0 ? 0.0 : number;
            }
        }
        return new DenseVector(entries);
    }

    private SparseVector sparse(@Nullable Object[] row, int size, int nonzeros) {
        int[] places = new int[nonzeros];
        double[] entries = new double[nonzeros];
        int next = 0;
        int count = 0;
        for (int i = 0; i < slots.length; i++) {
            Object value = row[slots[i]];
            if (value instanceof Vector vector) {
                int[] indices = vector instanceof SparseVector sparse ? sparse.indices() : null;
                double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
                for (int j = 0; j < values.length; j++) {
                    if (values[j] != 0.0) {
                        places[count] = next + (indices == null ? j : indices[j]);
                        entries[count++] = values[j];
                    }
                }
                next += vector.size();
            } else {
                double number = value == null ? Double.NaN : number(value);
                int repeat = value == null ? lengths[i] : 1;
                for (int j = 0; j < repeat; j++, next++) {
                    if (number != 0.0) {
                        places[count] = next;
                        entries[count++] = number;
                    }
                }
            }
        }
        return new SparseVector(size, places, entries);
    }

    private static double number(Object value) {
        return value instanceof Boolean flag ? (flag ? 1.0 : 0.0) : ((Number) value).doubleValue();
    }

    private void refuseUnlessKept(String what, String whats) {
        if (!keep) {
            throw ScoringException.spark(
                    "Encountered " + what + " while assembling a row with handleInvalid = \"error\". Consider\n"
                            + "removing " + whats + " from dataset or using handleInvalid = \"keep\" or \"skip\".");
        }
    }
}
