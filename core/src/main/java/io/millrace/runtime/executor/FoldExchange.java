// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.FoldTable;
import io.millrace.runtime.state.PairBuffer;
import java.util.List;

/** Folds records by key and sends one row per key to the partition of the key. */
final class FoldExchange implements ExchangeWriter {

    private final int node;
    private final int input;
    private final FoldTable<Object, Object, Object> folds;
    private final FlushableStep writer;
    private final int partitions;

    FoldExchange(int node, int input, FoldTable<Object, Object, Object> folds, FlushableStep writer, int partitions) {
        this.node = node;
        this.input = input;
        this.folds = folds;
        this.writer = writer;
        this.partitions = partitions;
    }

    @Override
    public void begin(int near) {
        folds.clear();
        writer.begin();
    }

    @Override
    public void flush() throws Exception {
        writer.flush();
    }

    @Override
    public void mark(int ordinal) {
        // folds have no order
    }

    @Override
    public void push(Object record) throws Exception {
        writer.push(record);
    }

    @Override
    public void drainTo(List<Shuffle> target) {
        if (folds.size() > 0) {
            List<PairBuffer> parts = folds.partition(partitions);
            for (int partition = 0; partition < parts.size(); partition++) {
                if (parts.get(partition).size() > 0) {
                    target.add(new Shuffle(node, input, partition, parts.get(partition)));
                }
            }
            folds.clear();
        }
    }
}
