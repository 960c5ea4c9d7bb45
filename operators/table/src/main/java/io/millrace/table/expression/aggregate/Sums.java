// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.arithmetic.Arithmetic;
import io.millrace.table.expression.arithmetic.Comparisons;
import io.millrace.table.expression.arithmetic.DecimalArithmetic;
import io.millrace.table.expression.arithmetic.TimeArithmetic;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** Counts, sums and averages. */
final class Sums {

    private static final DataType LONG = AtomicType.LONG;

    private Sums() {}

    static BoundAggregate count(String name, List<Expression> arguments) {
        Expression.Reference count = Terms.sure(0, LONG);
        Expression more = add(LONG, count, Terms.ONE);
        Expression less = subtract(LONG, count, Terms.ONE);
        Expression[] nulls = new Expression[arguments.size()];
        int mayBeNull = 0;
        for (int i = 0; i < nulls.length; i++) {
            if (arguments.get(i).nullable()) {
                nulls[mayBeNull++] =
                        Terms.isNull(Terms.maybe(1 + i, arguments.get(i).type()));
            }
        }
        if (mayBeNull > 0) {
            Expression skipped = Terms.or(Arrays.copyOf(nulls, mayBeNull));
            more = Terms.when(skipped, count, more);
            less = Terms.when(skipped, count, less);
        }
        return counter(name, arguments.stream().map(Expression::type).toList(), more, less);
    }

    static BoundAggregate countIf(String name, List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        if (!ImplicitCasts.accepts(given, AtomicType.BOOLEAN)) {
            throw Failures.unexpectedType(name, 0, "\"BOOLEAN\"", given);
        }
        Expression.Reference count = Terms.sure(0, LONG);
        Expression.Reference condition = Terms.maybe(1, AtomicType.BOOLEAN);
        return counter(
                name,
                List.of(AtomicType.BOOLEAN),
                Terms.when(condition, add(LONG, count, Terms.ONE), count),
                Terms.when(condition, subtract(LONG, count, Terms.ONE), count));
    }

    static BoundAggregate sum(String name, List<Expression> arguments) {
        DataType argument = summable(name, arguments.get(0).type());
        DataType type = argument instanceof DecimalType decimal
                ? Decimals.bounded(decimal.precision() + 10, decimal.scale())
                : ImplicitCasts.isWhole(argument) ? LONG : argument == AtomicType.FLOAT ? AtomicType.DOUBLE : argument;
        DataType parameter = argument instanceof DecimalType ? argument : type;
        Expression result = Terms.when(isZero(Terms.sure(1, LONG)), Terms.none(type), Terms.sure(0, type));
        return total(name, parameter, type, result, type);
    }

    static BoundAggregate trySum(String name, List<Expression> arguments) {
        DataType argument = summable(name, arguments.get(0).type());
        if (!ImplicitCasts.isWhole(argument) && !(argument instanceof DecimalType)) {
            return sum(name, arguments);
        }
        DataType type = argument instanceof DecimalType decimal
                ? Decimals.bounded(decimal.precision() + 10, decimal.scale())
                : LONG;
        DataType wide = new DecimalType(38, type instanceof DecimalType decimal ? decimal.scale() : 0);
        Expression sum = new Expression.Cast(Terms.sure(0, wide), type, true);
        Expression result = Terms.when(isZero(Terms.sure(1, LONG)), Terms.none(type), sum);
        DataType parameter = argument instanceof DecimalType ? argument : new DecimalType(20, 0);
        return total(name, parameter, wide, result, type);
    }

    static BoundAggregate average(String name, List<Expression> arguments) {
        DataType argument = summable(name, arguments.get(0).type());
        Expression.Reference count = Terms.sure(1, LONG);
        if (argument instanceof DecimalType decimal) {
            DecimalType sum = Decimals.bounded(decimal.precision() + 10, decimal.scale());
            DecimalType type = Decimals.bounded(decimal.precision() + 4, decimal.scale() + 4);
            Expression divisor = new Expression.Cast(count, new DecimalType(20, 0), false);
            Expression quotient = Terms.on(
                    type, new DecimalArithmetic(type), DecimalArithmetic.class, "divide", Terms.sure(0, sum), divisor);
            return total(name, argument, sum, Terms.when(isZero(count), Terms.none(type), quotient), type);
        } else if (argument == AtomicType.DAY_TIME_INTERVAL) {
            Expression quotient =
                    Terms.call(argument, TimeArithmetic.class, "divideMicros", Terms.sure(0, argument), count);
            return total(name, argument, argument, Terms.when(isZero(count), Terms.none(argument), quotient), argument);
        }
        DataType type = AtomicType.DOUBLE;
        Expression quotient = Terms.call(
                type, Arithmetic.class, "divideDouble", Terms.sure(0, type), new Expression.Cast(count, type, false));
        BoundAggregate average = total(name, type, type, Terms.when(isZero(count), Terms.none(type), quotient), type);
        return ImplicitCasts.isWhole(argument) ? withRetraction(average, type, type) : average;
    }

