// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.model.RowProgram;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines planned for the rows of a stream, once per version. It holds the last two versions that were scored with: the one in service,
 * and a candidate. Thread-safe.
 */
final class PlannedRows {

    private record Plan(
            Transformer model,
            @Nullable RowProgram program,
            @Nullable RuntimeException refusal) {}

    private final Schema schema;
    private volatile @Nullable Plan last;
    private volatile @Nullable Plan other;

    PlannedRows(Schema schema) {
        this.schema = schema;
    }

    /**
     * Scores one row.
     *
     * @return null if the pipeline drops it
     * @throws IllegalArgumentException if the row has other columns than the stream, or the model does not fit these
     */
    @Nullable
    Row score(Transformer model, Row row) {
        if (!row.schema().equals(schema)) {
            throw new IllegalArgumentException(
                    "the row has the columns " + row.schema() + ", those of the stream are " + schema);
        }
        return program(model).run(row);
    }

    private RowProgram program(Transformer model) {
        Plan plan = last;
        if (plan == null || plan.model() != model) {
            plan = other;
        }
        if (plan == null || plan.model() != model) {
            plan = plan(model);
        }
        RowProgram program = plan.program();
        if (program == null) {
            RuntimeException refusal = plan.refusal();
            throw new IllegalArgumentException(
                    "the model does not fit the columns of the stream: "
                            + (refusal == null ? "" : refusal.getMessage()),
                    refusal);
        }
        return program;
    }

    private synchronized Plan plan(Transformer model) {
        for (Plan known : new @Nullable Plan[] {last, other}) {
            if (known != null && known.model() == model) {
                return known;
            }
        }
        Plan plan;
        try {
            plan = new Plan(model, model.program(schema), null);
        } catch (RuntimeException e) {
            plan = new Plan(model, null, e);
        }
        other = last;
        last = plan;
        return plan;
    }
}
