// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Arrays: making, sorting, cutting, adding and removing. Places count from 1. */
public final class ArrayFunctions implements FunctionLibrary {

    private static final Comparator<@Nullable Object> NULLS_FIRST = ValueOrder::compare;

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(ArrayFunctions.class);
        all.bound("array", 0, Integer.MAX_VALUE, (name, arguments) -> array(all, name, arguments))
                .bound(
                        "array_size",
                        1,
                        1,
                        (name, arguments) -> all.call(name, "size", INT, List.of(Types.array(name, arguments, 0))))
                .bound("sort_array", 1, 2, (name, arguments) -> sameType(all, "sorted", name, arguments, BOOLEAN))
                .bound("array_compact", 1, 1, (name, arguments) -> sameType(all, "compact", name, arguments))
                .bound("slice", 3, 3, (name, arguments) -> sameType(all, "slice", name, arguments, INT, INT))
                .bound("flatten", 1, 1, (name, arguments) -> flatten(all, name, arguments))
                .bound("array_max", 1, 1, (name, arguments) -> element(all, "max", name, arguments))
                .bound("array_min", 1, 1, (name, arguments) -> element(all, "min", name, arguments))
                .bound("array_append", 2, 2, (name, arguments) -> added(all, "append", name, arguments))
                .bound("array_prepend", 2, 2, (name, arguments) -> added(all, "prepend", name, arguments))
                .bound("array_remove", 2, 2, (name, arguments) -> removed(all, name, arguments))
                .bound("array_insert", 3, 3, (name, arguments) -> inserted(all, name, arguments))
                .bound("array_repeat", 2, 2, (name, arguments) -> repeated(all, name, arguments))
                .bound("arrays_zip", 1, Integer.MAX_VALUE, Structs::zip)
                .add("array_join", STRING, "join", new ArrayType(STRING, true), STRING)
                .add("array_join", STRING, "join", new ArrayType(STRING, true), STRING, STRING)
                .register(to);
    }

    private static BoundFunction array(Definitions all, String name, List<Expression> arguments) {
        DataType element = ImplicitCasts.common(arguments).orElse(null);
        if (element == null) {
            throw Definitions.differing(name, arguments);
        }
        ArrayType type = new ArrayType(element, arguments.stream().anyMatch(Expression::nullable));
        return all.call(name, "array", type, Definitions.times(arguments.size(), element));
    }

    private static BoundFunction sameType(
            Definitions all, String method, String name, List<Expression> arguments, DataType... others) {
        ArrayType type = Types.array(name, arguments, 0);
        if (method.startsWith("sorted") && !Types.isOrderable(type)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                    "`" + name + "` cannot sort " + type.sql() + ": its elements have no order");
        }
        List<DataType> parameters = new ArrayList<>(List.of(type));
        parameters.addAll(List.of(others).subList(0, arguments.size() - 1));
        return all.call(name, method, type, parameters);
    }

    /** A call that sorts with nulls at the end. */
    static BoundFunction sortedNullsLast(String name, List<Expression> arguments) {
        return sameType(new Definitions(ArrayFunctions.class), "sortedNullsLast", name, arguments);
    }

    private static BoundFunction flatten(Definitions all, String name, List<Expression> arguments) {
        ArrayType outer = Types.array(name, arguments, 0);
        if (!(outer.element() instanceof ArrayType inner)) {
            throw Definitions.unexpectedType(name, 0, "an array of arrays", outer);
        }
        return all.call(name, "flatten", inner, List.of(outer));
    }

    private static BoundFunction element(Definitions all, String method, String name, List<Expression> arguments) {
        ArrayType type = Types.array(name, arguments, 0);
        return all.call(name, method, type.element(), List.of(type));
    }

    private static BoundFunction added(Definitions all, String method, String name, List<Expression> arguments) {
        ArrayType type = Types.arrayAnd(name, arguments, 1);
        return all.call(name, method, new ArrayType(type.element(), true), List.of(type, type.element()));
    }

    private static BoundFunction removed(Definitions all, String name, List<Expression> arguments) {
        ArrayType type = Types.arrayAnd(name, arguments, 1);
        return all.call(name, "remove", type, List.of(type, type.element()));
    }

    private static BoundFunction inserted(Definitions all, String name, List<Expression> arguments) {
        ArrayType type = Types.arrayAnd(name, arguments, 2);
        return all.call(name, "insert", new ArrayType(type.element(), true), List.of(type, INT, type.element()));
    }

    private static BoundFunction repeated(Definitions all, String name, List<Expression> arguments) {
        Expression element = arguments.get(0);
        DataType times = arguments.get(1).type();
        if (times != AtomicType.NULL && (!ImplicitCasts.isWhole(times) || times == AtomicType.LONG)) {
            throw Definitions.unexpectedType(name, 1, INT.sql(), times);
        }
        ArrayType type = new ArrayType(element.type(), element.nullable());
        return all.call(name, "repeat", type, List.of(element.type(), INT));
    }

    public static @Nullable Object[] array(@Nullable Object... elements) {
        return elements;
    }

    public static int size(Object[] array) {
        return array.length;
    }

    public static @Nullable Object[] sorted(@Nullable Object[] array) {
        return sorted(array, true);
    }

    /** In order, nulls first; the other way round, nulls last. */
    public static @Nullable Object[] sorted(@Nullable Object[] array, boolean ascending) {
        return sorted(array, ascending ? NULLS_FIRST : NULLS_FIRST.reversed());
    }

    public static @Nullable Object[] sortedNullsLast(@Nullable Object[] array) {
        return sorted(array, (a, b) -> a == null || b == null ? -ValueOrder.compare(a, b) : ValueOrder.compare(a, b));
    }

    private static @Nullable Object[] sorted(@Nullable Object[] array, Comparator<@Nullable Object> order) {
        @Nullable Object[] copy = array.clone();
        Arrays.sort(copy, order);
        return copy;
    }

    /** Without nulls. */
    public static Object[] compact(@Nullable Object[] array) {
        return Arrays.stream(array).filter(element -> element != null).toArray();
    }

    /** Some elements from a place on, which counts from the end if negative. */
    public static @Nullable Object[] slice(@Nullable Object[] array, int place, int length) {
        if (place == 0) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.START",
                    "The value of parameter `start` in `slice` is invalid: places count from 1, or from the end by -1");
        }
        if (length < 0) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.LENGTH",
                    "The value of parameter `length` in `slice` is invalid: it must be 0 or more, but is " + length);
        }
        int from = place > 0 ? place - 1 : array.length + place;
        if (from < 0 || from >= array.length) {
            return new Object[0];
        }
        return Arrays.copyOfRange(array, from, (int) Math.min((long) from + length, array.length));
    }

    /** The elements of all inner arrays; null if one of those is. */
    public static @Nullable Object @Nullable [] flatten(@Nullable Object[] arrays) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object array : arrays) {
            if (array == null) {
                return null;
            }
            all.addAll(Arrays.asList((@Nullable Object[]) array));
        }
        return all.toArray();
    }

    /** The greatest that is not null; null if there is none. */
    public static @Nullable Object max(@Nullable Object[] array) {
        return ConditionalFunctions.greatest(array);
    }

    public static @Nullable Object min(@Nullable Object[] array) {
        return ConditionalFunctions.least(array);
    }

    public static @Nullable Object @Nullable [] append(@Nullable Object @Nullable [] array, @Nullable Object element) {
        return array == null ? null : inserted(array, array.length, element);
    }

    public static @Nullable Object @Nullable [] prepend(@Nullable Object @Nullable [] array, @Nullable Object element) {
        return array == null ? null : inserted(array, 0, element);
    }

    private static @Nullable Object[] inserted(@Nullable Object[] array, int at, @Nullable Object element) {
        @Nullable Object[] result = new @Nullable Object[Math.max(array.length, at) + 1];
        System.arraycopy(array, 0, result, 0, Math.min(at, array.length));
        result[at] = element;
        if (at < array.length) {
            System.arraycopy(array, at, result, at + 1, array.length - at);
        }
        return result;
    }

    /** With an element at a place, which counts from the end if negative; nulls fill a gap. */
    public static @Nullable Object @Nullable [] insert(
            @Nullable Object @Nullable [] array, @Nullable Integer place, @Nullable Object element) {
        if (array == null || place == null) {
            return null;
        }
        if (place == 0) {
            throw Elements.indexOfZero();
        }
        if (place > 0) {
            return inserted(array, place - 1, element);
        }
        int at = array.length + place + 1;
        if (at >= 0) {
            return inserted(array, at, element);
        }
        @Nullable Object[] result = new @Nullable Object[array.length - at + 1];
        result[0] = element;
        System.arraycopy(array, 0, result, 1 - at, array.length);
        return result;
    }

    /** Without the elements that equal a value. */
    public static @Nullable Object[] remove(@Nullable Object[] array, Object value) {
        return Arrays.stream(array)
                .filter(element -> !ValueOrder.equal(element, value))
                .toArray();
    }

    public static @Nullable Object @Nullable [] repeat(@Nullable Object element, @Nullable Integer times) {
        if (times == null) {
            return null;
        }
        @Nullable Object[] result = new @Nullable Object[Math.max(times, 0)];
        Arrays.fill(result, element);
        return result;
    }

    /** The texts that are not null, with a separator between them. */
    public static Utf8 join(@Nullable Object[] texts, Utf8 separator) {
        return Concatenation.joined(separator, Arrays.asList(texts));
    }

    /** The texts with a separator between them, another text in place of nulls. */
    public static Utf8 join(@Nullable Object[] texts, Utf8 separator, Utf8 instead) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object text : texts) {
            all.add(text == null ? instead : text);
        }
        return Concatenation.joined(separator, all);
    }
}
