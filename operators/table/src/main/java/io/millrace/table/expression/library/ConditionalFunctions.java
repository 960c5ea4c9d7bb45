// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.NULL;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Choices between values, as calls: all arguments are computed. A planner that knows {@link Expression.Case} takes that instead. */
public final class ConditionalFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(ConditionalFunctions.class);
        all.bound("coalesce", 1, Integer.MAX_VALUE, (name, arguments) -> alike(all, "coalesce", name, arguments))
                .bound("nvl ifnull", 2, 2, (name, arguments) -> alike(all, "coalesce", name, arguments))
                .bound("nullif", 2, 2, (name, arguments) -> alike(all, "nullif", name, arguments))
                .bound("greatest", 2, Integer.MAX_VALUE, (name, arguments) -> alike(all, "greatest", name, arguments))
                .bound("least", 2, Integer.MAX_VALUE, (name, arguments) -> alike(all, "least", name, arguments))
                .bound(
                        "nvl2",
                        3,
                        3,
                        (name, arguments) ->
                                choice(all, name, arguments, arguments.get(0).type()))
                .bound("if iff", 3, 3, (name, arguments) -> choice(all, name, arguments, BOOLEAN))
                .bound("isnull", 1, 1, (name, arguments) -> ofAny(all, "isNull", name, arguments))
                .bound("isnotnull", 1, 1, (name, arguments) -> ofAny(all, "isNotNull", name, arguments))
                .bound(
                        "typeof",
                        1,
                        1,
                        (name, arguments) -> typeOf(name, arguments.get(0).type()))
                .add("raise_error", NULL, "raiseError", STRING)
                .add("assert_true", NULL, "assertTrue", BOOLEAN)
                .add("assert_true", NULL, "assertTrue", BOOLEAN, STRING)
                .register(to);
    }

    private static BoundFunction alike(Definitions all, String method, String name, List<Expression> arguments) {
        DataType type = ImplicitCasts.common(arguments).orElse(null);
        boolean texts = (method.equals("greatest") || method.equals("least")) && mixesTexts(arguments);
        if (type == null || texts || (!method.equals("coalesce") && !Types.isOrderable(type))) {
            throw Definitions.differing(name, arguments);
        }
        return all.call(name, method, type, Definitions.times(arguments.size(), type));
    }

    /** Whether some values are texts and others are not. */
    private static boolean mixesTexts(List<Expression> arguments) {
        List<DataType> types = arguments.stream()
                .map(Expression::type)
                .filter(type -> type != NULL)
                .toList();
        return types.contains(STRING) && types.stream().anyMatch(type -> type != STRING);
    }

    private static BoundFunction choice(Definitions all, String name, List<Expression> arguments, DataType condition) {
        DataType type = ImplicitCasts.common(arguments.subList(1, 3)).orElse(null);
        if (type == null) {
            throw Definitions.differing(name, arguments.subList(1, 3));
        }
        if (!ImplicitCasts.accepts(arguments.get(0).type(), condition)) {
            throw Definitions.unexpectedType(
                    name, 0, condition.sql(), arguments.get(0).type());
        }
        return all.call(
                name,
                condition == BOOLEAN && !name.equals("nvl2") ? "choose" : "nvl2",
                type,
                List.of(condition, type, type));
    }

    private static BoundFunction ofAny(Definitions all, String method, String name, List<Expression> arguments) {
        return all.call(name, method, BOOLEAN, List.of(arguments.get(0).type()));
    }

    private static BoundFunction typeOf(String name, DataType type) {
        return Methods.bind(name, Constant.class, new Constant(Utf8.of(type.sql())), "get", STRING, List.of(type));
    }

    /**
     * A text that does not depend on what it is asked with.
     *
     * @param value the text
     */
    public record Constant(Utf8 value) {
        public Utf8 get(@Nullable Object ignored) {
            return value;
        }
    }

    /** The first that is not null. */
    public static @Nullable Object coalesce(@Nullable Object... values) {
        for (Object value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Null if both are equal, else the first. */
    public static @Nullable Object nullif(@Nullable Object value, @Nullable Object other) {
        return value != null && other != null && ValueOrder.equal(value, other) ? null : value;
    }

    public static @Nullable Object nvl2(@Nullable Object value, @Nullable Object isThere, @Nullable Object isNull) {
        return value != null ? isThere : isNull;
    }

    public static @Nullable Object choose(
            @Nullable Boolean condition, @Nullable Object then, @Nullable Object otherwise) {
        return condition != null && condition ? then : otherwise;
    }

    /** The greatest of those that are not null. */
    public static @Nullable Object greatest(@Nullable Object... values) {
        Object best = null;
        for (Object value : values) {
            if (value != null && (best == null || ValueOrder.compare(value, best) > 0)) {
                best = value;
            }
        }
        return best;
    }

    /** The least of those that are not null. */
    public static @Nullable Object least(@Nullable Object... values) {
        Object best = null;
        for (Object value : values) {
            if (value != null && (best == null || ValueOrder.compare(value, best) < 0)) {
                best = value;
            }
        }
        return best;
    }

    public static boolean isNull(@Nullable Object value) {
        return value == null;
    }

    public static boolean isNotNull(@Nullable Object value) {
        return value != null;
    }

    /** Fails. */
    @SuppressWarnings("DoNotCallSuggester") // only called by who wants an error
    public static @Nullable Object raiseError(@Nullable Utf8 message) {
        throw new QueryExecutionException("USER_RAISED_EXCEPTION", String.valueOf(message));
    }

    public static @Nullable Object assertTrue(@Nullable Boolean condition) {
        return assertTrue(condition, Utf8.of("the condition is not true"));
    }

    /** Null if the condition is true; fails if not. */
    public static @Nullable Object assertTrue(@Nullable Boolean condition, @Nullable Utf8 message) {
        return condition != null && condition ? null : raiseError(message);
    }
}
