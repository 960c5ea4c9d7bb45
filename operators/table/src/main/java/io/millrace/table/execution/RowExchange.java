// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.StableHash;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import java.util.function.UnaryOperator;

/**
 * Sends rows to the partitions of their keys, as one {@link Part} per partition and batch of rows.
 *
 * @param prepare makes the rows that travel; for many threads
 * @param keys the places of their key columns; none sends all rows to one partition
 */
public record RowExchange(UnaryOperator<ColumnBatch> prepare, int[] keys)
        implements RecordOperator<ColumnBatch, Pair<Shard, Part>> {

    @Override
    public String kind() {
        return "exchange";
    }

    @Override
    public Step<ColumnBatch> open(StepContext context, Step<Pair<Shard, Part>> out) {
        Shard[] shards = Shard.all(context.partitions());
        Guard guard = context.guard();
        return batch -> {
            ColumnBatch rows;
            try {
                rows = prepare.apply(batch);
            } catch (Throwable e) {
                guard.failed(batch.rows() + " rows", e);
                return;
            }
            split(rows, keys, shards, (shard, part) -> out.push(Pair.of(shard, part)));
        };
    }

    /** Takes the rows that are for a shard. */
    @FunctionalInterface
    interface Target {
        void push(Shard shard, Part part) throws Exception;
    }

    /** Gives each shard its rows, of batches with some; {@code keys} as above. */
    static void split(ColumnBatch rows, int[] keys, Shard[] shards, Target out) throws Exception {
        int count = rows.rows();
        if (count == 0) {
            return;
        }
        int[] hashes = ValueHash.hashes(rows, keys);
        if (shards.length == 1) {
            out.push(shards[0], new Part(hashes, rows));
            return;
        }
        int[] ends = new int[shards.length + 1];
        int[] targets = new int[count];
        for (int row = 0; row < count; row++) {
            targets[row] = Shard.of(StableHash.spread(hashes[row]), shards.length);
            ends[targets[row] + 1]++;
        }
        for (int i = 0; i < shards.length; i++) {
            ends[i + 1] += ends[i];
        }
        int[] next = ends.clone();
        int[] order = new int[count];
        for (int row = 0; row < count; row++) {
            order[next[targets[row]]++] = row;
        }
        for (int shard = 0; shard < shards.length; shard++) {
            int size = ends[shard + 1] - ends[shard];
            if (size == count) {
                out.push(shards[shard], new Part(hashes, rows));
            } else if (size > 0) {
                out.push(shards[shard], part(rows, hashes, order, ends[shard], size));
            }
        }
    }

    private static Part part(ColumnBatch rows, int[] hashes, int[] order, int from, int size) {
        int[] places = new int[size];
        int[] own = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = order[from + i];
            own[i] = hashes[places[i]];
        }
        return new Part(own, rows.select(places, size));
    }
}
