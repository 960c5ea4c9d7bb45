// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as a row of the table.
 *
 * @param position which record of the batch it is, from 0
 * @param record the record
 * @param values in the order of the columns, as the driver takes them
 * @param isDeletion whether the row of its key is to go
 * @param bytes about how much the values take in a statement, not less than they do
 */
record Row<T>(int position, T record, @Nullable Object[] values, boolean isDeletion, long bytes) {

    /** Of the rows of one key the last one, in the order of these. */
    static <T> List<Row<T>> lastOfEachKey(List<Row<T>> rows, Target target) {
        int[] keys = keys(target);
        Map<Object, Row<T>> last = new LinkedHashMap<>(2 * rows.size());
        for (Row<T> row : rows) {
            Object key = row.key(keys);
            if (last.put(key, row) != null) {
                last.remove(key);
                last.put(key, row);
            }
        }
        return new ArrayList<>(last.values());
    }

    private static int[] keys(Target target) {
        int[] keys = new int[target.keys().size()];
        int found = 0;
        for (int i = 0; i < target.columns().size(); i++) {
            if (target.columns().get(i).isKey()) {
                keys[found++] = i;
            }
        }
        return keys;
    }

    private Object key(int[] keys) {
        if (keys.length == 1) {
            return part(values[keys[0]]);
        }
        List<Object> parts = new ArrayList<>(keys.length);
        for (int key : keys) {
            parts.add(part(values[key]));
        }
        return parts;
    }

    private static Object part(@Nullable Object value) {
        if (value == null) {
            throw new IllegalStateException("a key is null, which should have been refused");
        }
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
