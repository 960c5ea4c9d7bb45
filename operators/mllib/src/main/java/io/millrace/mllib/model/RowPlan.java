// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import io.millrace.mllib.table.TypeNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way of a row through stages, while it is being laid out. A row is an array of slots; every column that was ever
 * there has one. Stages look up the slots of the columns they read, are given slots for those they write, and add a
 * {@link RowStep} that goes from the ones to the others. Used by one thread and thrown away.
 */
public final class RowPlan {

    private final @Nullable Table data;
    private final int inputSize;
    private final List<RowStep> steps = new ArrayList<>();
    private final List<Integer> slots = new ArrayList<>();
    private Schema schema;
    private int width;

    /**
     * A plan for rows of {@code schema}.
     *
     * @param data the rows, for stages that look at the first one as Spark does, or null if there are none yet
     */
    public RowPlan(Schema schema, @Nullable Table data) {
        this.schema = schema;
        this.data = data;
        inputSize = schema.size();
        for (width = 0; width < inputSize; width++) {
            slots.add(width);
        }
    }

    /** The columns that are there now. */
    public Schema schema() {
        return schema;
    }

    /**
     * The column of that name that is there now.
     *
     * @throws MissingColumnException if there is none
     */
    public Field field(String column) {
        Field field = schema.find(column);
        if (field == null) {
            throw MissingColumnException.inSchema(column, schema);
        }
        return field;
    }

    /**
     * As {@link #field}, for stages that leave it to Spark SQL to find the column, whose message is another.
     *
     * @throws MissingColumnException if there is none
     */
    public Field resolve(String column) {
        if (!schema.contains(column)) {
            throw MissingColumnException.unresolved(column, schema);
        }
        return field(column);
    }

    /**
     * The slot of a column that is there now.
     *
     * @throws MissingColumnException if it is not
     */
    public int slot(String column) {
        field(column);
        return slots.get(schema.indexOf(column));
    }

    /** As {@link #slot}, for a column whose type must pass {@code test}; {@code expected} says what it wants. */
    public int slot(String column, Predicate<DataType> test, String expected) {
        DataType type = field(column).type();
        if (!test.test(type)) {
            throw new IllegalArgumentException("requirement failed: Column " + column + " must be of type " + expected
                    + " but was actually of type " + TypeNames.catalog(type) + ".");
        }
        return slot(column);
    }

    /** The slot of a vector column. */
    public int vectorSlot(String column) {
        checkVector(field(column));
        return slot(column);
    }

    /**
     * Checks that a column holds vectors.
     *
     * @throws IllegalArgumentException if it does not, as Spark throws it
     */
    public static void checkVector(Field field) {
        DataType type = field.type();
        if (!type.equals(DataType.VECTOR)) {
            throw new IllegalArgumentException("requirement failed: Column " + field.name() + " must be of type "
                    + TypeNames.javaClass(DataType.VECTOR) + ":" + TypeNames.catalog(DataType.VECTOR)
                    + " but was actually " + TypeNames.javaClass(type) + ":" + TypeNames.catalog(type) + ".");
        }
    }

    /** The slot of a column of numbers. */
    public int numericSlot(String column) {
        return slot(column, DataType::isNumeric, "numeric");
    }

    /**
     * Adds a column at the end and gives its slot.
     *
     * @throws IllegalArgumentException if there is one of that name, as Spark throws it
     */
    public int add(Field field) {
        if (schema.contains(field.name())) {
            throw new IllegalArgumentException("requirement failed: Column " + field.name() + " already exists.");
        }
        return put(field);
    }

    /** Adds a column, or replaces the one of its name in its place, as Spark's {@code withColumn}. */
    public int put(Field field) {
        int index = schema.indexOf(field.name());
        schema = schema.with(field);
        if (index < 0) {
            slots.add(width);
        } else {
            slots.set(index, width);
        }
        return width++;
    }

    /** Says something else of a column that is there; its values stay. */
    public void describe(Field field) {
        field(field.name());
        schema = schema.with(field);
    }

    /** Leaves only these columns, in this order, as a SQL {@code SELECT} of names does. */
    public void select(List<String> columns) {
        List<Field> fields = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (String column : columns) {
            kept.add(slot(column));
            fields.add(field(column));
        }
        schema = Schema.of(fields);
        slots.clear();
        slots.addAll(kept);
    }

    /** The slots of all columns, in their order. */
    public int[] slots() {
        return slots.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A slot that belongs to no column yet; see {@link #project}. */
    public int newSlot() {
        return width++;
    }

    /**
     * Leaves only these columns, as a SQL {@code SELECT} of expressions does: two may have the same name.
     *
     * @param fields the columns
     * @param places the slot of each
     */
    public void project(List<Field> fields, List<Integer> places) {
        schema = Schema.of(fields);
        slots.clear();
        slots.addAll(places);
    }

    /** Takes columns away; names that are not there do no harm. */
    public void drop(List<String> columns) {
        select(schema.names().stream().filter(name -> !columns.contains(name)).toList());
    }

    /** Adds what is done to every row. */
    public void step(RowStep step) {
        steps.add(step);
    }

    /**
     * The first row that is not dropped by the steps so far, in slots, or null if there is none or the data are not
     * known yet. Spark's VectorAssembler infers vector sizes from it.
     */
    public @Nullable Object @Nullable [] firstRow() {
        if (data != null) {
            RowProgram soFar = program();
            for (Row row : data.rows()) {
                @Nullable Object[] values = Arrays.copyOf(row.toArray(), width);
                if (soFar.runSlots(values)) {
                    return values;
                }
            }
        }
        return null;
    }

    /** Whether the rows are known, so that {@link #firstRow()} is null only if there are none. */
    public boolean hasData() {
        return data != null;
    }

    /** What has been laid out so far. */
    public RowProgram program() {
        return new RowProgram(
                inputSize,
                width,
                steps.toArray(new RowStep[0]),
                slots.stream().mapToInt(Integer::intValue).toArray(),
                schema);
    }
}
