// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.table.Row;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written of rows into files of JSON and CSV, as Spark does: nulls left out of objects, times in ISO form, binaries in Base64. */
final class RowJson {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private RowJson() {}

    /** An object; values that are null are left out. */
    static Map<String, Object> of(Row row) {
        Schema schema = row.schema();
        if (schema == null) {
            throw new IllegalArgumentException("the row " + row + " has no names");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = value(row.get(i));
            if (value != null) {
                object.put(schema.field(i).name(), value);
            }
        }
        return object;
    }

    /** The fields of a line of CSV. */
    static List<@Nullable Object> fields(Row row) {
        List<@Nullable Object> fields = new ArrayList<>();
        for (Object value : row.values()) {
            fields.add(value(value));
        }
        return fields;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Row row) {
            return of(row);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(one -> values.add(value(one)));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, one) -> values.put(String.valueOf(value(key)), value(one)));
            return values;
        }
        if (value instanceof Instant instant) {
            boolean whole = instant.equals(instant.truncatedTo(ChronoUnit.MILLIS));
            return (whole ? MILLIS : MICROS).format(instant);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof Duration ? value.toString() : value;
    }
}
