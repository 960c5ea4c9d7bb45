// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.type.AtomicType;
import java.util.List;

/**
 * The time of the batch in expressions, as {@code current_timestamp()}. It is a call of a function without arguments that is never made: before a query runs, a column of
 * its input stands in its place.
 */
public final class BatchMoment {

    private static final BoundFunction FUNCTION = new BoundFunction(
            "current_timestamp",
            List.of(),
            AtomicType.TIMESTAMP,
            true,
            false,
            null,
            Methods.only(BatchMoment.class, "micros"));

    private BatchMoment() {}

    /** The time of the batch. */
    public static Expression asked() {
        return new Expression.Call(FUNCTION, List.of());
    }

    /** Whether an expression asks for the time of the batch. */
    public static boolean isAsked(Expression expression) {
        boolean[] found = {false};
        var unused = replaced(expression, new Expression.Reference(0, AtomicType.TIMESTAMP, false, ""), found);
        return found[0];
    }

    /** The expression with a column in place of the time of the batch. */
    public static Expression replaced(Expression expression, Expression.Reference column) {
        return replaced(expression, column, new boolean[1]);
    }

    private static Expression replaced(Expression expression, Expression.Reference column, boolean[] found) {
        if (expression instanceof Expression.Call call && call.function().equals(FUNCTION)) {
            found[0] = true;
            return column;
        }
        return Rewrites.parts(expression, part -> replaced(part, column, found));
    }

    /** What stands for the call where it should not be. */
    @SuppressWarnings("DoNotCallSuggester") // named by the function
    public static long micros() {
        throw new QueryExecutionException(
                "UNSUPPORTED_FEATURE.TIME_OF_BATCH",
                "current_timestamp() is not possible here; give it a column in a query below, and use that");
    }
}
