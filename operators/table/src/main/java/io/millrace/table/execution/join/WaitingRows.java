// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one key that wait to be met, on both sides, as they stand in the state: per side how many there are; per row when it is forgotten, whether it was met, and its bytes. For one thread.
 */
final class WaitingRows {

    /** One row. */
    static final class Waiting {
        private final byte[] row;
        private final long dueMicros;
        private boolean met;

        Waiting(byte[] row, long dueMicros, boolean met) {
            this.row = row;
            this.dueMicros = dueMicros;
            this.met = met;
        }

        byte[] row() {
            return row;
        }

        /** The least watermark at which it is forgotten. */
        long dueMicros() {
            return dueMicros;
        }

        boolean isMet() {
            return met;
        }

        /** It was met; true if it was not before. */
        boolean meet() {
            boolean first = !met;
            met = true;
            return first;
        }
    }

    private static final int COUNTS = 8;
    private static final int ROW_HEAD = 13;

    // mostly one row of one side
    private final List<Waiting> left = new ArrayList<>(0);
    private final List<Waiting> right = new ArrayList<>(0);

    /** No rows. */
    WaitingRows() {}

    /** The rows of some bytes. */
    static WaitingRows of(byte[] bytes) {
        WaitingRows rows = new WaitingRows();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int lefts = in.getInt();
        int rights = in.getInt();
        for (int i = 0; i < lefts + rights; i++) {
            long due = in.getLong();
            boolean met = in.get() != 0;
            byte[] row = new byte[in.getInt()];
            in.get(row);
            rows.side(i < lefts ? 0 : 1).add(new Waiting(row, due, met));
        }
        return rows;
    }

    /** How many rows some bytes hold. */
    static int count(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return in.getInt() + in.getInt();
    }

    /** The least watermark at which all rows of some bytes are forgotten. */
    static long lastDueMicros(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long last = Long.MIN_VALUE;
        for (int rows = in.getInt() + in.getInt(); rows > 0; rows--) {
            last = Math.max(last, in.getLong());
            in.get();
            int length = in.getInt();
            in.position(in.position() + length);
        }
        return last;
    }

    /** The rows of a side, 0 for the left and 1 for the right; may be changed. */
    List<Waiting> side(int side) {
        return side == 0 ? left : right;
    }

    int size() {
        return side(0).size() + side(1).size();
    }

    /** The least watermark at which one of the rows is forgotten. */
    long dueMicros() {
        return Math.min(dueMicros(left), dueMicros(right));
    }

    private static long dueMicros(List<Waiting> rows) {
        long due = Long.MAX_VALUE;
        for (Waiting row : rows) {
            due = Math.min(due, row.dueMicros);
        }
        return due;
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(COUNTS, Math.addExact(length(left), length(right))));
        out.putInt(left.size()).putInt(right.size());
        put(left, out);
        put(right, out);
        return out.array();
    }

    private static int length(List<Waiting> rows) {
        int length = 0;
        for (Waiting row : rows) {
            length = Math.addExact(length, ROW_HEAD + row.row.length);
        }
        return length;
    }

    private static void put(List<Waiting> rows, ByteBuffer out) {
        for (Waiting row : rows) {
            out.putLong(row.dueMicros)
                    .put((byte) (row.met ? 1 : 0))
                    .putInt(row.row.length)
                    .put(row.row);
        }
    }
}
