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

    private final List<List<Waiting>> sides = List.of(new ArrayList<>(), new ArrayList<>());

    /** No rows. */
    WaitingRows() {}

    /** The rows of some bytes. */
    static WaitingRows of(byte[] bytes) {
        WaitingRows rows = new WaitingRows();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int left = in.getInt();
        int right = in.getInt();
        for (int i = 0; i < left + right; i++) {
            long due = in.getLong();
            boolean met = in.get() != 0;
            byte[] row = new byte[in.getInt()];
            in.get(row);
            rows.side(i < left ? 0 : 1).add(new Waiting(row, due, met));
        }
        return rows;
    }

    /** How many rows some bytes hold. */
    static int count(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return in.getInt() + in.getInt();
    }

    /** The rows of a side, 0 for the left and 1 for the right; may be changed. */
    List<Waiting> side(int side) {
        return sides.get(side);
    }

    int size() {
        return side(0).size() + side(1).size();
    }

    /** The least watermark at which one of the rows is forgotten. */
    long dueMicros() {
        long due = Long.MAX_VALUE;
        for (List<Waiting> side : sides) {
            for (Waiting row : side) {
                due = Math.min(due, row.dueMicros);
            }
        }
        return due;
    }

    byte[] toBytes() {
        int length = COUNTS;
        for (List<Waiting> side : sides) {
            for (Waiting row : side) {
                length = Math.addExact(length, ROW_HEAD + row.row.length);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(side(0).size()).putInt(side(1).size());
        for (List<Waiting> side : sides) {
            for (Waiting row : side) {
                out.putLong(row.dueMicros)
                        .put((byte) (row.met ? 1 : 0))
                        .putInt(row.row.length)
                        .put(row.row);
            }
        }
        return out.array();
    }
}
