// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.runtime.state.FoldTable;

/**
 * Folds records by key before they leave the task, some of them together once there are many keys: the time goes into waiting for
 * memory, and 64 waits at once take little longer than one. Copied per node, since every record of the hot path comes by.
 */
final class BufferedFoldWriter implements FlushableStep {

    private final PartitionOperator<Object, Object, Object, Object> operator;
    private final FoldTable<Object, Object, Object> folds;
    private final Guard guard;
    private final Position position;
    private final boolean byKey;
    private final long[] ordinals = new long[FoldTable.noted()];
    private final int[] offsets = new int[FoldTable.noted()];
    private Object[] keys = new Object[FoldTable.noted()];
    private Object[] values = new Object[FoldTable.noted()];
    private boolean wide;
    private int count;

    BufferedFoldWriter(
            PartitionOperator<Object, Object, Object, Object> operator,
            FoldTable<Object, Object, Object> folds,
            Guard guard,
            Position position) {
        this.operator = operator;
        this.folds = folds;
        this.guard = guard;
        this.position = position;
        this.byKey = operator.exchange() == Exchange.BY_KEY;
    }

    @Override
    public void push(Object record) throws Exception {
        Object key;
        Object value;
        try {
            key = byKey ? operator.key(record) : PartitionTask.NO_KEY;
            value = operator.value(record);
        } catch (Throwable e) {
            guard.failed(record, e);
            return;
        }
        // From here on the record is not mentioned any more: a pair need then never be made.
        try {
            if (wide && folds.note(count, key)) {
                keys[count] = key;
                values[count] = value;
                ordinals[count] = position.ordinal;
                offsets[count] = position.offset;
                count++;
            } else {
                folds.add(key, value);
            }
        } catch (Throwable e) {
            guard.failed(Noted.record(operator, key, value), e);
            return;
        }
        if (count == keys.length) {
            foldNoted();
        }
    }

    private void foldNoted() throws Exception {
        int noted = count;
        count = 0;
        folds.fetch(noted);
        long ordinal = position.ordinal;
        int offset = position.offset;
        for (int i = 0; i < noted; i++) {
            try {
                folds.addNoted(i, keys[i], values[i]);
            } catch (Throwable e) {
                position.ordinal = ordinals[i];
                position.offset = offsets[i];
                guard.failed(Noted.record(operator, keys[i], values[i]), e);
            }
        }
        position.ordinal = ordinal;
        position.offset = offset;
    }

    @Override
    public void begin() {
        count = 0;
        wide = false;
    }

    /** Folds what is noted. New arrays are young ones, into which the collectors let references be written cheaply. */
    @Override
    public void flush() throws Exception {
        foldNoted();
        wide = folds.isWide();
        keys = new Object[keys.length];
        values = new Object[values.length];
    }
}