    private static BoundAggregate counter(String name, List<DataType> parameters, Expression more, Expression less) {
        Expression.Reference count = Terms.sure(0, LONG);
        return new BoundAggregate(
                name,
                parameters,
                List.of(LONG),
                List.of(Terms.ZERO),
                List.of(more),
                List.of(add(LONG, count, Terms.sure(1, LONG))),
                List.of(less),
                count,
                LONG,
                false);
    }

    /** A sum and how many values it has; exact ones can be taken back. */
    private static BoundAggregate total(
            String name, DataType parameter, DataType sumType, Expression result, DataType type) {
        Expression.Reference sum = Terms.sure(0, sumType);
        Expression.Reference count = Terms.sure(1, LONG);
        Expression.Reference value = Terms.maybe(2, parameter);
        Expression absent = Terms.isNull(value);
        Expression addend = widened(value, sumType);
        BoundAggregate aggregate = new BoundAggregate(
                name,
                List.of(parameter),
                List.of(sumType, LONG),
                List.of(zero(sumType), Terms.ZERO),
                List.of(
                        Terms.when(absent, sum, add(sumType, sum, addend)),
                        Terms.when(absent, count, add(LONG, count, Terms.ONE))),
                List.of(add(sumType, sum, Terms.sure(2, sumType)), add(LONG, count, Terms.sure(3, LONG))),
                null,
                result,
                type,
                true);
        return sumType == AtomicType.DOUBLE ? aggregate : withRetraction(aggregate, parameter, sumType);
    }

    private static BoundAggregate withRetraction(BoundAggregate aggregate, DataType parameter, DataType sumType) {
        Expression.Reference sum = Terms.sure(0, sumType);
        Expression.Reference count = Terms.sure(1, LONG);
        Expression.Reference value = Terms.maybe(2, parameter);
        Expression absent = Terms.isNull(value);
        return new BoundAggregate(
                aggregate.name(),
                aggregate.parameters(),
                aggregate.buffers(),
                aggregate.initial(),
                aggregate.update(),
                aggregate.merge(),
                List.of(
                        Terms.when(absent, sum, subtract(sumType, sum, widened(value, sumType))),
                        Terms.when(absent, count, subtract(LONG, count, Terms.ONE))),
                aggregate.result(),
                aggregate.type(),
                aggregate.nullable());
    }

    private static Expression widened(Expression value, DataType type) {
        return value.type().equals(type) ? value : new Expression.Cast(value, type, false);
    }

    private static DataType summable(String name, DataType type) {
        if (type == AtomicType.STRING || type == AtomicType.NULL) {
            return AtomicType.DOUBLE;
        } else if (!ImplicitCasts.isNumber(type)
                && type != AtomicType.DAY_TIME_INTERVAL
                && type != AtomicType.YEAR_MONTH_INTERVAL) {
            throw Failures.unexpectedType(name, 0, "a number or an interval", type);
        }
        return type;
    }

    private static Expression isZero(Expression count) {
        return Terms.call(AtomicType.BOOLEAN, Comparisons.class, "equalLong", count, Terms.ZERO);
    }

    private static Expression.Literal zero(DataType type) {
        Object zero = type instanceof DecimalType decimal
                ? BigDecimal.valueOf(0, decimal.scale())
                : type == AtomicType.DOUBLE ? (Object) 0.0 : type == AtomicType.YEAR_MONTH_INTERVAL ? (Object) 0 : 0L;
        return new Expression.Literal(zero, type);
    }

    private static Expression add(DataType type, Expression left, Expression right) {
        return reckoned("add", type, left, right);
    }

    private static Expression subtract(DataType type, Expression left, Expression right) {
        return reckoned("subtract", type, left, right);
    }

    private static Expression reckoned(String what, DataType type, Expression left, Expression right) {
        if (type instanceof DecimalType decimal) {
            return Terms.on(type, new DecimalTotal(decimal), DecimalTotal.class, what, left, right);
        }
        String form = type == AtomicType.DOUBLE ? "Double" : type == AtomicType.YEAR_MONTH_INTERVAL ? "Int" : "Long";
        return Terms.call(type, Arithmetic.class, what + form, left, right);
    }
}
