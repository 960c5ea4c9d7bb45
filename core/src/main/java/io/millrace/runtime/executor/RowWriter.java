// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.StableHash;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.Partitions;
import java.util.List;

/** Writes every record as one row, in order of arrival, to the partition it belongs to. */
final class RowWriter implements ExchangeWriter {

    private final int node;
    private final int input;
    private final PartitionOperator<Object, Object, Object, Object> operator;
    private final boolean byKey;
    private final boolean inPlace;
    private final Guard guard;
    private final PairBuffer[] buffers;
    private final int dealtTo;
    private int target;
    private int next;
    private int ordinal;

    RowWriter(
            int node,
            int input,
            PartitionOperator<Object, Object, Object, Object> operator,
            Guard guard,
            int partitions) {
        this.node = node;
        this.input = input;
        this.operator = operator;
        this.byKey = operator.exchange() == Exchange.BY_KEY;
        this.inPlace = operator.exchange() == Exchange.IN_PLACE;
        this.guard = guard;
        this.buffers = new PairBuffer[partitions];
        this.dealtTo = operator.exchange() == Exchange.EVENLY ? operator.partitions() : 0;
    }

    @Override
    public void begin(int near) {
        target = inPlace ? near : 0;
        next = dealtTo > 0 ? near % dealtTo : 0;
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = byKey ? PairBuffer.keyed() : PairBuffer.keyless();
        }
    }

    @Override
    public void mark(int newOrdinal) {
        ordinal = newOrdinal;
        for (PairBuffer buffer : buffers) {
            buffer.mark(ordinal);
        }
    }

    @Override
    public void push(Object record) throws Exception {
        try {
            if (byKey) {
                Object key = operator.key(record);
                int hash = StableHash.of(key);
                buffers[Partitions.of(hash, buffers.length)].add(key, hash, operator.value(record));
            } else {
                Object value = operator.value(record);
                if (dealtTo > 0) {
                    target = next % buffers.length;
                    next = next + 1 == dealtTo ? 0 : next + 1;
                }
                buffers[target].add(value);
            }
        } catch (Throwable e) {
            guard.failed(record, e);
        }
    }

    @Override
    public void drainTo(List<Shuffle> shuffles) {
        for (int i = 0; i < buffers.length; i++) {
            if (buffers[i].size() > 0) {
                shuffles.add(new Shuffle(node, input, i, buffers[i]));
            }
        }
        begin(target);
    }
}
