// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates that keep the values they saw, or how often they saw each. */
final class Collections {

    private Collections() {}

    static BoundAggregate list(String name, List<Expression> arguments) {
        DataType element = arguments.get(0).type();
        DataType type = new ArrayType(element, false);
        return kept(name, List.of(element), type, null, GrowingList.class, Terms.sure(0, type), type);
    }

    /** Texts or bytes one after the other, in the order in which they came. */
    static BoundAggregate joined(String name, List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        DataType type = given == AtomicType.BINARY ? given : AtomicType.STRING;
        if (!ImplicitCasts.accepts(given, type)) {
            throw Failures.unexpectedType(name, 0, "(\"STRING\" or \"BINARY\")", given);
        }
        DataType buffer = new ArrayType(type, false);
        JoinedTexts texts = new JoinedTexts(separator(name, arguments, type));
        String method = type == AtomicType.BINARY ? "bytes" : "text";
        Expression result = Terms.loose(type, texts, JoinedTexts.class, method, Terms.sure(0, buffer));
        return kept(name, parameters(type, arguments), buffer, texts, GrowingList.class, result, type);
    }

    /** What stands between texts or bytes. */
    static Object separator(String name, List<Expression> arguments, DataType type) {
        if (arguments.size() == 1) {
            return WithinGroup.none(type);
        }
        Expression given = arguments.get(1);
        if (!Rewrites.isConstant(given)) {
            throw Failures.notConstant(name, "delimiter", type);
        }
        if (!ImplicitCasts.accepts(given.type(), type)) {
            throw Failures.unexpectedType(name, 1, '"' + Failures.name(type) + '"', given.type());
        }
        Object separator = Terms.constant(given.type().equals(type) ? given : new Expression.Cast(given, type, false));
        return separator == null ? WithinGroup.none(type) : separator;
    }

    static BoundAggregate set(String name, List<Expression> arguments) {
        DataType element = countable(name, arguments.get(0).type());
        DataType type = new ArrayType(element, false);
        return kept(name, List.of(element), type, null, GrowingSet.class, Terms.sure(0, type), type);
    }

    static BoundAggregate mode(String name, List<Expression> arguments) {
        if (arguments.isEmpty()) {
            throw WithinGroup.missing(name);
        }
        boolean least = arguments.size() == 2 && Boolean.TRUE.equals(Terms.constant(arguments.get(1)));
        return mode(name, arguments, least ? "least" : "any");
    }

    /** The value that is there most often; of several any, the least or the greatest. */
    static BoundAggregate mode(String name, List<Expression> arguments, String of) {
        DataType element = countable(name, arguments.get(0).type());
        List<DataType> parameters =
                of.equals("any") && arguments.size() == 1 ? List.of(element) : List.of(element, AtomicType.BOOLEAN);
        Ranks ranks = new Ranks(of.equals("least"), of.equals("greatest"));
        return counted(name, parameters, element, ranks, "mode", element);
    }

    /** The value at a share of all in ascending or descending order. */
    static BoundAggregate ranked(String name, List<Expression> arguments, boolean descending) {
        if (!Rewrites.isConstant(arguments.get(1))) {
            throw Failures.notConstant(name, "percentage", AtomicType.DOUBLE);
        }
        DataType element = number(name, arguments.get(0));
        boolean array = isArray(arguments.get(1));
        Ranks ranks = new Ranks(false, descending, shares(name, arguments.get(1)));
        String method = name.equals("percentile_cont") ? "percentile" : "element";
        DataType type = array ? new ArrayType(element, false) : element;
        return counted(name, parameters(element, arguments), element, ranks, array ? method + "s" : method, type);
    }

    static BoundAggregate median(String name, List<Expression> arguments) {
        return percentiles(name, arguments, new double[] {0.5}, false);
    }

    static BoundAggregate percentile(String name, List<Expression> arguments) {
        return percentiles(name, arguments, shares(name, arguments.get(1)), isArray(arguments.get(1)));
    }

    static BoundAggregate approximatePercentile(String name, List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        DataType element = given == AtomicType.STRING || given == AtomicType.NULL ? AtomicType.DOUBLE : given;
        if (!ImplicitCasts.isNumber(element)
                && element != AtomicType.DATE
                && element != AtomicType.TIMESTAMP
                && element != AtomicType.DAY_TIME_INTERVAL
                && element != AtomicType.YEAR_MONTH_INTERVAL) {
            throw Failures.unexpectedType(name, 0, "a number, a time or an interval", given);
        }
        boolean array = isArray(arguments.get(1));
        Ranks ranks = new Ranks(false, false, shares(name, arguments.get(1)));
        DataType type = array ? new ArrayType(element, false) : element;
        return counted(name, parameters(element, arguments), element, ranks, array ? "elements" : "element", type);
    }

