// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The rows of one key on both sides of a join whose rows come and go, as they stand in the state: each different row once, with how often it is there. For one thread. */
final class CountedRows {

    /** A row. */
    static final class Counted {
        private final byte[] bytes;
        private final long dueMicros;
        private final int before;
        private int now;
        private long metBefore;
        private long met;
        private int place = -1;

        Counted(byte[] bytes, long dueMicros, int count, long met) {
            this.bytes = bytes;
            this.dueMicros = dueMicros;
            this.before = count;
            this.now = count;
            this.metBefore = met;
            this.met = met;
        }

        byte[] bytes() {
            return bytes;
        }

        /** The least watermark at which it is forgotten. */
        long dueMicros() {
            return dueMicros;
        }

        /** How often it was there before the batch. */
        int before() {
            return before;
        }

        /** How often it is there now; never less than 0. */
        int now() {
            return now;
        }

        /** It comes or goes. */
        void add(int kind) {
            now += kind;
        }

        /** All that came and went is known. */
        void settle() {
            now = Math.max(0, now);
        }

        boolean isChanged() {
            return before != now;
        }

        /** How many rows of the other side it met before the batch. */
        long metBefore() {
            return metBefore;
        }

        /** How many it meets now. */
        long met() {
            return met;
        }

        void meet(long more) {
            met += more;
        }

        /** Its place among the rows of the batch. */
        int place() {
            return place;
        }

        void placeAt(int row) {
            place = row;
        }
    }

    private static final int HEAD = 8;
    private static final int ROW_HEAD = 24;

    private final List<List<Counted>> sides = List.of(new ArrayList<>(), new ArrayList<>());

    /** The rows of a side, 0 for the left and 1 for the right; may be changed. */
    List<Counted> side(int side) {
        return sides.get(side);
    }

    /** Forgets rows that are not there or are due. */
    void forget(long evictMicros) {
        sides.forEach(rows -> rows.removeIf(row -> row.now == 0 || row.dueMicros <= evictMicros));
    }

    boolean isEmpty() {
        return side(0).isEmpty() && side(1).isEmpty();
    }

    /** The least watermark at which one of the rows is forgotten. */
    long dueMicros() {
        long due = Long.MAX_VALUE;
        for (List<Counted> rows : sides) {
            for (Counted row : rows) {
                due = Math.min(due, row.dueMicros);
            }
        }
        return due;
    }

    /** How many rows some bytes hold. */
    static int count(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return in.getInt() + in.getInt();
    }

    static CountedRows of(byte[] bytes) {
        CountedRows rows = new CountedRows();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int left = in.getInt();
        int right = in.getInt();
        for (int i = 0; i < left + right; i++) {
            long due = in.getLong();
            int count = in.getInt();
            long met = in.getLong();
            byte[] row = new byte[in.getInt()];
            in.get(row);
            rows.side(i < left ? 0 : 1).add(new Counted(row, due, count, met));
        }
        return rows;
    }

    byte[] toBytes() {
        int length = HEAD;
        for (List<Counted> rows : sides) {
            for (Counted row : rows) {
                length = Math.addExact(length, ROW_HEAD + row.bytes.length);
            }
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(side(0).size()).putInt(side(1).size());
        for (List<Counted> rows : sides) {
            for (Counted row : rows) {
                out.putLong(row.dueMicros).putInt(row.now).putLong(row.met);
                out.putInt(row.bytes.length).put(row.bytes);
            }
        }
        return out.array();
    }

    /** The same rows as if none had been there before. */
    CountedRows asNew() {
        CountedRows rows = new CountedRows();
        for (int side = 0; side < 2; side++) {
            for (Counted row : side(side)) {
                Counted fresh = new Counted(row.bytes, row.dueMicros, 0, 0);
                fresh.now = row.now;
                rows.side(side).add(fresh);
            }
        }
        return rows;
    }
}
