// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowBytes;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** The rows of one batch of a {@link StreamJoin} meet each other and those that wait. For one batch. */
final class Meeting {

    private static final int PAIRS_AT_ONCE = 8192;

    /**
     * Rows that came on a side.
     *
     * @param rows without the computed keys
     * @param due the least watermark at which each is forgotten
     */
    record Arrivals(ColumnBatch rows, long[] due) {}

    /** The rows of one key. */
    static final class Group {
        private static final int[] NONE = {};

        private final int entry;
        private final WaitingRows waiting;
        private final boolean nullKey;
        private final int[][] came = {NONE, NONE};
        private final int[] count = new int[2];
        private final int[] firstWaiting = {-1, -1};
        private boolean changed;

        /**
         * A key under which some rows wait; with a null in it, it meets nothing.
         *
         * @param entry that of the state; negative if there is none
         */
        Group(int entry, WaitingRows waiting, boolean nullKey) {
            this.entry = entry;
            this.waiting = waiting;
            this.nullKey = nullKey;
        }

        /** A row came. */
        void add(int side, int row) {
            if (count[side] == came[side].length) {
                came[side] = Arrays.copyOf(came[side], Math.max(2, 2 * count[side]));
            }
            came[side][count[side]++] = row;
        }

        int entry() {
            return entry;
        }

        WaitingRows waiting() {
            return waiting;
        }

        /** Whether what waits is not what the state has. */
        boolean isChanged() {
            return changed;
        }
    }

    private final StreamJoin.Shape shape;
    private final JoinSide[] sides;
    private final RowBytes[] forms;
    private final PairCondition.Test condition;
    private final Consumer<ColumnBatch> out;
    private final Arrivals[] arrivals;
    private final ColumnBatch[] all = new ColumnBatch[2];
    private final boolean[][] met = new boolean[2][];
    private final int[] left = new int[PAIRS_AT_ONCE];
    private final int[] right = new int[PAIRS_AT_ONCE];
    private int pairs;
    private long kept;

    Meeting(StreamJoin.Shape shape, Arrivals[] arrivals, List<Group> groups, Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.sides = new JoinSide[] {shape.left(), shape.right()};
        this.forms = shape.forms();
        this.out = out;
        this.arrivals = arrivals;
        for (int side = 0; side < 2; side++) {
            all[side] = withWaiting(side, groups);
            met[side] = new boolean[all[side].rows()];
        }
        condition = shape.condition().bind(all[0], all[1]);
    }

    /** All pairs of the groups that meet come out, and what is left waits. */
    void run(List<Group> groups, long evictMicros, Unmet unmet) {
        groups.forEach(this::pair);
        flush();
        for (Group group : groups) {
            for (int side = 0; side < 2; side++) {
                leave(group, side);
                keep(group, side, evictMicros, unmet);
            }
        }
    }

    /** Takes rows that were forgotten before they were met. */
    interface Unmet {
        void add(int side, ColumnBatch rows, int row);
    }

    /** How many rows began to wait. */
    long kept() {
        return kept;
    }

    /** The rows that came on a side, and behind them those that wait for what came on the other. */
    private ColumnBatch withWaiting(int side, List<Group> groups) {
        ColumnBatch came = arrivals[side].rows();
        ColumnBatchBuilder builder = null;
        for (Group group : groups) {
            List<WaitingRows.Waiting> waiting = group.waiting.side(side);
            if (group.nullKey || waiting.isEmpty() || group.count[1 - side] == 0) {
                continue;
            }
            if (builder == null) {
                builder = new ColumnBatchBuilder(sides[side].schema(), came.rows() + waiting.size());
                builder.appendAll(came);
            }
            group.firstWaiting[side] = builder.rows();
            for (WaitingRows.Waiting row : waiting) {
                forms[side].decode(row.row(), builder, 0);
                builder.rowDone();
            }
        }
        return builder == null ? came : builder.build();
    }

    private void pair(Group group) {
        if (group.nullKey) {
            return;
        }
        int waitingRight = group.firstWaiting[1] < 0 ? 0 : group.waiting.side(1).size();
        int waitingLeft = group.firstWaiting[0] < 0 ? 0 : group.waiting.side(0).size();
        for (int l = 0; l < group.count[0]; l++) {
            for (int r = 0; r < waitingRight; r++) {
                add(group.came[0][l], group.firstWaiting[1] + r);
            }
        }
        for (int r = 0; r < group.count[1]; r++) {
            for (int l = 0; l < waitingLeft; l++) {
                add(group.firstWaiting[0] + l, group.came[1][r]);
            }
            for (int l = 0; l < group.count[0]; l++) {
                add(group.came[0][l], group.came[1][r]);
            }
        }
    }

    private void add(int leftRow, int rightRow) {
        if ((shape.isExistence() && met[0][leftRow]) || !condition.test(leftRow, rightRow)) {
            return;
        }
        met[0][leftRow] = true;
        met[1][rightRow] = true;
        if (shape.type() == JoinType.LEFT_ANTI) {
            return;
        }
        if (pairs == left.length) {
            flush();
        }
        left[pairs] = leftRow;
        right[pairs++] = rightRow;
    }

    private void flush() {
        if (pairs > 0) {
            ColumnBatch rows = all[0].select(left, pairs);
            out.accept(
                    shape.isExistence()
                            ? rows.withSchema(shape.output())
                            : rows.beside(all[1].select(right, pairs), shape.output()));
            pairs = 0;
        }
    }

    /** Writes down which of the rows that waited were met, where that matters. */
    private void leave(Group group, int side) {
        int row = group.firstWaiting[side];
        boolean goes = shape.isExistence() && side == 0;
        if (row < 0 || !(goes || sides[side].kept())) {
            return;
        }
        for (Iterator<WaitingRows.Waiting> waiting = group.waiting.side(side).iterator(); waiting.hasNext(); row++) {
            WaitingRows.Waiting one = waiting.next();
            if (!met[side][row]) {
                continue;
            }
            if (goes) {
                waiting.remove();
                group.changed = true;
            } else if (one.meet()) {
                group.changed = true;
            }
        }
    }

    private void keep(Group group, int side, long evictMicros, Unmet unmet) {
        Arrivals came = arrivals[side];
        boolean goes = shape.isExistence() && side == 0;
        if (group.nullKey && !sides[side].kept()) {
            return;
        }
        for (int i = 0; i < group.count[side]; i++) {
            int row = group.came[side][i];
            boolean wasMet = met[side][row];
            if (came.due()[row] <= evictMicros) {
                if (sides[side].kept() && !wasMet) {
                    unmet.add(side, came.rows(), row);
                }
            } else if (!(goes && wasMet)) {
                byte[] bytes = forms[side].encode(came.rows().columns(), row);
                group.waiting.side(side).add(new WaitingRows.Waiting(bytes, came.due()[row], wasMet));
                group.changed = true;
                kept++;
            }
        }
    }
}