    static BoundAggregate approximateCount(String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        double error = arguments.size() == 1 ? 0.05 : number(name, Terms.constant(arguments.get(1)));
        if (!(error > 0 && error < 0.4)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The error of `" + name + "` must be more than 0 and less than 0.4, but is " + error);
        }
        Sketches sketches = new Sketches(type, error);
        DataType buffer = AtomicType.BINARY;
        Expression kept = Terms.maybe(0, buffer);
        Expression result = Terms.loose(AtomicType.LONG, sketches, Sketches.class, "estimate", Terms.maybe(0, buffer));
        List<DataType> parameters = parameters(type, arguments);
        return new BoundAggregate(
                name,
                parameters,
                List.of(buffer),
                List.of(Terms.none(buffer)),
                List.of(Terms.loose(buffer, sketches, Sketches.class, "update", kept, Terms.maybe(1, type))),
                List.of(Terms.loose(buffer, sketches, Sketches.class, "merge", kept, Terms.maybe(1, buffer))),
                null,
                result,
                AtomicType.LONG,
                false);
    }

    private static BoundAggregate percentiles(String name, List<Expression> arguments, double[] shares, boolean array) {
        DataType element = number(name, arguments.get(0));
        DataType type = array ? new ArrayType(element, false) : element;
        return counted(
                name,
                parameters(element, arguments),
                element,
                new Ranks(false, false, shares),
                array ? "percentiles" : "percentile",
                type);
    }

    /** What numbers are held as. */
    private static DataType number(String name, Expression argument) {
        DataType given = argument.type();
        if (!ImplicitCasts.isNumber(given) && given != AtomicType.STRING && given != AtomicType.NULL) {
            throw Failures.unexpectedType(name, 0, "a number", given);
        }
        return AtomicType.DOUBLE;
    }

    /** How often each value was seen, in a map. */
    private static BoundAggregate counted(
            String name, List<DataType> parameters, DataType element, Ranks ranks, String result, DataType type) {
        DataType buffer = new MapType(element, AtomicType.LONG, false);
        Expression found = Terms.loose(type, ranks, Ranks.class, result, Terms.sure(0, buffer));
        return kept(name, parameters, buffer, ranks, GrowingCounts.class, found, type);
    }

    private static BoundAggregate kept(
            String name,
            List<DataType> parameters,
            DataType buffer,
            @Nullable Object initialFrom,
            Class<?> growing,
            Expression result,
            DataType type) {
        Expression kept = Terms.maybe(0, buffer);
        Object empty = buffer instanceof MapType
                ? new io.millrace.table.data.MapValue(new Object[0], new Object[0])
                : new Object[0];
        List<Expression> update =
                List.of(Terms.loose(buffer, null, growing, "update", kept, Terms.maybe(1, parameters.get(0))));
        List<Expression> merge = List.of(Terms.loose(buffer, null, growing, "merge", kept, Terms.maybe(1, buffer)));
        return new BoundAggregate(
                name,
                parameters,
                List.of(buffer),
                List.of(new Expression.Literal(empty, buffer)),
                update,
                merge,
                null,
                result,
                type,
                initialFrom != null);
    }

    /** The first argument is folded; the others are constants. */
    private static List<DataType> parameters(DataType first, List<Expression> arguments) {
        List<DataType> types = new ArrayList<>(List.of(first));
        arguments.subList(1, arguments.size()).forEach(argument -> types.add(argument.type()));
        return types;
    }

    private static boolean isArray(Expression shares) {
        return shares.type() instanceof ArrayType;
    }

    private static double[] shares(String name, Expression argument) {
        Object constant = Terms.constant(argument);
        Object[] all = constant instanceof Object[] array ? array : new Object[] {constant};
        double[] shares = new double[all.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = number(name, all[i]);
            if (!(shares[i] >= 0 && shares[i] <= 1)) {
                throw new AnalysisException(
                        "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                        "The percentage of `" + name + "` must be from 0 to 1, but is " + shares[i]);
            }
        }
        return shares;
    }

    private static double number(String name, @Nullable Object constant) {
        if (constant instanceof Utf8 text) {
            return Double.parseDouble(text.toString());
        } else if (constant instanceof BigDecimal decimal) {
            return decimal.doubleValue();
        } else if (constant instanceof Number number) {
            return number.doubleValue();
        }
        throw new AnalysisException(
                "DATATYPE_MISMATCH.UNEXPECTED_NULL",
                "`" + name + "` needs a number that is not null as its second argument");
    }

    private static DataType countable(String name, DataType type) {
        if (type instanceof MapType) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE",
                    "`" + name + "` does not take values of the type " + Failures.name(type));
        }
        return type;
    }
}
