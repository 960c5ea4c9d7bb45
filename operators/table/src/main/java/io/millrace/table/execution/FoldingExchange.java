// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Combiner;
import io.millrace.operator.Guard;
import io.millrace.operator.ManyRecords;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.QueryPlan;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows to the partitions of their groups; all that a task has for a partition in a batch is folded into one row per group before it travels.
 *
 * <p>A batch of rows with few groups is folded by itself first, one with many is not, since that would be done in vain: what the batches
 * before were like decides. So it must not matter how rows are put together.
 *
 * @param code what folds
 * @param windows sliding windows that rows have yet to be put into; null if rows come as they are folded
 */
record FoldingExchange(AggregateCode code, @Nullable SlicedWindows windows)
        implements RecordOperator<ColumnBatch, Pair<Shard, Object>> {

    /** Rows are folded by themselves while that leaves at most one in so many. */
    private static final int WORTHWHILE = 4;

    /** After so many batches that were not folded by themselves, one is, to see. */
    private static final int NEXT_LOOK = 64;

    /**
     * Rows that are not folded yet.
     *
     * @param part the rows, and the hashes of their keys
     */
    record Raw(Part part) implements ManyRecords {
        @Override
        public int records() {
            return part.records();
        }
    }

    @Override
    public String kind() {
        return "exchange";
    }

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<Pair<Shard, Object>> out) {
        return new Splitting(code, windows, Shard.all(context.partitions()), context.guard(), out);
    }

    /** What gives the rows, if it is not the input of the operator. */
    QueryPlan input(QueryPlan otherwise) {
        return windows == null ? otherwise : windows.input();
    }

    /** Folds what comes for one partition; the frame of a batch, which takes the same way, is left as it is. */
    Combiner<Object, Object> combiner() {
        return new Folding(code);
    }

    private static final class Splitting implements Step<ColumnBatch> {

        private final AggregateCode code;
        private final @Nullable SlicedWindows windows;
        private final int[] leading;
        private final Shard[] shards;
        private final Guard guard;
        private final Step<Pair<Shard, Object>> out;
        private int unfolded;

        Splitting(
                AggregateCode code,
                @Nullable SlicedWindows windows,
                Shard[] shards,
                Guard guard,
                Step<Pair<Shard, Object>> out) {
            this.code = code;
            this.windows = windows;
            this.leading = IntStream.range(0, code.keys()).toArray();
            this.shards = shards;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void push(ColumnBatch batch) throws Exception {
            boolean folds = unfolded == 0;
            ColumnBatch rows;
            try {
                rows = folds ? folded(batch) : raw(batch);
            } catch (Throwable e) {
                guard.failed(batch.rows() + " rows", e);
                return;
            }
            if (folds) {
                RowExchange.split(rows, leading, shards, (shard, part) -> out.push(Pair.of(shard, part)));
            } else {
                unfolded--;
                RowExchange.split(
                        rows, code.keyPlaces(), shards, (shard, part) -> out.push(Pair.of(shard, new Raw(part))));
            }
        }

        private ColumnBatch folded(ColumnBatch batch) {
            ColumnBatch folded = code.aggregate(windows == null ? batch : windows.inSlices(batch));
            if (folded.rows() * WORTHWHILE > batch.rows()) {
                unfolded = NEXT_LOOK;
            }
            return windows == null ? folded : windows.spread(folded);
        }

        private ColumnBatch raw(ColumnBatch batch) {
            return windows == null ? batch : windows.inWindows(batch);
        }
    }

    private record Folding(AggregateCode code) implements Combiner<Object, Object> {

        @Override
        public Object create(Object value) {
            return value instanceof BatchFrame ? value : folded(new GroupFold(code), value);
        }

        @Override
        public Object merge(Object folded, Object value) {
            return folded instanceof GroupFold fold ? folded(fold.open(code), value) : value;
        }

        @Override
        public Object combine(Object left, Object right) {
            return left instanceof GroupFold fold && right instanceof GroupFold other
                    ? fold.open(code).add(other.part())
                    : right;
        }

        private static GroupFold folded(GroupFold fold, Object value) {
            return value instanceof Raw raw ? fold.addRaw(raw.part()) : fold.add((Part) value);
        }
    }
}
