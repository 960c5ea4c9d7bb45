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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Takes the entries at {@code indices} out of a vector, in the order they are given, and behind them those that the
 * column's metadata gives {@code names}. Sparse stays sparse. As Spark's {@code VectorSlicer}.
 */
public final class VectorSlicer implements Transformer {

    private final String uid;
    private final String inputCol;
    private final String outputCol;
    private final int[] indices;
    private final List<String> names;

    public VectorSlicer(Params params) {
        uid = params.uid();
        inputCol = params.getString("inputCol");
        outputCol = params.outputCol();
        int[] given = params.ints("indices");
        indices = given == null ? new int[0] : given;
        List<String> givenNames = params.strings("names");
        names = givenNames == null ? List.of() : givenNames;
        if (Arrays.stream(indices).distinct().count() != indices.length
                || Arrays.stream(indices).anyMatch(index -> index < 0)) {
            throw params.failure("indices", "is " + Arrays.toString(indices) + ", must be 0 or more, each once");
        }
        if (new HashSet<>(names).size() != names.size() || names.contains("")) {
            throw params.failure("names", "is " + names + ", must be names, each once");
        }
        if (indices.length == 0 && names.isEmpty()) {
            throw params.failure("indices", "is empty, and names too: at least one feature must be selected");
        }
    }

    static VectorSlicer load(SavedStage saved) {
        return new VectorSlicer(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The entries at {@code indices} of a vector, without metadata.
     *
     * @throws IllegalStateException if this slicer selects by names too: those need a column
     * @throws ArrayIndexOutOfBoundsException if a dense vector is too short
     */
    public Vector slice(Vector vector) {
        if (!names.isEmpty()) {
            throw new IllegalStateException("the names " + names + " are looked up in the metadata of a column");
        }
        return slice(vector, indices, ascend(indices));
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(inputCol);
        if (plan.schema().contains(outputCol)) {
            throw new IllegalArgumentException("Output column " + outputCol + " already exists.");
        }
        Field input = plan.field(inputCol);
        AttributeGroup group = input.attributeGroup();
        int largest = Arrays.stream(indices).max().orElse(-1);
        if (group.size() >= 0 && largest >= group.size()) {
            throw ScoringException.requirement(
                    "Selected feature index " + largest + " invalid for only " + group.size() + " input features.");
        }
        int[] selected = selected(input, group);
        boolean sorted = ascend(selected);
        List<Attribute> known = group.attributes();
        AttributeGroup attributes = known == null
                ? AttributeGroup.ofSize(outputCol, selected.length)
                : AttributeGroup.of(
                        outputCol, Arrays.stream(selected).mapToObj(known::get).toList());
        int out = plan.add(Field.of(outputCol, DataType.VECTOR).withAttributes(attributes));
        plan.step(slots -> {
            slots[out] = ofRow((Vector) slots[in], selected, sorted);
            return true;
        });
    }

    /** The places to take: those of {@code indices}, then those of {@code names}. */
    private int[] selected(Field input, AttributeGroup group) {
        int[] selected = Arrays.copyOf(indices, indices.length + names.size());
        Set<Integer> taken = new HashSet<>();
        for (int index : indices) {
            taken.add(index);
        }
        for (int i = 0; i < names.size(); i++) {
            int index = group.indexOf(names.get(i));
            if (index < 0) {
                throw ScoringException.requirement("getFeatureIndicesFromNames found no feature with name "
                        + names.get(i) + " in column StructField(" + input.name()
                        + ",org.apache.spark.ml.linalg.VectorUDT@3bfc3ba7," + input.nullable() + ").");
            }
            selected[indices.length + i] = index;
        }
        for (int i = indices.length; i < selected.length; i++) {
            if (!taken.add(selected[i])) {
                throw overlap(selected);
            }
        }
        return selected;
    }

    private ScoringException overlap(int[] selected) {
        StringBuilder text =
                new StringBuilder("VectorSlicer requires indices and names to be disjoint sets of features,"
                        + " but they overlap. indices: ");
        text.append(Arrays.toString(indices).replace(" ", "")).append(". names: [");
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append(selected[indices.length + i])
                    .append(':')
                    .append(names.get(i));
        }
        return ScoringException.requirement(text.append(']').toString());
    }

    private static boolean ascend(int[] selected) {
        for (int i = 1; i < selected.length; i++) {
            if (selected[i] <= selected[i - 1]) {
                return false;
            }
        }
        return selected.length > 1;
    }

    private static Vector ofRow(@Nullable Vector vector, int[] selected, boolean sorted) {
        if (vector == null) {
            throw ScoringException.noMatchForNull();
        }
        return slice(vector, selected, sorted);
    }

    private static Vector slice(Vector vector, int[] selected, boolean sorted) {
        if (vector instanceof SparseVector sparse) {
            return sparse.slice(selected, sorted);
        }
        double[] all = vector.toArray();
        double[] taken = new double[selected.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = all[selected[i]];
        }
        return new DenseVector(taken);
    }
}
