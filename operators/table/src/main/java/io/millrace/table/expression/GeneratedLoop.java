// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.Column;
import io.millrace.table.data.StructColumn;
import org.jspecify.annotations.Nullable;

/**
 * What generated classes extend; each overrides what it is for. Not for anybody else. An object is for one thread and one batch at a time.
 */
public abstract class GeneratedLoop {

    /** For generated classes. */
    protected GeneratedLoop() {}

    /** Hands over the constants, in the order in which the code counts them. */
    public void constants(@Nullable Object[] constants) {}

    /** Hands over the columns to read; {@code right} where there is a second side. */
    public void bind(Column[] left, Column[] right) {}

    /** Hands over the arrays of the accumulators. */
    public void buffers(Object[] values, boolean[][] nulls) {}

    /** Computes one column. */
    public Column column(int index, int rows) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Writes the places of the rows for which the condition is true; gives their number. */
    public int select(int[] places, int rows) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Whether the condition is true for a row of the left and one of the right. */
    public boolean test(int left, int right) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Changes the accumulators of each row's group; rows of a negative group do not count. */
    public void fold(int call, int[] groups, int rows) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** Calls one of the lambdas of the class for a row of the left and one of the right. */
    public @Nullable Object lambda(
            int index, int left, int right, @Nullable Object first, @Nullable Object second, @Nullable Object third)
            throws Exception {
        throw new UnsupportedOperationException();
    }

    /** A lambda of the class for a row of the left and one of the right. */
    public final ElementFunction lambda(int index, int left, int right) {
        return new RowLambda(this, index, left, right);
    }

    private static final class RowLambda implements ElementFunction {

        private final GeneratedLoop loop;
        private final int index;
        private final int left;
        private final int right;

        RowLambda(GeneratedLoop loop, int index, int left, int right) {
            this.loop = loop;
            this.index = index;
            this.left = left;
            this.right = right;
        }

        @Override
        public @Nullable Object apply(@Nullable Object first, @Nullable Object second, @Nullable Object third)
                throws Exception {
            return loop.lambda(index, left, right, first, second, third);
        }
    }

    /** The column at a path through structs. */
    public static Column at(Column[] columns, int[] path) {
        Column column = columns[path[0]];
        for (int i = 1; i < path.length; i++) {
            column = ((StructColumn) column).fields()[path[i]];
        }
        return column;
    }

    /** The nulls of the column at a path through structs: where it or a struct on the way is null. */
    public static boolean @Nullable [] nullsAt(Column[] columns, int[] path) {
        Column column = columns[path[0]];
        boolean[] nulls = column.nulls();
        for (int i = 1; i < path.length; i++) {
            column = ((StructColumn) column).fields()[path[i]];
            nulls = either(nulls, column.nulls());
        }
        return nulls;
    }

    private static boolean @Nullable [] either(boolean @Nullable [] one, boolean @Nullable [] other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        boolean[] both = new boolean[Math.min(one.length, other.length)];
        for (int i = 0; i < both.length; i++) {
            both[i] = one[i] || other[i];
        }
        return both;
    }
}
