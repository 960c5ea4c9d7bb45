// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.AggregateFunction;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Aggregates over values in an order, that of {@code WITHIN GROUP (ORDER BY …)}. */
public final class WithinGroup {

    private WithinGroup() {}

    /** What values are in the order of. */
    public record Key(Expression by, boolean descending, boolean nullsFirst) {}

    /**
     * An aggregate with its order.
     *
     * @param arguments the given ones, and what it orders by
     */
    public record Ordered(BoundAggregate function, List<Expression> arguments) {}

    /** The functions that are nothing without an order: called without one they say so. */
    static void register(Consumer<AggregateFunction> functions) {
        for (String name : List.of("percentile_cont", "percentile_disc")) {
            functions.accept(new Named(name, 0, Integer.MAX_VALUE, (called, arguments) -> {
                throw missing(called);
            }));
        }
    }

    static AnalysisException missing(String name) {
        return error("WITHIN_GROUP_MISSING", "`" + name + "` needs WITHIN GROUP (ORDER BY …)");
    }

    /**
     * An aggregate of values in an order.
     *
     * @throws AnalysisException if the function takes no order, or others than these
     */
    public static Ordered bind(String name, boolean distinct, List<Expression> arguments, List<Key> keys) {
        return switch (name) {
            case "listagg", "string_agg" -> joined(name, distinct, arguments, keys);
            case "mode" -> {
                Key key = only(name, distinct, arguments.size(), 0, keys);
                yield new Ordered(
                        Collections.mode(name, List.of(key.by()), key.descending() ? "greatest" : "least"),
                        List.of(key.by(), flag(key.descending())));
            }
            case "percentile_cont", "percentile_disc" -> {
                Key key = only(name, distinct, arguments.size(), 1, keys);
                List<Expression> all = List.of(key.by(), arguments.get(0), flag(key.descending()));
                yield new Ordered(Collections.ranked(name, all, key.descending()), all);
            }
            default ->
                throw new AnalysisException(
                        "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                        "The function `" + name + "` does not support WITHIN GROUP (ORDER BY …)");
        };
    }

    /** Texts one after the other, in an order: they are kept with what they are ordered by, and sorted at the end. */
    private static Ordered joined(String name, boolean distinct, List<Expression> arguments, List<Key> keys) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw Failures.wrongCount(name, "[1, 2]", arguments.size());
        }
        BoundAggregate plain = Collections.joined(name, arguments);
        Expression text = arguments.get(0);
        if (distinct
                && (keys.size() != 1
                        || !keys.get(0).by().equals(text)
                        || !plain.type().equals(text.type()))) {
            throw error(
                    "MISMATCH_WITH_DISTINCT_INPUT",
                    "`" + name
                            + "` is called with DISTINCT, so what WITHIN GROUP orders by must be what it joins, of the type "
                            + plain.type().sql());
        }
        List<Expression> given = new ArrayList<>(arguments);
        List<DataType> parameters = new ArrayList<>(plain.parameters());
        List<Field> fields = new ArrayList<>(List.of(new Field("text", plain.type(), true, false)));
        List<Expression> kept = new ArrayList<>(List.of(Terms.maybe(1, plain.type())));
        for (Key key : keys) {
            DataType type = key.by().type();
            kept.add(Terms.maybe(1 + given.size(), type));
            fields.add(new Field("key" + fields.size(), type, true, false));
            given.add(key.by());
            parameters.add(type);
        }
        for (Key key : keys) {
            given.add(flag(key.descending()));
            given.add(flag(key.nullsFirst()));
            parameters.add(AtomicType.BOOLEAN);
            parameters.add(AtomicType.BOOLEAN);
        }
        StructType row = new StructType(fields);
        DataType buffer = new ArrayType(row, false);
        Expression added = Terms.when(
                Terms.isNull(Terms.maybe(1, plain.type())), Terms.none(row), new Expression.MakeStruct(kept, row));
        OrderedTexts texts = new OrderedTexts(Collections.separator(name, arguments, plain.type()), keys);
        Expression held = Terms.maybe(0, buffer);
        String method = plain.type() == AtomicType.BINARY ? "bytes" : "text";
        return new Ordered(
                new BoundAggregate(
                        name,
                        parameters,
                        List.of(buffer),
                        List.of(new Expression.Literal(new Object[0], buffer)),
                        List.of(Terms.loose(buffer, null, GrowingList.class, "update", held, added)),
                        List.of(Terms.loose(buffer, null, GrowingList.class, "merge", held, Terms.maybe(1, buffer))),
                        null,
                        Terms.loose(plain.type(), texts, OrderedTexts.class, method, Terms.sure(0, buffer)),
                        plain.type(),
                        true),
                given);
    }

    private static Key only(String name, boolean distinct, int actual, int wanted, List<Key> keys) {
        if (distinct) {
            throw unlike(name);
        }
        if (actual != wanted) {
            throw name.equals("mode")
                    ? orders(name, 0, keys.size())
                    : Failures.wrongCount(name, String.valueOf(wanted), actual);
        }
        if (keys.size() != 1) {
            throw orders(name, 1, keys.size());
        }
        return keys.get(0);
    }

    /** That a function does not go with {@code DISTINCT}. */
    public static AnalysisException unlike(String name) {
        return error("DISTINCT_UNSUPPORTED", "`" + name + "` does not support DISTINCT with WITHIN GROUP");
    }

    private static AnalysisException orders(String name, int wanted, int actual) {
        return error(
                "WRONG_NUM_ORDERINGS",
                "`" + name + "` needs " + wanted + " orderings in WITHIN GROUP but got " + actual);
    }

    private static AnalysisException error(String condition, String message) {
        return new AnalysisException("INVALID_WITHIN_GROUP_EXPRESSION." + condition, message);
    }

    private static Expression.Literal flag(boolean truth) {
        return truth ? Terms.TRUE : Terms.FALSE;
    }

    /** The separator of no separator. */
    static Object none(DataType type) {
        return type == AtomicType.BINARY ? new byte[0] : Utf8.EMPTY;
    }
}
