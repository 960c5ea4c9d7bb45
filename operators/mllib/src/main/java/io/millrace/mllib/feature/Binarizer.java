// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * 1 for what is greater than the threshold, 0 for the rest and for NaN and, in a column of numbers, null. Columns of
 * doubles or of vectors, one or several; each has its own of {@code thresholds}, or all have {@code threshold} (0 by
 * default). Vectors come out dense or sparse, whichever is smaller; below a threshold under 0, absent entries become 1, and
 * NaN too. As Spark's {@code Binarizer}.
 */
public final class Binarizer implements Transformer {

    private final String uid;
    private final ColumnPairs columns;
    private final double[] thresholds;

    public Binarizer(Params params) {
        uid = params.uid();
        columns = ColumnPairs.of(params);
        double[] given = params.isSet("thresholds") ? params.doubles("thresholds") : null;
        if (given == null) {
            thresholds = new double[columns.size()];
            Arrays.fill(thresholds, params.getDouble("threshold", 0.0));
        } else {
            if (!params.isSet("inputCols") || params.isSet("threshold")) {
                throw params.failure("thresholds", "is set beside inputCol or threshold");
            }
            if (given.length != columns.size()) {
                throw params.failure(
                        "thresholds", "has " + given.length + " numbers for " + columns.size() + " columns");
            }
            thresholds = given;
        }
    }

    static Binarizer load(SavedStage saved) {
        return new Binarizer(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    /** 1 or 0 for a number of the first column, or the only one. */
    public double binarize(double value) {
        return value > thresholds[0] ? 1.0 : 0.0;
    }

    /** Ones and zeros for a vector of the first column, or the only one. */
    public Vector binarize(Vector vector) {
        return binarize(vector, thresholds[0]);
    }

    @Override
    public void plan(RowPlan plan) {
        int size = columns.size();
        int[] in = new int[size];
        int[] out = new int[size];
        boolean[] vectors = new boolean[size];
        Field[] outputs = new Field[size];
        for (int i = 0; i < size; i++) {
            String output = columns.output(i);
            if (plan.schema().contains(output)) {
                throw new IllegalArgumentException("requirement failed: Output column " + output + " already exists.");
            }
            Field input = plan.schema().find(columns.input(i));
            if (input == null) {
                throw ScoringException.spark("Input column " + columns.input(i) + " does not exist.");
            }
            vectors[i] = input.type().equals(DataType.VECTOR);
            outputs[i] = output(output, input);
            in[i] = plan.slot(input.name());
        }
        for (int i = 0; i < size; i++) {
            out[i] = plan.add(outputs[i]);
        }
        plan.step(slots -> {
            for (int i = 0; i < in.length; i++) {
                Object value = slots[in[i]];
                slots[out[i]] =
                        vectors[i] ? ofRow((Vector) value, thresholds[i]) : ofRow((Double) value, thresholds[i]);
            }
            return true;
        });
    }

    private static Field output(String name, Field input) {
        if (input.type().equals(DataType.DOUBLE)) {
            return Field.notNull(name, DataType.DOUBLE).withAttributes(Attribute.binary());
        }
        if (!input.type().equals(DataType.VECTOR)) {
            throw new IllegalArgumentException("Data type " + TypeNames.scala(input.type()) + " is not supported.");
        }
        int known = input.attributeGroup().size();
        Field output = Field.of(name, DataType.VECTOR);
        return known < 0 ? output : output.withAttributes(AttributeGroup.ofSize(name, known));
    }

    private static Object ofRow(@Nullable Double value, double threshold) {
        return value != null && value > threshold ? 1.0 : 0.0;
    }

    private static Object ofRow(@Nullable Vector vector, double threshold) {
        if (vector == null) {
            throw threshold >= 0
                    ? ScoringException.nullCall(
                            "org.apache.spark.ml.linalg.Vector.foreachNonZero(scala.Function2)", "vector")
                    : ScoringException.nullCall("org.apache.spark.ml.linalg.Vector.size()", "vector");
        }
        return binarize(vector, threshold);
    }

    private static Vector binarize(Vector vector, double threshold) {
        double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
        if (threshold < 0) {
            return belowZero(vector, values, threshold);
        }
        int ones = 0;
        for (double value : values) {
            if (value > threshold) {
                ones++;
            }
        }
        int[] indices = new int[ones];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] > threshold) {
                indices[next++] = vector instanceof SparseVector sparse ? sparse.indices()[i] : i;
            }
        }
        double[] allOnes = new double[ones];
        Arrays.fill(allOnes, 1.0);
        return new SparseVector(vector.size(), indices, allOnes).compressedWithNNZ(ones);
    }

    /** Zeros are above such a threshold, stored or not. */
    private static Vector belowZero(Vector vector, double[] values, double threshold) {
        double[] result = new double[vector.size()];
        Arrays.fill(result, 1.0);
        int ones = result.length;
        for (int i = 0; i < values.length; i++) {
            if (values[i] <= threshold) {
                result[vector instanceof SparseVector sparse ? sparse.indices()[i] : i] = 0.0;
                ones--;
            }
        }
        return new DenseVector(result).compressedWithNNZ(ones);
    }
}
