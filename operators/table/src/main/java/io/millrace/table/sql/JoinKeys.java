// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts the condition of a join into what must be equal on both sides, and the rest. */
final class JoinKeys {

    private final int leftSize;
    private final int size;
    private final List<Expression> left = new ArrayList<>();
    private final List<Expression> right = new ArrayList<>();
    private final List<Expression> rest = new ArrayList<>();

    JoinKeys(int leftSize, Schema sides) {
        this.leftSize = leftSize;
        this.size = sides.size();
    }

    List<Expression> left() {
        return left;
    }

    List<Expression> right() {
        return right;
    }

    /** What else must hold; null for nothing. */
    @Nullable
    Expression rest() {
        return rest.isEmpty() ? null : rest.size() == 1 ? rest.get(0) : new Expression.Logic(true, rest);
    }

    void add(Expression condition) {
        if (PlanTranslator.always(condition)) {
            return;
        }
        if (condition instanceof Expression.Call call
                && call.arguments().size() == 2
                && (call.function().name().equals("=") || call.function().name().equals("<=>"))) {
            Expression first = call.arguments().get(0);
            Expression second = call.arguments().get(1);
            boolean straight = of(first, true) && of(second, false);
            if (straight || (of(first, false) && of(second, true))) {
                boolean nullSafe = call.function().name().equals("<=>");
                if (pair(straight ? first : second, straight ? second : first, nullSafe)) {
                    return;
                }
            }
        }
        rest.add(condition);
    }

    /** Whether an expression is over one side alone, and over that. */
    private boolean of(Expression expression, boolean onLeft) {
        return Expressions.uses(expression, onLeft ? 0 : leftSize, onLeft ? leftSize : size)
                && !Expressions.uses(expression, onLeft ? leftSize : 0, onLeft ? size : leftSize);
    }

    private boolean pair(Expression first, Expression second, boolean nullSafe) {
        Expression ofLeft = first;
        Expression ofRight = Expressions.move(second, index -> index - leftSize);
        if (nullSafe && (ofLeft.nullable() || ofRight.nullable())) {
            Expression.Literal none = none(first.type());
            if (none == null) {
                return false;
            }
            // null meets null: whether it is null is a key, and some value stands for it
            left.add(new Expression.IsNull(ofLeft));
            right.add(new Expression.IsNull(ofRight));
            ofLeft = orElse(ofLeft, none);
            ofRight = orElse(ofRight, none);
        }
        left.add(ofLeft);
        right.add(ofRight);
        return true;
    }

    private static Expression orElse(Expression value, Expression.Literal none) {
        return new Expression.Case(
                List.of(new Expression.Branch(new Expression.IsNull(value), none)), value, value.type());
    }

    private static Expression.@Nullable Literal none(DataType type) {
        if (type instanceof DecimalType decimal) {
            return new Expression.Literal(BigDecimal.ZERO.setScale(decimal.scale()), type);
        }
        if (!(type instanceof AtomicType atomic)) {
            return null;
        }
        Object value = switch (atomic) {
            case BOOLEAN -> false;
            case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> 0;
            case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0d;
            case STRING -> Utf8.EMPTY;
            case BINARY -> new byte[0];
            case NULL -> null;
        };
        return value == null ? null : new Expression.Literal(value, type);
    }
}
