// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.Iterator;
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

    /** Takes rows that were forgotten before they were met. */
    interface Unmet {
        void add(int side, ColumnBatch rows, int row);
    }

    /** Takes what is left of a group: the rows that wait have changed, or others begin to. */
    interface Waits {
        void keep(int group, NewRows left, NewRows right);
    }

    private final StreamJoin.Shape shape;
    private final JoinSide[] sides;
    private final RowBytes[] forms;
    private final RowEncoder[] encoders;
    private final PairCondition.Test condition;
    private final Consumer<ColumnBatch> out;
    private final KeyGroups groups;
    private final Arrivals[] arrivals;
    private final ColumnBatch[] all = new ColumnBatch[2];
    private final int[][] firstWaiting = new int[2][];
    private final boolean[][] met = new boolean[2][];
    private final int[] left = new int[PAIRS_AT_ONCE];
    private final int[] right = new int[PAIRS_AT_ONCE];
    private int pairs;
    private long kept;

    Meeting(StreamJoin.Shape shape, Arrivals[] arrivals, KeyGroups groups, Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.sides = new JoinSide[] {shape.left(), shape.right()};
        this.forms = shape.forms();
        this.encoders = shape.encoders();
        this.out = out;
        this.groups = groups;
        this.arrivals = arrivals;
        for (int side = 0; side < 2; side++) {
            firstWaiting[side] = new int[groups.size()];
            all[side] = withWaiting(side);
            met[side] = new boolean[all[side].rows()];
        }
        condition = shape.condition().bind(all[0], all[1]);
    }

    /** All pairs of the groups that meet come out, and what is left waits. */
    void run(long evictMicros, Unmet unmet, Waits waits) {
        for (int group = 0; group < groups.size(); group++) {
            pair(group);
        }
        flush();
        NewRows[] fresh = {new NewRows(), new NewRows()};
        for (int group = 0; group < groups.size(); group++) {
            boolean changed = false;
            for (int side = 0; side < 2; side++) {
                fresh[side].clear();
                changed |= leave(group, side);
                changed |= keep(group, side, evictMicros, unmet, fresh[side]);
            }
            if (changed) {
                waits.keep(group, fresh[0], fresh[1]);
            }
        }
    }

    /** How many rows began to wait. */
    long kept() {
        return kept;
    }

    /** The rows that came on a side, and behind them those that wait for what came on the other. */
    private ColumnBatch withWaiting(int side) {
        ColumnBatch came = arrivals[side].rows();
        ColumnBatchBuilder builder = null;
        for (int group = 0; group < groups.size(); group++) {
            WaitingRows waiting = groups.waiting(group);
            firstWaiting[side][group] = KeyGroups.NONE;
            if (groups.hasNull(group) || groups.count(group, 1 - side) == 0 || waiting.size(side) == 0) {
                continue;
            }
            if (builder == null) {
                builder = new ColumnBatchBuilder(sides[side].schema(), came.rows() + waiting.size(side));
                builder.appendAll(came);
            }
            firstWaiting[side][group] = builder.rows();
            for (WaitingRows.Waiting row : waiting.side(side)) {
                forms[side].decode(row.row(), builder, 0);
                builder.rowDone();
            }
        }
        return builder == null ? came : builder.build();
    }

    private void pair(int group) {
        if (groups.hasNull(group)) {
            return;
        }
        int firstLeft = firstWaiting[0][group];
        int firstRight = firstWaiting[1][group];
        int waitingLeft = firstLeft < 0 ? 0 : groups.waiting(group).size(0);
        int waitingRight = firstRight < 0 ? 0 : groups.waiting(group).size(1);
        if (waitingRight > 0) {
            for (int l = groups.first(group, 0); l != KeyGroups.NONE; l = groups.next(0, l)) {
                for (int r = 0; r < waitingRight; r++) {
                    add(l, firstRight + r);
                }
            }
        }
        for (int r = groups.first(group, 1); r != KeyGroups.NONE; r = groups.next(1, r)) {
            for (int l = 0; l < waitingLeft; l++) {
                add(firstLeft + l, r);
            }
            for (int l = groups.first(group, 0); l != KeyGroups.NONE; l = groups.next(0, l)) {
                add(l, r);
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

    /** Writes down which of the rows that waited were met, where that matters; whether something of it is new. */
    private boolean leave(int group, int side) {
        int row = firstWaiting[side][group];
        boolean goes = shape.isExistence() && side == 0;
        if (row < 0 || !(goes || sides[side].kept())) {
            return false;
        }
        boolean changed = false;
        for (Iterator<WaitingRows.Waiting> waiting =
                        groups.waiting(group).side(side).iterator();
                waiting.hasNext();
                row++) {
            WaitingRows.Waiting one = waiting.next();
            if (!met[side][row]) {
                continue;
            }
            if (goes) {
                waiting.remove();
                changed = true;
            } else {
                changed |= one.meet();
            }
        }
        return changed;
    }

    /** Has the rows that came on a side wait, if they are not forgotten at once or need not; whether any does. */
    private boolean keep(int group, int side, long evictMicros, Unmet unmet, NewRows fresh) {
        Arrivals came = arrivals[side];
        boolean goes = shape.isExistence() && side == 0;
        if (groups.hasNull(group) && !sides[side].kept()) {
            return false;
        }
        for (int row = groups.first(group, side); row != KeyGroups.NONE; row = groups.next(side, row)) {
            boolean wasMet = met[side][row];
            if (came.due()[row] <= evictMicros) {
                if (sides[side].kept() && !wasMet) {
                    unmet.add(side, came.rows(), row);
                }
            } else if (!(goes && wasMet)) {
                encoders[side].write(came.rows().columns(), row);
                fresh.add(came.due()[row], wasMet, encoders[side]);
                kept++;
            }
        }
        return fresh.count() > 0;
    }
}
