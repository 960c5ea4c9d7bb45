// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Hashes that are the same in every process, and equal for values that {@link ValueOrder} calls equal. */
public final class ValueHash {

    private static final int NULL = 0x9e3779b9;

    private ValueHash() {}

    /** The hash of some columns, for each row. */
    public static int[] hashes(ColumnBatch batch, int[] keys) {
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < keys.length; i++) {
            columns[i] = batch.column(keys[i]);
        }
        return hashes(columns, batch.rows());
    }

    /** The hash of all columns together, for each row. */
    public static int[] hashes(Column[] columns, int rows) {
        int[] hashes = new int[rows];
        for (Column column : columns) {
            mix(column, hashes, rows);
        }
        for (int i = 0; i < rows; i++) {
            hashes[i] = spread(hashes[i]);
        }
        return hashes;
    }

    /** The hash of a boxed value. */
    public static int hash(@Nullable Object value) {
        if (value == null) {
            return NULL;
        } else if (value instanceof Double number) {
            return of(number.doubleValue());
        } else if (value instanceof Float number) {
            return of(number.floatValue());
        } else if (value instanceof byte[] bytes) {
            return ByteHash.of(bytes, 0, bytes.length);
        } else if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().hashCode();
        } else if (value instanceof MapValue map) {
            return 31 * hash(map.keys()) + hash(map.values());
        } else if (value instanceof Object[] array) {
            int hash = 1;
            for (Object element : array) {
                hash = 31 * hash + hash(element);
            }
            return hash;
        }
        return value.hashCode(); // Integer, Long, Boolean and Utf8, whose hashes are defined by their values
    }

    private static void mix(Column column, int[] hashes, int rows) {
        if (column instanceof StructColumn struct && struct.nulls() == null) {
            for (Column field : struct.fields()) {
                mix(field, hashes, rows);
            }
            return;
        }
        boolean[] nulls = column.nulls();
        if (nulls == null && column instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < rows; i++) {
                hashes[i] = 31 * hashes[i] + Long.hashCode(values[i]);
            }
        } else if (nulls == null && column instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int i = 0; i < rows; i++) {
                hashes[i] = 31 * hashes[i] + values[i];
            }
        } else if (nulls == null && column instanceof Utf8Column texts) {
            byte[] bytes = texts.bytes();
            int[] starts = texts.starts();
            int[] lengths = texts.lengths();
            for (int i = 0; i < rows; i++) {
                hashes[i] = 31 * hashes[i] + ByteHash.of(bytes, starts[i], lengths[i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                hashes[i] = nulls != null && nulls[i] ? nullOf(column, hashes[i]) : entry(column, i, hashes[i]);
            }
        }
    }

    private static int nullOf(Column column, int seed) {
        int hash = seed;
        if (column instanceof StructColumn struct) {
            for (Column field : struct.fields()) {
                hash = nullOf(field, hash);
            }
            return hash;
        }
        return 31 * hash + NULL;
    }

    /** The hash of an entry that is not null, behind what came before. */
    private static int entry(Column column, int row, int seed) {
        if (column instanceof LongColumn longs) {
            return 31 * seed + Long.hashCode(longs.values()[row]);
        } else if (column instanceof IntColumn ints) {
            return 31 * seed + ints.values()[row];
        } else if (column instanceof Utf8Column texts) {
            return 31 * seed + ByteHash.of(texts.bytes(), texts.starts()[row], texts.lengths()[row]);
        } else if (column instanceof DoubleColumn doubles) {
            return 31 * seed + of(doubles.values()[row]);
        } else if (column instanceof FloatColumn floats) {
            return 31 * seed + of(floats.values()[row]);
        } else if (column instanceof StructColumn struct) {
            int hash = seed;
            for (Column field : struct.fields()) {
                hash = field.isNull(row) ? nullOf(field, hash) : entry(field, row, hash);
            }
            return hash;
        }
        return 31 * seed + hash(column.get(row));
    }

    private static int of(double value) {
        return Double.hashCode(value == 0 ? 0.0 : value);
    }

    private static int of(float value) {
        return Float.hashCode(value == 0 ? 0.0f : value);
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
