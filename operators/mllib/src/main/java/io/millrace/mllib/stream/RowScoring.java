// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.operator.Versioned;
import io.millrace.stream.DStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of streams with one stage or pipeline: always the same, or the version that each batch has. A version is planned once for
 * the columns of the stream.
 *
 * <p>Rows that the pipeline drops do not come out. Rows that it refuses, and rows with other columns than the stream is said to have, go by
 * the error policy of the stream that comes out; so do all rows of a batch whose model does not fit the columns.
 *
 * @param <M> the model
 */
public final class RowScoring<M extends Transformer> {

    private final @Nullable M fixed;
    private final @Nullable Versioned<M> versioned;
    private final Schema input;
    private final Schema output;

    private RowScoring(@Nullable M fixed, @Nullable Versioned<M> versioned, Schema input, Schema output) {
        this.fixed = fixed;
        this.versioned = versioned;
        this.input = input;
        this.output = output;
    }

    /**
     * Scores with this model as long as the job runs.
     *
     * @param columns the columns of the rows that go in
     * @throws IllegalArgumentException if the model does not fit the columns
     */
    public static <M extends Transformer> RowScoring<M> of(M model, Schema columns) {
        return new RowScoring<>(model, null, columns, model.transformSchema(columns));
    }

    /**
     * Scores every batch with the version of the model that the batch has.
     *
     * @param columns the columns of the rows that go in
     * @throws IllegalArgumentException if the present version does not fit the columns
     */
    public static <M extends Transformer> RowScoring<M> of(Versioned<M> model, Schema columns) {
        return new RowScoring<>(null, model, columns, model.latest().value().transformSchema(columns));
    }

    /**
     * Scores every batch with the model that is in service when it begins. That later versions fit the columns can be checked before they
     * are in service: {@code builder.check(model -> model.transformSchema(columns))}.
     */
    public static <M extends Transformer> RowScoring<M> of(ServedModel<M> model, Schema columns) {
        return of(model.model(), columns);
    }

    /**
     * What pipelines say of a row, for {@link ServedModel#shadow}: a column of numbers that they add. A row that is dropped counts as
     * not-a-number.
     *
     * @param columns the columns of the rows that go in
     * @param prediction the name of the column
     */
    public static ModelPrediction<Transformer, Row> prediction(Schema columns, String prediction) {
        PlannedRows plans = new PlannedRows(columns);
        return (model, row) -> {
            Row scored = plans.score(model, row);
            return scored == null ? Double.NaN : scored.getDouble(prediction);
        };
    }

    /** The columns of the rows that come out of the present version. */
    public Schema outputSchema() {
        return output;
    }

    /** The rows that come out. */
    public DStream<Row> score(DStream<Row> stream) {
        return stream.apply(new RowScoringOperator<>(fixed, versioned, new PlannedRows(input)));
    }
}
