// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a stage or of a whole pipeline over rows of one schema. Immutable and thread-safe. */
public final class RowProgram {

    private final int inputSize;
    private final int width;
    private final RowStep[] steps;
    private final int[] output;
    private final boolean straight;
    private final Schema schema;

    RowProgram(int inputSize, int width, RowStep[] steps, int[] output, Schema schema) {
        this.inputSize = inputSize;
        this.width = width;
        this.steps = steps;
        this.output = output;
        this.schema = schema;
        boolean inOrder = output.length == width;
        for (int i = 0; i < output.length; i++) {
            inOrder &= output[i] == i;
        }
        straight = inOrder;
    }

    /** The columns that come out. */
    public Schema outputSchema() {
        return schema;
    }

    /**
     * Runs one row.
     *
     * @param values one per column that goes in, in order; the array is left as it is
     * @return one value per column of {@link #outputSchema()}, or null if the row is dropped
     * @throws ScoringException if it is refused
     */
    public @Nullable Object @Nullable [] run(@Nullable Object[] values) {
        if (values.length != inputSize) {
            throw new IllegalArgumentException("a row of " + values.length + " values for " + inputSize + " columns");
        }
        @Nullable Object[] slots = Arrays.copyOf(values, width);
        if (!runSlots(slots)) {
            return null;
        }
        if (straight) {
            return slots;
        }
        @Nullable Object[] result = new @Nullable Object[output.length];
        for (int i = 0; i < output.length; i++) {
            result[i] = slots[output[i]];
        }
        return result;
    }

    /** Runs one row, or gives null if it is dropped. */
    public @Nullable Row run(Row row) {
        @Nullable Object[] result = run(row.toArray());
        return result == null ? null : Row.of(schema, result);
    }

    /** Runs all rows, in order. */
    public Table run(Table table) {
        List<@Nullable Object[]> rows = new ArrayList<>(table.size());
        for (Row row : table.rows()) {
            @Nullable Object[] result = run(row.toArray());
            if (result != null) {
                rows.add(result);
            }
        }
        return Table.trusted(schema, rows);
    }

    boolean runSlots(@Nullable Object[] slots) {
        try {
            for (RowStep step : steps) {
                if (!step.run(slots)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            throw ScoringException.of(e);
        }
    }
}
