// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one key that wait to be met, on both sides, as they stand in the state: per side how many there are; per row when it is forgotten, whether it was met, and its bytes.
 * They are taken apart only if one of them is looked at: most keys get further rows, or are forgotten as a whole. For one thread.
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

    /** The bytes ahead of a row. */
    static final int ROW_HEAD = 13;

    private static final int COUNTS = 8;
    private static final byte[] NO_ROWS = new byte[COUNTS];

    private final byte[] bytes;
    private @Nullable List<Waiting> left;
    private @Nullable List<Waiting> right;

    private WaitingRows(byte[] bytes) {
        this.bytes = bytes;
    }

    /** No rows. */
    static WaitingRows none() {
        return new WaitingRows(NO_ROWS);
    }

    /** The rows of some bytes. */
    static WaitingRows of(byte[] bytes) {
        return new WaitingRows(bytes);
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
        for (int at = COUNTS; at < bytes.length; at = behind(in, at)) {
            last = Math.max(last, in.getLong(at));
        }
        return last;
    }

    static void putHead(ByteBuffer out, long dueMicros, boolean met, int length) {
        out.putLong(dueMicros).put((byte) (met ? 1 : 0)).putInt(length);
    }

    /** The rows of a side, 0 for the left and 1 for the right; may be changed. */
    List<Waiting> side(int side) {
        List<Waiting> lefts = left;
        List<Waiting> rights = right;
        if (lefts == null || rights == null) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int leftCount = in.getInt();
            int rightCount = in.getInt();
            lefts = rows(in, leftCount);
            rights = rows(in, rightCount);
            left = lefts;
            right = rights;
        }
        return side == 0 ? lefts : rights;
    }

    private static List<Waiting> rows(ByteBuffer in, int count) {
        List<Waiting> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long due = in.getLong();
            boolean met = in.get() != 0;
            byte[] row = new byte[in.getInt()];
            in.get(row);
            rows.add(new Waiting(row, due, met));
        }
        return rows;
    }

    /** Where the row behind the one at a place begins. */
    private static int behind(ByteBuffer in, int place) {
        return place + ROW_HEAD + in.getInt(place + ROW_HEAD - Integer.BYTES);
    }

    /** Whether rows were looked at, so that they may have changed. */
    boolean isTakenApart() {
        return left != null;
    }

    /** How many rows a side has. */
    int size(int side) {
        List<Waiting> rows = side == 0 ? left : right;
        return rows == null ? ByteBuffer.wrap(bytes).getInt(side * Integer.BYTES) : rows.size();
    }

    /** The least watermark at which one of the rows is forgotten; goes through all of them. */
    long dueMicros() {
        return Math.min(dueMicros(side(0)), dueMicros(side(1)));
    }

    private static long dueMicros(List<Waiting> rows) {
        long due = Long.MAX_VALUE;
        for (Waiting row : rows) {
            due = Math.min(due, row.dueMicros);
        }
        return due;
    }

    /** As they stand in the state. */
    byte[] toBytes() {
        if (left == null || right == null) {
            return bytes;
        }
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(COUNTS, Math.addExact(length(left), length(right))));
        out.putInt(left.size()).putInt(right.size());
        put(left, out);
        put(right, out);
        return out.array();
    }

    /** With further rows behind those of each side, as they stand in the state. */
    byte[] toBytes(NewRows lefts, NewRows rights) {
        byte[] before = toBytes();
        ByteBuffer in = ByteBuffer.wrap(before);
        int leftCount = in.getInt();
        int rightCount = in.getInt();
        int middle = rightCount > 0 ? COUNTS : before.length;
        for (int i = 0; rightCount > 0 && i < leftCount; i++) {
            middle = behind(in, middle);
        }
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(before.length, Math.addExact(lefts.size(), rights.size())));
        out.putInt(Math.addExact(leftCount, lefts.count())).putInt(Math.addExact(rightCount, rights.count()));
        out.put(before, COUNTS, middle - COUNTS);
        lefts.copyTo(out);
        out.put(before, middle, before.length - middle);
        rights.copyTo(out);
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
            putHead(out, row.dueMicros, row.met, row.row.length);
            out.put(row.row);
        }
    }
}
