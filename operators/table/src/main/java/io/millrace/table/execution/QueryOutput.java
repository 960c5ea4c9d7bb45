// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import java.util.List;

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
     * How far the watermarks are after a batch of the query; once in each.
     *
     * @param nodes per watermark of the query the latest event time less the delay, in milliseconds since 1970; {@link ClockState#NONE} if no
     *     row has passed it
     * @param heard per watermark the engine's time at which a row passed it last, in milliseconds since 1970
     * @param newest per watermark the row it hangs on; perhaps for fewer than there are
     */
    record Watermarks(List<Long> nodes, List<Long> heard, List<NewestRow> newest) implements QueryOutput {
        public Watermarks {
            newest = List.copyOf(newest);
            nodes = List.copyOf(nodes);
            heard = List.copyOf(heard);
        }
    }

    /**
     * Rows of the result.
     *
     * @param batch the rows; with {@code changes}, its last column is {@link Changes#COLUMN}
     * @param changes whether some of the rows may take an earlier row back
     */
    record Rows(ColumnBatch batch, boolean changes) implements QueryOutput {}

    /**
     * Late rows of an operator with state, where they are asked for: each once.
     *
     * @param operator the operator's number
     * @param input which of its inputs they came to, from 0
     * @param watermarkMicros the watermark at or before which they were
     * @param rows the rows as they came
     */
    record Late(int operator, int input, long watermarkMicros, ColumnBatch rows) implements QueryOutput {}

    /**
     * What metrics look at of some rows.
     *
     * @param name the name of the metrics
     * @param part of {@link MetricsCode#gathered}
     */
    record Gathered(String name, ColumnBatch part) implements QueryOutput {}

    /**
     * What an operator with state did; once per partition.
     *
     * @param figures what it did
     */
    record Report(OperatorFigures figures) implements QueryOutput {}
}
