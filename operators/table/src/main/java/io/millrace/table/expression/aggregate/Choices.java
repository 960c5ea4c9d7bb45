// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.arithmetic.Comparisons;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import java.util.List;

/** Aggregates that give one of the values they saw: the least, the first and the like; and bits of all. */
final class Choices {

    private Choices() {}

    /** The least or greatest; {@code better} names the comparison with what is there. */
    static BoundAggregate extreme(String name, List<Expression> arguments, String better) {
        return extreme(name, arguments.get(0).type(), better);
    }

    /** Whether all or any is true. */
    static BoundAggregate truth(String name, List<Expression> arguments, String better) {
        DataType type = arguments.get(0).type();
        if (!ImplicitCasts.accepts(type, AtomicType.BOOLEAN)) {
            throw Failures.unexpectedType(name, 0, "\"BOOLEAN\"", type);
        }
        return extreme(name, AtomicType.BOOLEAN, better);
    }

    /** The value that stands beside the least or greatest; of several the last. */
    static BoundAggregate by(String name, List<Expression> arguments, String better) {
        DataType type = arguments.get(0).type();
        DataType order = ordered(name, arguments.get(1).type());
        Expression kept = Terms.maybe(0, type);
        Expression rank = Terms.maybe(1, order);
        Expression value = Terms.maybe(2, type);
        Expression other = Terms.maybe(3, order);
        // what is there stays if it is better, or if there is nothing else
        Expression stays = Terms.or(Terms.isNull(other), compare(better, order, rank, other));
        List<Expression> next = List.of(Terms.when(stays, kept, value), Terms.when(stays, rank, other));
        return new BoundAggregate(
                name,
                List.of(type, order),
                List.of(type, order),
                List.of(Terms.none(type), Terms.none(order)),
                next,
                next,
                null,
                kept,
                type,
                true);
    }

    static BoundAggregate first(String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        boolean skip = ignoresNulls(arguments);
        Expression kept = Terms.maybe(0, type);
        Expression set = Terms.sure(1, AtomicType.BOOLEAN);
        Expression value = Terms.maybe(2, type);
        Expression stays = skip ? Terms.or(set, Terms.isNull(value)) : set;
        Expression nowSet = skip ? Terms.when(stays, set, Terms.TRUE) : Terms.TRUE;
        return remembered(
                name,
                type,
                arguments,
                List.of(Terms.when(stays, kept, value), nowSet),
                List.of(Terms.when(set, kept, value), Terms.or(set, Terms.sure(3, AtomicType.BOOLEAN))));
    }

    static BoundAggregate last(String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        boolean skip = ignoresNulls(arguments);
        Expression kept = Terms.maybe(0, type);
        Expression set = Terms.sure(1, AtomicType.BOOLEAN);
        Expression value = Terms.maybe(2, type);
        Expression otherSet = Terms.sure(3, AtomicType.BOOLEAN);
        return remembered(
                name,
                type,
                arguments,
                skip
                        ? List.of(
                                Terms.when(Terms.isNull(value), kept, value),
                                Terms.when(Terms.isNull(value), set, Terms.TRUE))
                        : List.of(value, Terms.TRUE),
                List.of(Terms.when(otherSet, value, kept), Terms.or(set, otherSet)));
    }

    static BoundAggregate bits(String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (!ImplicitCasts.isWhole(type)) {
            throw Failures.unexpectedType(name, 0, "a whole number", type);
        }
        String method = name.substring("bit_".length()) + (type == AtomicType.LONG ? "Long" : "Int");
        Expression kept = Terms.maybe(0, type);
        Expression value = Terms.maybe(1, type);
        Expression both = Terms.call(type, Bits.class, method, kept, value);
        Expression next = new Expression.Case(
                List.of(
                        new Expression.Branch(Terms.isNull(value), kept),
                        new Expression.Branch(Terms.isNull(kept), value)),
                both,
                type);
        return new BoundAggregate(
                name,
                List.of(type),
                List.of(type),
                List.of(Terms.none(type)),
                List.of(next),
                List.of(next),
                null,
                kept,
                type,
                true);
    }

    private static BoundAggregate extreme(String name, DataType given, String better) {
        DataType type = ordered(name, given);
        Expression kept = Terms.maybe(0, type);
        Expression value = Terms.maybe(1, type);
        Expression next = new Expression.Case(
                List.of(
                        new Expression.Branch(Terms.isNull(value), kept),
                        new Expression.Branch(Terms.or(Terms.isNull(kept), compare(better, type, value, kept)), value)),
                kept,
                type);
        return new BoundAggregate(
                name,
                List.of(type),
                List.of(type),
                List.of(Terms.none(type)),
                List.of(next),
                List.of(next),
                null,
                kept,
                type,
                true);
    }

    private static BoundAggregate remembered(
            String name, DataType type, List<Expression> arguments, List<Expression> update, List<Expression> merge) {
        List<DataType> parameters = arguments.size() == 1 ? List.of(type) : List.of(type, AtomicType.BOOLEAN);
        return new BoundAggregate(
                name,
                parameters,
                List.of(type, AtomicType.BOOLEAN),
                List.of(Terms.none(type), Terms.FALSE),
                update,
                merge,
                null,
                Terms.maybe(0, type),
                type,
                true);
    }

    private static boolean ignoresNulls(List<Expression> arguments) {
        return arguments.size() > 1 && Boolean.TRUE.equals(Terms.constant(arguments.get(1)));
    }

    private static DataType ordered(String name, DataType type) {
        if (type instanceof MapType) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    "`" + name + "` does not compare values of the type " + Failures.name(type));
        }
        return type;
    }

    private static Expression compare(String comparison, DataType type, Expression left, Expression right) {
        return Terms.call(AtomicType.BOOLEAN, Comparisons.class, comparison + form(type), left, right);
    }

    private static String form(DataType type) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> "Int";
                case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> "Long";
                case FLOAT -> "Float";
                case DOUBLE -> "Double";
                case STRING -> "Utf8";
                case BOOLEAN, BINARY, NULL -> "Object";
            };
        }
        return "Object";
    }
}
