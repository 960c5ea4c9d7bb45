// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes values of plain Java as JSON. */
final class JsonValues {

    private record Member(String name, Method accessor) {}

    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(JsonValues::member).toList();
        }
    };

    private JsonValues() {}

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if a value in it is of a class that has no form in JSON
     */
    static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Number number) {
            writeNumber(number, out);
        } else if (value instanceof Enum<?> constant) {
            out.writeString(constant.name());
        } else if (isText(value)) {
            out.writeString(value.toString());
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), out);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out);
        } else if (value instanceof Record) {
            writeRecord(value, out);
        } else if (value instanceof byte[] bytes) {
            out.writeBinary(bytes);
        } else if (value instanceof Iterable<?> values) {
            writeAll(values.iterator(), out);
        } else if (value.getClass().isArray()) {
            writeArray(value, out);
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getName()
                    + " has no form in JSON; give the format a function that makes a map, a record or a list of it");
        }
    }

    private static boolean isText(Object value) {
        return value instanceof CharSequence
                || value instanceof Character
                || value instanceof UUID
                || value instanceof TemporalAccessor
                || value instanceof TemporalAmount;
    }

    private static void writeNumber(Number number, JsonGenerator out) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            if (number instanceof Float) {
                out.writeNumber(number.floatValue());
            } else {
                out.writeNumber(number.doubleValue());
            }
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            out.writeNumber(integer);
        } else {
            out.writeNumber(number.longValue());
        }
    }

    private static void writeMap(Map<?, ?> map, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.writeFieldName(String.valueOf(entry.getKey()));
            write(entry.getValue(), out);
        }
        out.writeEndObject();
    }

    private static void writeRecord(Object value, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Member member : MEMBERS.get(value.getClass())) {
            out.writeFieldName(member.name());
            write(read(member, value), out);
        }
        out.writeEndObject();
    }

    private static void writeAll(Iterator<?> values, JsonGenerator out) throws IOException {
        out.writeStartArray();
        while (values.hasNext()) {
            write(values.next(), out);
        }
        out.writeEndArray();
    }

    private static void writeArray(Object array, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < Array.getLength(array); i++) {
            write(Array.get(array, i), out);
        }
        out.writeEndArray();
    }

    private static Member member(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Member(component.getName(), accessor);
    }

    private static @Nullable Object read(Member member, Object value) {
        try {
            return member.accessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "the component " + member.name() + " of a "
                            + value.getClass().getName() + " cannot be read",
                    e);
        }
    }
}
