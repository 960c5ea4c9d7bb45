// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.type.AtomicType;
import java.util.List;

/** What expressions about queries within expressions call. */
public final class SubqueryMethods {

    private SubqueryMethods() {}

    /**
     * Whether there is a row.
     *
     * @throws QueryExecutionException {@code SCALAR_SUBQUERY_TOO_MANY_ROWS} if there are several
     */
    public static boolean single(long rows) {
        if (rows > 1) {
            throw new QueryExecutionException(
                    "SCALAR_SUBQUERY_TOO_MANY_ROWS",
                    "A query that stands for a value has given " + rows
                            + " rows; it must give one at most: aggregate them, or use LIMIT 1");
        }
        return rows == 1;
    }

    static BoundFunction single() {
        try {
            return new BoundFunction(
                    "single",
                    List.of(AtomicType.LONG),
                    AtomicType.BOOLEAN,
                    true,
                    false,
                    null,
                    SubqueryMethods.class.getMethod("single", long.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the method single is there", e);
        }
    }
}
