// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.math.BigDecimal;
import java.util.List;

/** Puts in the casts that {@link ImplicitCasts} asks for. */
final class Coerced {

    private Coerced() {}

    /**
     * The type of the results of a choice, such as the branches of {@code CASE}.
     *
     * @throws io.millrace.table.AnalysisException {@code DATATYPE_MISMATCH.DATA_DIFF_TYPES} if there is none
     */
    static DataType common(String function, List<Expression> expressions, Position position) {
        DataType type = AtomicType.NULL;
        for (Expression expression : expressions) {
            DataType before = type;
            type = ImplicitCasts.commonColumn(before, expression.type())
                    .orElseThrow(() -> Asts.error(
                            "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                            "The values of `" + function + "` must have one type, but " + before.sql() + " and "
                                    + expression.type().sql() + " have none in common",
                            position));
        }
        return type;
    }

    /** An expression as another type; constants are changed at once where that is plain. */
    static Expression cast(Expression expression, DataType type) {
        if (expression.type().equals(type)) {
            return expression;
        }
        if (expression instanceof Expression.Literal literal) {
            Object value = literal.value();
            if (value == null) {
                return new Expression.Literal(null, type);
            }
            if (value instanceof Integer number && ImplicitCasts.isWhole(literal.type())) {
                if (type == AtomicType.LONG) {
                    return new Expression.Literal(number.longValue(), type);
                }
                if (type == AtomicType.DOUBLE) {
                    return new Expression.Literal(number.doubleValue(), type);
                }
            }
            if (value instanceof BigDecimal number && type == AtomicType.DOUBLE) {
                return new Expression.Literal(number.doubleValue(), type);
            }
        }
        return new Expression.Cast(expression, type, false);
    }
}
