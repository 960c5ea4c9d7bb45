// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls functions with constants, and says what comes out in plain Java. */
final class Calls {

    static final Map<String, ScalarFunction> ALL = new HashMap<>();

    static {
        new SparkLibrary().register(function -> ALL.put(function.name(), function));
    }

    private Calls() {}

    static BoundFunction bind(String name, @Nullable Object... arguments) {
        ScalarFunction function = ALL.get(name);
        if (function == null) {
            throw new IllegalArgumentException("There is no function " + name);
        }
        return function.bind(literals(arguments));
    }

    /** What a function gives. */
    static @Nullable Object call(String name, @Nullable Object... arguments) {
        BoundFunction bound = bind(name, arguments);
        List<Expression> literals = literals(arguments);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < literals.size(); i++) {
            Object value = cast(
                    value(literals.get(i)),
                    literals.get(i).type(),
                    bound.parameters().get(i));
            if (value == null && bound.strict()) {
                return null;
            }
            values.add(value);
        }
        Object result = invoke(bound, values);
        assertThat(ValueOrder.equal(result, compiled(bound, literals)))
                .as("%s%s gives the same compiled", name, Arrays.toString(arguments))
                .isTrue();
        assertThat(result != null || bound.mayBeNull())
                .as("%s gives null although it says that it does not", name)
                .isTrue();
        return plain(result);
    }

    private static @Nullable Object compiled(BoundFunction bound, List<Expression> arguments) {
        Schema none = new Schema(List.of());
        Schema out = new Schema(List.of(Field.of("x", bound.type())));
        ColumnBatch row = new ColumnBatch(none, new Column[0], 1);
        Expression call = new Expression.Call(bound, arguments);
        return CompiledProjection.of(List.of(call), none, out)
                .apply(row)
                .column(0)
                .get(0);
    }

    private static @Nullable Object value(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal.value();
        }
        Expression.Call call = (Expression.Call) expression;
        return invoke(
                call.function(), call.arguments().stream().map(Calls::value).toList());
    }

    private static @Nullable Object invoke(BoundFunction bound, List<@Nullable Object> values) {
        Method method = bound.method();
        @Nullable Object[] given = values.toArray();
        if (method.isVarArgs()) {
            int fixed = method.getParameterCount() - 1;
            Object rest = java.lang.reflect.Array.newInstance(
                    method.getParameterTypes()[fixed].getComponentType(), given.length - fixed);
            for (int i = fixed; i < given.length; i++) {
                java.lang.reflect.Array.set(rest, i - fixed, given[i]);
            }
            given = Arrays.copyOf(given, fixed + 1);
            given[fixed] = rest;
        }
        try {
            return method.invoke(bound.target(), given);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static void is(@Nullable Object expected, String name, @Nullable Object... arguments) {
        assertThat(call(name, arguments))
                .as("%s%s", name, Arrays.toString(arguments))
                .isEqualTo(expected);
    }

    static void fails(String condition, String name, @Nullable Object... arguments) {
        Throwable thrown = catchThrowable(() -> call(name, arguments));
        String actual = thrown instanceof QueryExecutionException execution
                ? execution.condition()
                : thrown instanceof AnalysisException analysis ? analysis.condition() : String.valueOf(thrown);
        assertThat(actual).as("%s%s", name, Arrays.toString(arguments)).isEqualTo(condition);
    }

    static Expression.Literal date(String date) {
        return new Expression.Literal((int) LocalDate.parse(date).toEpochDay(), AtomicType.DATE);
    }

    static Expression.Literal time(String instant) {
        return new Expression.Literal(
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant)), AtomicType.TIMESTAMP);
    }

    /** The value that a date or an instant is held as. */
    static Object held(Expression.Literal literal) {
        return java.util.Objects.requireNonNull(literal.value());
    }

    static Expression.Literal typed(DataType type, @Nullable Object value) {
        return new Expression.Literal(inner(value), type);
    }

    static Expression.Literal array(DataType element, @Nullable Object... values) {
        return typed(new ArrayType(element, true), values);
    }

    /** A map of keys and values in turn. */
    static Expression.Literal map(DataType key, DataType value, @Nullable Object... pairs) {
        Object[] keys = new Object[pairs.length / 2];
        @Nullable Object[] values = new @Nullable Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = java.util.Objects.requireNonNull(inner(pairs[2 * i]));
            values[i] = inner(pairs[2 * i + 1]);
        }
        return new Expression.Literal(new MapValue(keys, values), new MapType(key, value, true));
    }

    static Expression.Call nested(String name, @Nullable Object... arguments) {
        return new Expression.Call(bind(name, arguments), literals(arguments));
    }

    static List<@Nullable Object> list(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    private static List<Expression> literals(@Nullable Object... arguments) {
        List<Expression> literals = new ArrayList<>();
        for (Object argument : arguments) {
            literals.add(
                    argument instanceof Expression given
                            ? given
                            : new Expression.Literal(inner(argument), type(argument)));
        }
        return literals;
    }

    private static DataType type(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return new DecimalType(Math.max(decimal.precision(), decimal.scale()), decimal.scale());
        }
        return value == null
                ? AtomicType.NULL
                : value instanceof String
                        ? AtomicType.STRING
                        : value instanceof Integer
                                ? AtomicType.INT
                                : value instanceof Long
                                        ? AtomicType.LONG
                                        : value instanceof Double
                                                ? AtomicType.DOUBLE
                                                : value instanceof Boolean ? AtomicType.BOOLEAN : AtomicType.BINARY;
    }

    private static @Nullable Object inner(@Nullable Object value) {
        if (value instanceof String text) {
            byte[] bytes = ("<" + text + ">").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return new Utf8(bytes, 1, bytes.length - 2); // not at the start of its array
        }
        return value instanceof Object[] array
                ? Arrays.stream(array).map(Calls::inner).toArray()
                : value;
    }

    private static @Nullable Object cast(@Nullable Object value, DataType from, DataType to) {
        if (value == null || ImplicitCasts.same(from, to)) {
            return value;
        }
        if (to == AtomicType.STRING) {
            return value instanceof byte[] bytes ? CodePoints.of(bytes) : Utf8.of(value.toString());
        }
        if (from == AtomicType.DATE && to == AtomicType.TIMESTAMP) {
            return ((Integer) value) * TimeFunctions.DAY;
        }
        if (from == AtomicType.TIMESTAMP && to == AtomicType.DATE) {
            return TimeFunctions.day((Long) value);
        }
        if (to == AtomicType.DOUBLE) {
            return Double.valueOf(value.toString());
        }
        if (to == AtomicType.LONG) {
            return new BigDecimal(value.toString()).longValue();
        }
        if (to == AtomicType.INT) {
            return new BigDecimal(value.toString()).intValueExact();
        }
        if (to instanceof DecimalType decimal) {
            return new BigDecimal(value.toString()).setScale(decimal.scale(), java.math.RoundingMode.HALF_UP);
        }
        if (to instanceof ArrayType || to instanceof MapType || to instanceof StructType) {
            return value;
        }
        throw new IllegalArgumentException("The test casts no " + from + " to " + to);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Utf8 text) {
            return text.toString();
        }
        if (value instanceof Object[] array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : array) {
                list.add(plain(element));
            }
            return list;
        }
        if (value instanceof MapValue map) {
            Map<Object, @Nullable Object> result = new LinkedHashMap<>();
            for (int i = 0; i < map.size(); i++) {
                result.put(java.util.Objects.requireNonNull(plain(map.keys()[i])), plain(map.values()[i]));
            }
            return result;
        }
        return value;
    }
}
