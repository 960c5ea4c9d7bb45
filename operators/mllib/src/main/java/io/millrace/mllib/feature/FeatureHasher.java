// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Hashes columns into one sparse vector of {@code numFeatures} (2^18 by default). A number adds its value at the hash of its
 * column's name; texts, booleans and the {@code categoricalCols} add 1 at the hash of {@code name=value}. Null adds
 * nothing, values at the same index add up in the order of {@code inputCols}. As Spark's {@code FeatureHasher}.
 */
public final class FeatureHasher implements Transformer {

    private final String uid;
    private final List<String> inputCols;
    private final String outputCol;
    private final Set<String> categoricalCols;
    private final int numFeatures;

    public FeatureHasher(Params params) {
        uid = params.uid();
        inputCols = ColumnPairs.required(params, "inputCols");
        outputCol = params.outputCol();
        List<String> categorical = params.strings("categoricalCols");
        categoricalCols = categorical == null ? Set.of() : Set.copyOf(categorical);
        numFeatures = TermCounts.numFeatures(params);
    }

    static FeatureHasher load(SavedStage saved) {
        return new FeatureHasher(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        int[] in = new int[inputCols.size()];
        int[] fixed = new int[in.length];
        String[] prefix = new String[in.length];
        for (int i = 0; i < in.length; i++) {
            String name = inputCols.get(i);
            Field field = plan.field(name);
            boolean numeric = field.type().isNumeric();
            if (!numeric
                    && !field.type().equals(DataType.STRING)
                    && !field.type().equals(DataType.BOOLEAN)) {
                throw new IllegalArgumentException("requirement failed: FeatureHasher requires columns to be of"
                        + " NumericType, BooleanType or StringType. Column " + name + " was "
                        + field.type().sparkName());
            }
            in[i] = plan.slot(name);
            fixed[i] = numeric && !categoricalCols.contains(name)
                    ? Math.floorMod(SparkHash.ofText(name), numFeatures)
                    : -1;
            prefix[i] = name + "=";
        }
        int out = plan.add(
                Field.of(outputCol, DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol, numFeatures)));
        plan.step(slots -> {
            slots[out] = hash(slots, in, fixed, prefix);
            return true;
        });
    }

    private Vector hash(@Nullable Object[] slots, int[] in, int[] fixed, String[] prefix) {
        int[] indices = new int[in.length];
        double[] values = new double[in.length];
        int size = 0;
        for (int i = 0; i < in.length; i++) {
            Object value = slots[in[i]];
            if (value == null) {
                continue;
            }
            int index = fixed[i] >= 0 ? fixed[i] : Math.floorMod(SparkHash.ofText(prefix[i] + value), numFeatures);
            double amount = fixed[i] >= 0 ? ((Number) value).doubleValue() : 1.0;
            int place = size;
            while (place > 0 && indices[place - 1] > index) {
                place--;
            }
            if (place > 0 && indices[place - 1] == index) {
                values[place - 1] += amount;
                continue;
            }
            System.arraycopy(indices, place, indices, place + 1, size - place);
            System.arraycopy(values, place, values, place + 1, size - place);
            indices[place] = index;
            values[place] = amount;
            size++;
        }
        return Vectors.sparse(numFeatures, Arrays.copyOf(indices, size), Arrays.copyOf(values, size));
    }
}
