// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * A stage: reads columns by their names and writes others, row by row. Immutable and thread-safe. A family implements
 * {@link #plan} and nothing else of this interface.
 */
public interface Transformer {

    /** The id that the stage was saved with. */
    String uid();

    /**
     * Checks the columns that are there, names those that this stage adds, and adds the step that fills them. A pipeline
     * plans its stages one after the other on the same plan: its rows are never copied from stage to stage.
     *
     * @throws IllegalArgumentException if a column is missing or of a wrong type
     */
    void plan(RowPlan plan);

    /** The columns that come out for columns that go in. Vector sizes that only data tell stay unknown. */
    default Schema transformSchema(Schema schema) {
        return program(schema).outputSchema();
    }

    /** This stage, ready for rows of {@code schema}: what is to be found out is found out once. */
    default RowProgram program(Schema schema) {
        RowPlan plan = new RowPlan(schema, null);
        plan(plan);
        return plan.program();
    }

    /**
     * The rows that come out. Columns keep their order, new ones are at the end.
     *
     * @throws ScoringException for the first row that is refused
     */
    default Table transform(Table table) {
        RowPlan plan = new RowPlan(table.schema(), table);
        plan(plan);
        return plan.program().run(table);
    }

    /** {@code column}'s name if it is to be written, null if it is "": Spark's sign for a column that is not wanted. */
    static @Nullable String wanted(String column) {
        return column.isEmpty() ? null : column;
    }
}
