// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

/** Writes one row after the other in the form of {@link RowBytes}, always into the same room. For one thread. */
public final class RowEncoder {

    private final RowBytes form;
    private final ByteWriter out = new ByteWriter();

    /** Of a form. */
    public RowEncoder(RowBytes form) {
        this.form = form;
    }

    /** One row of all of these columns, whose bytes replace those of the row before. */
    public void write(Column[] columns, int row) {
        out.clear();
        form.write(columns, row, out);
    }

    /** How many bytes the last row has. */
    public int size() {
        return out.size();
    }

    /** Copies the bytes of the last row to a place in an array. */
    public void copyTo(byte[] target, int start) {
        out.copyTo(target, start);
    }

    /** The bytes of one row of some columns of a batch, in an array of their own. */
    public byte[] encode(ColumnBatch batch, int[] columns, int row) {
        out.clear();
        form.write(batch, columns, row, out);
        return out.toByteArray();
    }

    /** The bytes of one row of all of these columns, in an array of their own. */
    public byte[] encode(Column[] columns, int row) {
        write(columns, row);
        return out.toByteArray();
    }
}
