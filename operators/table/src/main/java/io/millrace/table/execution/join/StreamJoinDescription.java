// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.BatchFrame;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.Lateness;
import io.millrace.table.execution.Part;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.execution.RowExchange;
import io.millrace.table.execution.Shard;
import io.millrace.table.execution.StatefulDescription;
import io.millrace.table.execution.StatefulTask;
import io.millrace.table.plan.JoinTimes;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A join of two streams, or of finished tables when a query runs over those only, as an operator with state. */
public final class StreamJoinDescription implements StatefulDescription {

    /** Which rows come out. */
    public enum Result {
        /** Rows that stay: pairs at once, rows beside nulls when nothing can meet them any more. No row that comes in may go. */
        FINAL,
        /** What changes, with its kind of change. */
        CHANGES,
        /** The whole result in every batch. */
        WHOLE
    }

    private final int number;
    private final Result result;
    private final boolean[] changes;
    private final boolean finished;
    private final JoinTimes times;
    private final boolean evicts;
    private final KeyedRows[] keyed;
    private final Schema[] schemas;
    private final StreamJoin.Shape shape;

    /**
     * A join.
     *
     * @param number the operator's number
     * @param leftChanges whether rows of the left have a kind of change
     * @param rightChanges whether rows of the right do
     * @param keepsAll whether rows that may go, and rows that they meet, are never late and never forgotten
     * @param finished whether all there is comes in one batch, so that a join without equal keys ends
     */
    public StreamJoinDescription(
            int number,
            QueryPlan.Join join,
            boolean leftChanges,
            boolean rightChanges,
            Result result,
            boolean keepsAll,
            boolean finished) {
        if (result == Result.FINAL && (leftChanges || rightChanges)) {
            throw new IllegalArgumentException("a join of rows that may go gives changes or the whole result");
        }
        this.number = number;
        this.result = result;
        this.finished = finished;
        this.changes = new boolean[] {leftChanges, rightChanges};
        this.times = JoinTimes.of(join);
        this.keyed = new KeyedRows[] {
            KeyedRows.of(join.left().schema(), join.leftKeys(), leftChanges),
            KeyedRows.of(join.right().schema(), join.rightKeys(), rightChanges)
        };
        this.schemas = new Schema[] {
            keyed[0].schema(withKind(join.left().schema(), leftChanges)),
            keyed[1].schema(withKind(join.right().schema(), rightChanges))
        };
        this.evicts = times.closes(join.type()) && (result == Result.FINAL || !keepsAll);
        StreamJoin.Shape closing = JoinParts.shape(join, keyed[0], keyed[1], result == Result.FINAL);
        this.shape = result == Result.FINAL || !keepsAll ? closing : closing.withoutTimes();
    }

    private static Schema withKind(Schema schema, boolean changes) {
        return changes ? Changes.with(schema) : schema;
    }

    @Override
    public String kind() {
        return "join";
    }

    @Override
    public boolean givesChanges() {
        return result == Result.CHANGES;
    }

    @Override
    public boolean isClosedByWatermark() {
        return evicts;
    }

    @Override
    public OptionalLong outputWatermark(long inputMicros) {
        return OptionalLong.of(times.outputMicros(inputMicros));
    }

    @Override
    public RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange(int input) {
        return new RowExchange(keyed[input]::apply, keyed[input].keys());
    }

    @Override
    public @Nullable Lateness lateness(int input) {
        int late = (input == 0 ? shape.left() : shape.right()).late();
        return late < 0
                ? null
                : new Lateness(
                        schemas[input],
                        keyed[input].computed() == null ? null : keyed[input]::apply,
                        keyed[input].keys(),
                        Lateness.byColumn(late),
                        null);
    }

    @Override
    public StatefulTask open(int partition, int partitions, State<GroupKey, Object> state, Step<QueryOutput> out) {
        return new Task(state, out);
    }

    private final class Task extends StatefulTask {

        private final List<ColumnBatch> given = new ArrayList<>();
        private final StreamJoin rowsThatStay;
        private final ChangeJoin rowsThatGo;

        Task(State<GroupKey, Object> state, Step<QueryOutput> out) {
            super(number, 2, result == Result.CHANGES, out);
            rowsThatStay = new StreamJoin(shape, state, given::add);
            rowsThatGo = new ChangeJoin(shape, kind(0), kind(1), result == Result.WHOLE, state, given::add);
        }

        private int kind(int side) {
            return changes[side]
                    ? (side == 0 ? shape.left() : shape.right()).schema().size()
                    : ChangeJoin.ALL_COME;
        }

        @Override
        protected void work(BatchFrame batch, List<List<Part>> rows) throws Exception {
            if (shape.left().keys().length == 0 && !finished) {
                throw new AnalysisException(
                        "_LEGACY_ERROR_TEMP_1181", "Stream-stream join without equality predicate is not supported.");
            }
            ColumnBatch left = together(schemas[0], rows.get(0));
            ColumnBatch right = together(schemas[1], rows.get(1));
            int[] leftHashes = hashes(rows.get(0), left.rows());
            int[] rightHashes = hashes(rows.get(1), right.rows());
            given.clear();
            if (result == Result.FINAL) {
                rowsThatStay.batch(left, leftHashes, right, rightHashes, lateMicros(batch), evictMicros(batch));
                countDropped(rowsThatStay.dropped());
                countUpdated(rowsThatStay.updated());
                countRemoved(rowsThatStay.removed());
            } else {
                rowsThatGo.batch(left, leftHashes, right, rightHashes, lateMicros(batch), evictMicros(batch));
                countDropped(rowsThatGo.dropped());
                countUpdated(rowsThatGo.updated());
            }
            for (ColumnBatch part : given) {
                emit(part);
            }
            given.clear();
        }

        @Override
        protected long stateRows() {
            return result == Result.FINAL ? rowsThatStay.waiting() : rowsThatGo.waiting();
        }
    }

    /** The rows of several parts. */
    public static ColumnBatch together(Schema schema, List<Part> parts) {
        return ColumnBatch.concat(schema, parts.stream().map(Part::rows).toList());
    }

    /** The hashes of their keys. */
    public static int[] hashes(List<Part> parts, int rows) {
        int[] hashes = new int[rows];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(part.hashes(), 0, hashes, at, part.size());
            at += part.size();
        }
        return hashes;
    }
}
