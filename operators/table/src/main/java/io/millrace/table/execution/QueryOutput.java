// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;

/**
 * What a query gives in one batch of the engine. If there is no {@link Began} among it, the batch of the engine is none of the query: it
 * then is empty.
 */
public sealed interface QueryOutput {

    /**
     * The batch is one of the query. Once in each.
     *
     * @param frame its number, its watermark and what came
     */
    record Began(BatchFrame frame) implements QueryOutput {}

    /**
     * Rows of the result.
     *
     * @param batch the rows; with {@code changes}, its last column is {@link Changes#COLUMN}
     * @param changes whether some of the rows may take an earlier row back
     */
    record Rows(ColumnBatch batch, boolean changes) implements QueryOutput {}

    /**
     * What an operator with state did; once per partition.
     *
     * @param figures what it did
     */
    record Report(OperatorFigures figures) implements QueryOutput {}
}
