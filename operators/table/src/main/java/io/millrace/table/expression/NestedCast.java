// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.MapValue;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import org.jspecify.annotations.Nullable;

/** Casts arrays, maps and structs element by element. Immutable. */
public final class NestedCast {

    /** What is done with an element. */
    private interface Step {
        @Nullable
        Object apply(@Nullable Object value) throws Exception;
    }

    private final Step step;

    private NestedCast(Step step) {
        this.step = step;
    }

    /** The cast from one nested type to another. */
    static NestedCast of(DataType from, DataType to) {
        return new NestedCast(step(from, to));
    }

    /** The value in the other type. */
    public @Nullable Object cast(Object value) throws Exception {
        return step.apply(value);
    }

    private static Step step(DataType from, DataType to) {
        if (Forms.same(from, to) || from == AtomicType.NULL) {
            return value -> value;
        } else if (from instanceof ArrayType one && to instanceof ArrayType other) {
            Step element = step(one.element(), other.element());
            return value -> value == null ? null : all(element, (Object[]) value);
        } else if (from instanceof MapType one && to instanceof MapType other) {
            Step key = step(one.key(), other.key());
            Step content = step(one.value(), other.value());
            return value -> value == null ? null : map(key, content, (MapValue) value);
        } else if (from instanceof StructType one && to instanceof StructType other) {
            Step[] fields = new Step[one.fields().size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] =
                        step(one.fields().get(i).type(), other.fields().get(i).type());
            }
            return value -> value == null ? null : each(fields, (Object[]) value);
        }
        FunctionCall call = FunctionCall.of(Casts.bind(from, to));
        return value -> value == null ? null : call.call(new Object[] {value});
    }

    private static @Nullable Object[] all(Step step, @Nullable Object[] values) throws Exception {
        @Nullable Object[] cast = new @Nullable Object[values.length];
        for (int i = 0; i < cast.length; i++) {
            cast[i] = step.apply(values[i]);
        }
        return cast;
    }

    @SuppressWarnings("NullAway") // keys are never null
    private static MapValue map(Step key, Step content, MapValue map) throws Exception {
        return new MapValue(all(key, map.keys()), all(content, map.values()));
    }

    private static @Nullable Object[] each(Step[] steps, @Nullable Object[] values) throws Exception {
        @Nullable Object[] cast = new @Nullable Object[values.length];
        for (int i = 0; i < cast.length; i++) {
            cast[i] = steps[i].apply(values[i]);
        }
        return cast;
    }
}
