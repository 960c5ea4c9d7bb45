// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowBytes;
import io.millrace.table.execution.join.CountedRows.Counted;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the changes of some keys change in the result of a {@link ChangeJoin}. Only pairs of which a row has changed are looked at: each row knows how many it met before.
 */
final class ChangeMeeting {

    private final StreamJoin.Shape shape;
    private final JoinSide[] sides;
    private final RowBytes[] forms;
    private final SignedRows given = new SignedRows();

    ChangeMeeting(StreamJoin.Shape shape) {
        this.shape = shape;
        this.sides = new JoinSide[] {shape.left(), shape.right()};
        this.forms = shape.forms();
    }

    /**
     * Gives on what changes, and lets each row know how many it meets now.
     *
     * @param keys the rows of each key; those of a key with a null meet nothing
     * @param nullKeys which keys have a null
     * @param kinds whether the kind of change comes out; otherwise nothing may go
     */
    void run(List<CountedRows> keys, List<Boolean> nullKeys, boolean kinds, Consumer<ColumnBatch> out) {
        ColumnBatch left = place(keys, 0);
        ColumnBatch right = place(keys, 1);
        PairCondition.Test condition = shape.condition().bind(left, right);
        for (int i = 0; i < keys.size(); i++) {
            if (!nullKeys.get(i)) {
                pair(keys.get(i), condition);
            }
            for (Counted row : keys.get(i).side(0)) {
                alone(row, 0);
            }
            for (Counted row : keys.get(i).side(1)) {
                alone(row, 1);
            }
        }
        given.emit(left, right, shape.isExistence(), shape.output(), kinds, out);
    }

    private ColumnBatch place(List<CountedRows> keys, int side) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(sides[side].schema());
        for (CountedRows key : keys) {
            for (Counted row : key.side(side)) {
                row.placeAt(builder.rows());
                forms[side].decode(row.bytes(), builder, 0);
                builder.rowDone();
            }
        }
        return builder.build();
    }

    private void pair(CountedRows key, PairCondition.Test condition) {
        for (Counted left : key.side(0)) {
            for (Counted right : key.side(1)) {
                if (!(left.isChanged() || right.isChanged()) || !condition.test(left.place(), right.place())) {
                    continue;
                }
                left.meet(left.before() > 0 ? right.now() - right.before() : right.now());
                right.meet(right.before() > 0 ? left.now() - left.before() : left.now());
                if (!shape.isExistence()) {
                    long more = (long) left.now() * right.now() - (long) left.before() * right.before();
                    given.add(left.place(), right.place(), more);
                }
            }
        }
    }

    /** A row beside nulls, or by itself in a semi or anti join. */
    private void alone(Counted row, int side) {
        boolean whenMet = shape.type() == JoinType.LEFT_SEMI;
        if (!sides[side].kept() && !(whenMet && side == 0)) {
            return;
        }
        int before = row.metBefore() > 0 == whenMet ? row.before() : 0;
        int now = row.met() > 0 == whenMet ? row.now() : 0;
        given.add(side == 0 ? row.place() : SignedRows.NULLS, side == 0 ? SignedRows.NULLS : row.place(), now - before);
    }
}
