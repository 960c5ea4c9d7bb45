// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.util.List;

/**
 * What event time means for a join of two streams: which rows come too late, and how long a row waits for others.
 *
 * @param lateLeft the column of the left by whose watermark late rows are told; -1 if there is none
 * @param lateRight the same for the right
 * @param left when rows of the left are forgotten
 * @param right when rows of the right are
 */
public record JoinTimes(int lateLeft, int lateRight, Eviction left, Eviction right) {

    /** No column of a side carries a watermark. */
    public static final int NO_COLUMN = -1;

    /**
     * What follows from the keys and the condition of a join. A time among the keys bounds both sides. Otherwise a condition such as {@code L.ts >= R.ts - INTERVAL 5
     * SECONDS} bounds the left if the time of the right carries a watermark, and the other way round.
     */
    public static JoinTimes of(QueryPlan.Join join) {
        Schema left = join.left().schema();
        Schema right = join.right().schema();
        int lateLeft = eventTime(left);
        int lateRight = eventTime(right);
        int key = timeKey(join.leftKeys(), left);
        if (key < 0) {
            key = timeKey(join.rightKeys(), right);
        }
        if (key >= 0) {
            return new JoinTimes(lateLeft, lateRight, Eviction.byKey(key), Eviction.byKey(key));
        }
        List<TimeBound> bounds = TimeBound.in(join.condition());
        int border = left.size();
        return new JoinTimes(
                lateLeft,
                lateRight,
                byCondition(bounds, left, 0, right, border),
                byCondition(bounds, right, border, left, 0));
    }

    /** Whether rows of a side are ever forgotten. */
    public boolean evicts() {
        return left.happens() || right.happens();
    }

    /**
     * Whether a watermark that moves can make a batch without rows worthwhile. Where that brings out nothing, as in an inner join, a side that carries no watermark itself is
     * no reason: it is cleaned with the next rows.
     */
    public boolean closes(QueryPlan.JoinType type) {
        boolean quiet = type == QueryPlan.JoinType.INNER || type == QueryPlan.JoinType.LEFT_SEMI;
        return quiet ? closes(left, lateLeft) || closes(right, lateRight) : evicts();
    }

    private static boolean closes(Eviction eviction, int late) {
        return eviction.happens() && (eviction.source() == Eviction.Source.KEY || late != NO_COLUMN);
    }

    /**
     * Whether a join of this type is bounded as Spark asks it to be: an outer or semi join must know when a row of its outer side can meet nothing any more.
     */
    public boolean allows(QueryPlan.JoinType type) {
        return switch (type) {
            case INNER -> true;
            case LEFT_OUTER, LEFT_SEMI, LEFT_ANTI -> left.happens();
            case RIGHT_OUTER -> right.happens();
            case FULL_OUTER -> evicts();
        };
    }

    /** The watermark that holds for what comes out, given the one that holds for what comes in: the least time a row may still come out with. */
    public long outputMicros(long inputMicros) {
        long least = inputMicros;
        if (left.happens()) {
            least = Math.min(least, left.boundMicros(inputMicros));
        }
        if (right.happens()) {
            least = Math.min(least, right.boundMicros(inputMicros));
        }
        return least;
    }

    private static int eventTime(Schema schema) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.field(i).eventTime()) {
                return i;
            }
        }
        return NO_COLUMN;
    }

    private static int timeKey(List<Expression> keys, Schema schema) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof Expression.Reference reference
                    && schema.field(reference.index()).eventTime()) {
                return i;
            }
        }
        return -1;
    }

    /** The most careful of the bounds on one column of a side; its event time if that is bounded, else the first column that is. */
    private static Eviction byCondition(
            List<TimeBound> bounds, Schema side, int sideStart, Schema other, int otherStart) {
        int eventTime = eventTime(side);
        Eviction found = Eviction.NEVER;
        for (TimeBound bound : bounds) {
            int column = bound.later() - sideStart;
            int from = bound.earlier() - otherStart;
            if (column < 0 || column >= side.size() || from < 0 || from >= other.size() || !isTime(other, from)) {
                continue;
            }
            Eviction candidate = Eviction.byColumn(column, bound.offsetMicros(), bound.orEqual());
            if (!found.happens() || (column == eventTime && found.place() != eventTime)) {
                found = candidate;
            } else if (column == found.place() && candidate.boundMicros(0) < found.boundMicros(0)) {
                found = candidate;
            }
        }
        return found;
    }

    private static boolean isTime(Schema schema, int column) {
        return schema.field(column).eventTime() && schema.field(column).type() == AtomicType.TIMESTAMP;
    }
}
