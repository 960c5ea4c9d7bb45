// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as expressions over its buffers, in the manner of Spark's declarative aggregates: so one compiler makes loops of it, and
 * what is kept in the state is plain columns.
 *
 * <p>In {@code update} and {@code retract}, references 0 to b-1 are the buffers and b to b+a-1 the arguments (cast to {@code parameters}); in {@code merge}, 0 to b-1 are
 * the buffers on the left and b to 2b-1 those on the right; in {@code result}, 0 to b-1.
 *
 * @param name the name in SQL
 * @param parameters the types the arguments are cast to
 * @param buffers the types of the buffers
 * @param initial what the buffers hold for no row
 * @param update the buffers with one more row, one expression per buffer
 * @param merge two lots of buffers in one; associative
 * @param retract the buffers with one row less; null if that cannot be told from the buffers
 * @param result what comes out
 * @param type the type of {@code result}
 * @param nullable whether the result may be null
 */
public record BoundAggregate(
        String name,
        List<DataType> parameters,
        List<DataType> buffers,
        List<Expression.Literal> initial,
        List<Expression> update,
        List<Expression> merge,
        @Nullable List<Expression> retract,
        Expression result,
        DataType type,
        boolean nullable) {

    public BoundAggregate {
        parameters = List.copyOf(parameters);
        buffers = List.copyOf(buffers);
        initial = List.copyOf(initial);
        update = List.copyOf(update);
        merge = List.copyOf(merge);
        retract = retract == null ? null : List.copyOf(retract);
    }
}
