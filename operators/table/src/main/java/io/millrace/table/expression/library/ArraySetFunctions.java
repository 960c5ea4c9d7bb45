// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.LONG;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.ValueOrder;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Arrays as sets: what is in them, in both, in one of them. Equal elements keep the order in which they come first. */
public final class ArraySetFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(ArraySetFunctions.class);
        all.bound("array_contains", 2, 2, (name, arguments) -> withElement(all, "contains", BOOLEAN, name, arguments))
                .bound("array_position", 2, 2, (name, arguments) -> withElement(all, "position", LONG, name, arguments))
                .bound("array_distinct", 1, 1, (name, arguments) -> distinct(all, name, arguments))
                .bound("array_union", 2, 2, (name, arguments) -> ofTwo(all, "union", name, arguments))
                .bound("array_intersect", 2, 2, (name, arguments) -> ofTwo(all, "intersect", name, arguments))
                .bound("array_except", 2, 2, (name, arguments) -> ofTwo(all, "except", name, arguments))
                .bound("arrays_overlap", 2, 2, (name, arguments) -> overlap(all, name, arguments))
                .register(to);
    }

    private static BoundFunction withElement(
            Definitions all, String method, DataType result, String name, List<Expression> arguments) {
        if (method.equals("contains") && arguments.get(1).type() == AtomicType.NULL) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.NULL_TYPE", "`" + name + "` cannot look for a value without a type, as NULL is");
        }
        ArrayType type = Types.arrayAnd(name, arguments, 1);
        return all.call(name, method, result, List.of(type, type.element()));
    }

    private static BoundFunction distinct(Definitions all, String name, List<Expression> arguments) {
        ArrayType type = Types.array(name, arguments, 0);
        return all.call(name, "distinct", type, List.of(type));
    }

    private static BoundFunction ofTwo(Definitions all, String method, String name, List<Expression> arguments) {
        ArrayType type = Types.arrays(name, arguments);
        return all.call(name, method, type, List.of(type, type));
    }

    private static BoundFunction overlap(Definitions all, String name, List<Expression> arguments) {
        ArrayType type = Types.arrays(name, arguments);
        return all.call(name, "overlap", BOOLEAN, List.of(type, type));
    }

    /** Whether an element equals a value; null if none does but one is null. */
    public static @Nullable Boolean contains(@Nullable Object[] array, Object value) {
        boolean unknown = false;
        for (Object element : array) {
            if (element == null) {
                unknown = true;
            } else if (ValueOrder.equal(element, value)) {
                return true;
            }
        }
        return unknown ? null : (Boolean) false;
    }

    /** The place of the first element that equals a value, from 1; 0 if none does. */
    public static long position(@Nullable Object[] array, Object value) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] != null && ValueOrder.equal(array[i], value)) {
                return i + 1L;
            }
        }
        return 0;
    }

    public static @Nullable Object[] distinct(@Nullable Object[] array) {
        return union(array, new Object[0]);
    }

    public static @Nullable Object[] union(@Nullable Object[] left, @Nullable Object[] right) {
        Set<@Nullable Object> seen = set();
        List<@Nullable Object> result = new ArrayList<>();
        for (@Nullable Object[] array : List.of(left, right)) {
            for (Object element : array) {
                if (seen.add(element)) {
                    result.add(element);
                }
            }
        }
        return result.toArray();
    }

    public static @Nullable Object[] intersect(@Nullable Object[] left, @Nullable Object[] right) {
        return chosen(left, right, true);
    }

    public static @Nullable Object[] except(@Nullable Object[] left, @Nullable Object[] right) {
        return chosen(left, right, false);
    }

    private static @Nullable Object[] chosen(@Nullable Object[] left, @Nullable Object[] right, boolean common) {
        Set<@Nullable Object> others = set(right);
        Set<@Nullable Object> seen = set();
        List<@Nullable Object> result = new ArrayList<>();
        for (Object element : left) {
            if (others.contains(element) == common && seen.add(element)) {
                result.add(element);
            }
        }
        return result.toArray();
    }

    /** Whether they have an element in common that is not null; null if not, but one of them has a null and the other is not empty. */
    public static @Nullable Boolean overlap(@Nullable Object[] left, @Nullable Object[] right) {
        Set<@Nullable Object> others = set(right);
        boolean unknown = others.contains(null) && left.length > 0;
        for (Object element : left) {
            if (element == null) {
                unknown |= right.length > 0;
            } else if (others.contains(element)) {
                return true;
            }
        }
        return unknown ? null : (Boolean) false;
    }

    private static Set<@Nullable Object> set(@Nullable Object... elements) {
        Set<@Nullable Object> set = new TreeSet<>((a, b) -> ValueOrder.compare(a, b));
        for (Object element : elements) {
            set.add(element);
        }
        return set;
    }
}
