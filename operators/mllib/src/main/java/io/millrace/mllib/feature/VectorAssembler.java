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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Puts columns of numbers, booleans and vectors behind each other into one vector, which is dense or sparse, whichever is
 * smaller; zeros are not stored in the latter.
 *
 * <p>{@code handleInvalid}: {@code error} (default) refuses a row with null, or with NaN in a column of numbers;
 * {@code skip} drops it; {@code keep} puts NaN for a number that is null, and as many NaN as its column has entries for a
 * vector. NaN inside of a vector is no error. What the vectors' sizes are is told by the metadata of their columns; where
 * it is not, and the rows are known, by the first row, as in Spark. Of more than
 * {@link AttributeGroup#MOST} entries the metadata says how many there are, not their names. As Spark's
 * {@code VectorAssembler}.
 */
public final class VectorAssembler implements Transformer {

    /** How many entries the result can have where null vectors are kept, each as so many NaN: 16,777,216. */
    public static final int MOST_KEPT = 1 << 24;

    private final String uid;
    private final List<String> inputCols;
    private final String outputCol;
    private final InvalidValues invalid;
    private final RowAssembly ofValues;

    public VectorAssembler(Params params) {
        uid = params.uid();
        List<String> inputs = params.strings("inputCols");
        if (inputs == null) {
            throw params.failure("inputCols", "has no value");
        }
        inputCols = inputs;
        outputCol = params.outputCol();
        invalid = InvalidValues.of(params, InvalidValues.ERROR, InvalidValues.SKIP, InvalidValues.KEEP);
        int[] ones = new int[inputs.size()];
        Arrays.fill(ones, 1);
        ofValues = new RowAssembly(IntStream.range(0, ones.length).toArray(), ones, invalid == InvalidValues.KEEP);
    }

    static VectorAssembler load(SavedStage saved) {
        return new VectorAssembler(saved.params());
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * The vector of these values: numbers, booleans, vectors, one for each input column.
     *
     * @throws ScoringException for a null or a NaN, unless they are kept; a null counts as one number then
     */
    public Vector assemble(@Nullable Object... values) {
        if (values.length != inputCols.size()) {
            throw new IllegalArgumentException(values.length + " values for " + inputCols.size() + " columns");
        }
        return ofValues.assemble(values);
    }

    @Override
    public void plan(RowPlan plan) {
        checkTypes(plan);
        Map<String, Integer> sizes = sizes(plan);
        int[] in = inputCols.stream().mapToInt(plan::slot).toArray();
        int[] lengths = new int[in.length];
        List<Attribute> attributes = new ArrayList<>();
        boolean known = true;
        long total = 0;
        for (int i = 0; i < in.length; i++) {
            Field input = plan.field(inputCols.get(i));
            int size = input.type().equals(DataType.VECTOR) ? sizes.getOrDefault(input.name(), -1) : 1;
            known &= size >= 0;
            total += size;
            addAttributes(input, size, attributes);
            lengths[i] = size;
        }
        Field output = Field.of(outputCol, DataType.VECTOR);
        if (known) {
            output = output.withAttributes(
                    attributes.size() < total
                            ? AttributeGroup.ofSize(outputCol, checked(total))
                            : AttributeGroup.of(outputCol, attributes));
        }
        int out = plan.add(output);
        if (invalid == InvalidValues.SKIP) {
            plan.step(slots -> !InvalidValues.anyIn(slots, in));
        }
        RowAssembly assembly = new RowAssembly(in, lengths, invalid == InvalidValues.KEEP);
        plan.step(slots -> {
            slots[out] = assembly.assemble(slots);
            return true;
        });
    }

    private void checkTypes(RowPlan plan) {
        List<String> wrong = new ArrayList<>();
        for (String column : inputCols) {
            DataType type = plan.field(column).type();
            if (!type.isNumeric() && !type.equals(DataType.BOOLEAN) && !type.equals(DataType.VECTOR)) {
                wrong.add("Data type " + TypeNames.catalog(type) + " of column " + column + " is not supported.");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", wrong));
        }
        if (plan.schema().contains(outputCol)) {
            throw new IllegalArgumentException("Output column " + outputCol + " already exists.");
        }
    }

    /** Adds what is said of a column's entries, as long as there is room. */
    private static void addAttributes(Field input, int size, List<Attribute> attributes) {
        if (!input.type().equals(DataType.VECTOR)) {
            Attribute said = input.type().equals(DataType.DOUBLE) ? input.attribute() : Attribute.unresolved();
            attributes.add(
                    (said.kind() == Attribute.Kind.UNRESOLVED ? Attribute.numeric() : said).withName(input.name()));
            return;
        }
        List<Attribute> group = input.attributeGroup().attributes();
        int count = Math.min(size, AttributeGroup.MOST - attributes.size());
        for (int i = 0; i < count; i++) {
            Attribute said = group == null ? Attribute.numeric() : group.get(i);
            attributes.add(said.withName(input.name() + "_" + (said.name() == null ? i : said.name())));
        }
    }

    private int checked(long total) {
        int most = invalid == InvalidValues.KEEP ? MOST_KEPT : Integer.MAX_VALUE;
        if (total > most) {
            throw new IllegalArgumentException(
                    "the columns " + inputCols + " have " + total + " entries, the vector can have " + most);
        }
        return (int) total;
    }

    /** The sizes of the vector columns that are known, or can be seen in the first row. */
    private Map<String, Integer> sizes(RowPlan plan) {
        Map<String, Integer> sizes = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String column : inputCols) {
            Field field = plan.field(column);
            int size = field.attributeGroup().size();
            if (field.type().equals(DataType.VECTOR) && sizes.put(column, size) == null && size < 0) {
                missing.add(column);
            }
        }
        if (missing.isEmpty()) {
            return sizes;
        }
        if (invalid == InvalidValues.KEEP) {
            throw new ScoringException(
                    "java.lang.RuntimeException",
                    "Can not infer column lengths with handleInvalid = \"keep\"."
                            + consider(missing).stripTrailing());
        }
        int[] slots = missing.stream().mapToInt(plan::slot).toArray();
        if (invalid == InvalidValues.SKIP) {
            plan.step(row -> !InvalidValues.anyIn(row, slots));
        }
        if (plan.hasData()) {
            seeInFirstRow(plan.firstRow(), missing, slots, sizes);
        }
        return sizes;
    }

    private static void seeInFirstRow(
            @Nullable Object @Nullable [] first, List<String> missing, int[] slots, Map<String, Integer> sizes) {
        if (first == null) {
            throw new ScoringException(
                    "java.util.NoSuchElementException",
                    "Encountered empty dataframe while inferring lengths from the first row." + consider(missing)
                            + "java.util.NoSuchElementException: head of empty array");
        }
        for (int i = 0; i < slots.length; i++) {
            if (!(first[slots[i]] instanceof Vector vector)) {
                throw new ScoringException(
                        "java.lang.NullPointerException",
                        "Encountered null value while inferring lengths from the first row." + consider(missing)
                                + "java.lang.NullPointerException: Cannot invoke"
                                + " \"org.apache.spark.ml.linalg.Vector.size()\" because \"x\" is null");
            }
            sizes.put(missing.get(i), vector.size());
        }
    }

    private static String consider(List<String> columns) {
        return " Consider using VectorSizeHint to add metadata for columns: [" + String.join(", ", columns) + "]. ";
    }
}
