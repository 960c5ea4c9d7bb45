// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.State;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.LongBuilder;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.data.ValueHash;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** The state of groups, as rows: keys and values as bytes, a value of one number as that number. For one task. */
final class GroupStates {

    /** So many keys are fetched together. */
    private static final int AT_ONCE = 32;

    private final State<GroupKey, Object> state;
    private final Schema keys;
    private final Schema values;
    private final RowBytes keyBytes;
    private final RowBytes valueBytes;
    private final RowEncoder keyEncoder;
    private final RowEncoder valueEncoder;
    private final int[] keyColumns;
    private final boolean isOneLong;

    GroupStates(State<GroupKey, Object> state, Schema keys, Schema values) {
        this.state = state;
        this.keys = keys;
        this.values = values;
        this.keyBytes = RowBytes.ofKeys(types(keys));
        this.valueBytes = RowBytes.ofValues(types(values));
        this.keyEncoder = new RowEncoder(keyBytes);
        this.valueEncoder = new RowEncoder(valueBytes);
        this.keyColumns = IntStream.range(0, keys.size()).toArray();
        this.isOneLong = values.size() == 1 && values.field(0).type() == AtomicType.LONG;
    }

    private static List<DataType> types(Schema schema) {
        return schema.fields().stream().map(Field::type).toList();
    }

    /** The keys of rows whose first columns are those. */
    GroupKey[] keysOf(ColumnBatch rows) {
        int[] hashes = ValueHash.hashes(rows, keyColumns);
        GroupKey[] found = new GroupKey[rows.rows()];
        for (int row = 0; row < found.length; row++) {
            found[row] = new GroupKey(hashes[row], keyEncoder.encode(rows, keyColumns, row));
        }
        return found;
    }

    /** The entries of keys; negative where there is none. */
    int[] find(GroupKey[] keys) {
        int[] hashes = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            hashes[i] = keys[i].stableHash();
        }
        int[] entries = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (i % AT_ONCE == 0) {
                state.fetch(hashes, i, Math.min(i + AT_ONCE, keys.length));
            }
            entries[i] = state.find(keys[i], hashes[i]);
        }
        return entries;
    }

    /** The values of entries, in order. */
    ColumnBatch values(int[] entries, int count) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(values, count);
        for (int i = 0; i < count; i++) {
            decode(state.value(entries[i]), builder, 0);
            builder.rowDone();
        }
        return builder.build();
    }

    /** Appends the key and the value of an entry to a row of both. */
    void append(int entry, ColumnBatchBuilder rows) {
        keyBytes.decode(state.key(entry).bytes(), rows, 0);
        decode(state.value(entry), rows, keys.size());
        rows.rowDone();
    }

    private void decode(Object value, ColumnBatchBuilder into, int from) {
        if (value instanceof Long number) {
            ((LongBuilder) into.column(from)).appendLong(number);
        } else {
            valueBytes.decode((byte[]) value, into, from);
        }
    }

    /** Puts a value to a key: at its entry, or if that is negative at a new one, which is answered. */
    int put(int entry, GroupKey key, ColumnBatch rows, int row) {
        Column first = isOneLong ? rows.column(0) : null;
        if (first instanceof LongColumn numbers && !first.isNull(row)) {
            long number = numbers.values()[row];
            if (entry < 0) {
                return state.insert(key, key.stableHash(), number);
            }
            state.setLong(entry, number);
            return entry;
        }
        byte[] bytes = valueEncoder.encode(rows.columns(), row);
        if (entry < 0) {
            return state.insert(key, key.stableHash(), bytes);
        }
        state.set(entry, bytes);
        return entry;
    }
}
