// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Guard;
import io.millrace.operator.PartitionOperator;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.Partitions;
import java.util.Arrays;
import java.util.List;

/**
 * Writes every record as one row, in order of arrival, to the partition of its key, and the key itself only the first time. Some keys
 * are found together once there are many, as in {@link BufferedFoldWriter}. Copied per node, since every record comes by.
 */
final class RepeatedKeyWriter implements ExchangeWriter {

    private final int node;
    private final int input;
    private final PartitionOperator<Object, Object, Object, Object> operator;
    private final Guard guard;
    private final PairBuffer[] buffers;
    private final int[] rowsBefore;
    private final KeyNumbers keys = new KeyNumbers();
    private int known;

    /** The partition of each key, and the key's number there. */
    private int[] places = new int[2 * 16];

    private Object[] notedKeys = new Object[KeyNumbers.noted()];
    private Object[] notedValues = new Object[KeyNumbers.noted()];
    private boolean wide;
    private int noted;

    RepeatedKeyWriter(
            int node,
            int input,
            PartitionOperator<Object, Object, Object, Object> operator,
            Guard guard,
            int partitions) {
        this.node = node;
        this.input = input;
        this.operator = operator;
        this.guard = guard;
        this.buffers = new PairBuffer[partitions];
        this.rowsBefore = new int[partitions];
    }

    @Override
    public void begin(int near) {
        keys.clear();
        known = 0;
        noted = 0;
        wide = false;
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = PairBuffer.repeatingKeys(rowsBefore[i]);
        }
    }

    @Override
    public void mark(int ordinal) {
        for (PairBuffer buffer : buffers) {
            buffer.mark(ordinal);
        }
    }

    @Override
    public void push(Object record) throws Exception {
        Object key;
        Object value;
        try {
            key = operator.key(record);
            value = operator.value(record);
        } catch (Throwable e) {
            guard.failed(record, e);
            return;
        }
        // From here on the record is not mentioned any more: a pair need then never be made.
        if (wide && keys.note(noted, key)) {
            notedKeys[noted] = key;
            notedValues[noted] = value;
            if (++noted == notedKeys.length) {
                writeNoted();
            }
            return;
        }
        writeNoted();
        int number;
        try {
            number = keys.of(key);
        } catch (Throwable e) {
            guard.failed(Noted.record(operator, key, value), e);
            return;
        }
        write(number, value);
    }

    /** Short texts, of which none can fail. */
    private void writeNoted() {
        int count = noted;
        if (count > 0) {
            noted = 0;
            keys.fetch(count);
            for (int i = 0; i < count; i++) {
                write(keys.ofNoted(i, notedKeys[i]), notedValues[i]);
            }
        }
    }

    private void write(int number, Object value) {
        if (number == known) {
            introduce(number);
        }
        buffers[places[2 * number]].addRow(places[2 * number + 1], value);
    }

    /** Writes what is noted. New arrays are young ones, into which the collectors let references be written cheaply. */
    @Override
    public void flush() {
        writeNoted();
        if (wide) {
            notedKeys = new Object[notedKeys.length];
            notedValues = new Object[notedValues.length];
        }
        wide = keys.isWide();
    }

    private void introduce(int number) {
        if (places.length <= 2 * number) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        int partition = Partitions.of(keys.hash(number), buffers.length);
        places[2 * number] = partition;
        places[2 * number + 1] = buffers[partition].addKey(keys.key(number), keys.hash(number));
        known = number + 1;
    }

    @Override
    public void drainTo(List<Shuffle> shuffles) {
        for (int i = 0; i < buffers.length; i++) {
            rowsBefore[i] = buffers[i].size();
            if (buffers[i].size() > 0) {
                shuffles.add(new Shuffle(node, input, i, buffers[i]));
            }
        }
        begin(0);
    }
}
