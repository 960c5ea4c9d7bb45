// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some values of a row as bytes, as they stand in the state. Immutable; for many threads.
 *
 * <p>In the form for keys, equal keys (in the sense of grouping) have equal bytes, and -0.0 comes back as 0.0.
 */
public final class RowBytes {

    private final DataType[] types;
    private final boolean canonical;

    private RowBytes(List<DataType> types, boolean canonical) {
        this.types = types.toArray(new DataType[0]);
        this.canonical = canonical;
    }

    /** For keys of these types. */
    public static RowBytes ofKeys(List<DataType> types) {
        return new RowBytes(types, true);
    }

    /** For values of these types, which come back as they are. */
    public static RowBytes ofValues(List<DataType> types) {
        return new RowBytes(types, false);
    }

    /** The types, in order. */
    public List<DataType> types() {
        return List.of(types);
    }

    void write(ColumnBatch batch, int[] columns, int row, ByteWriter out) {
        for (int i = 0; i < columns.length; i++) {
            ValueBytes.write(types[i], batch.column(columns[i]), row, canonical, out);
        }
    }

    void write(Column[] columns, int row, ByteWriter out) {
        for (int i = 0; i < columns.length; i++) {
            ValueBytes.write(types[i], columns[i], row, canonical, out);
        }
    }

    /** A row in boxed form. */
    public byte[] encode(@Nullable Object[] values) {
        ByteWriter out = new ByteWriter();
        for (int i = 0; i < values.length; i++) {
            ValueBytes.write(types[i], values[i], canonical, out);
        }
        return out.toByteArray();
    }

    /**
     * Appends the values to builders of the same types.
     *
     * @throws IllegalArgumentException if the bytes are not those of such a row; the builders may have some of it then
     */
    public void decode(byte[] bytes, ColumnBuilder[] into) {
        ByteReader in = new ByteReader(bytes);
        for (int i = 0; i < into.length; i++) {
            ValueBytes.read(types[i], in, into[i]);
        }
        checkEnd(in);
    }

    /**
     * Appends the values to columns of a batch, the first to the column at {@code from}, and so on.
     *
     * @throws IllegalArgumentException if the bytes are not those of such a row; the columns may have some of it then
     */
    public void decode(byte[] bytes, ColumnBatchBuilder into, int from) {
        ByteReader in = new ByteReader(bytes);
        for (int i = 0; i < types.length; i++) {
            ValueBytes.read(types[i], in, into.column(from + i));
        }
        checkEnd(in);
    }

    /**
     * The values in boxed form.
     *
     * @throws IllegalArgumentException if the bytes are not those of such a row
     */
    public @Nullable Object[] decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueBytes.read(types[i], in);
        }
        checkEnd(in);
        return values;
    }

    private void checkEnd(ByteReader in) {
        if (!in.atEnd()) {
            throw new IllegalArgumentException("A row of " + types() + " has more bytes than it should");
        }
    }
}
