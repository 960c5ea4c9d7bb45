// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.DateTimeText;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes values of a type as JSON; fields that are null are left out. For any threads. */
public final class JsonWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final DataType schema;
    private final boolean ignoreNulls;
    private final TextValues values;

    JsonWriter(DataType schema, FormatOptions options) {
        this.schema = schema;
        this.ignoreNulls = options.isTrue("ignoreNullFields", true);
        this.values = new TextValues(options);
    }

    /** The text. The constants are those the writer was made of. */
    public Utf8 write(Object value, Object... constants) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(out, value, schema);
        } catch (IOException e) {
            throw new UncheckedIOException("A value cannot be written as JSON: " + schema.sql(), e);
        }
        return Utf8.of(text.toString());
    }

    private void write(JsonGenerator out, @Nullable Object value, DataType type) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (type instanceof StructType struct) {
            out.writeStartObject();
            @Nullable Object[] fields = (@Nullable Object[]) value;
            for (int i = 0; i < fields.length; i++) {
                Field field = struct.fields().get(i);
                if (fields[i] != null || !ignoreNulls) {
                    out.writeFieldName(field.name());
                    write(out, fields[i], field.type());
                }
            }
            out.writeEndObject();
        } else if (type instanceof ArrayType array) {
            out.writeStartArray();
            for (Object element : (@Nullable Object[]) value) {
                write(out, element, array.element());
            }
            out.writeEndArray();
        } else if (type instanceof MapType map) {
            out.writeStartObject();
            MapValue entries = (MapValue) value;
            for (int i = 0; i < entries.size(); i++) {
                out.writeFieldName(text(entries.keys()[i], map.key()));
                write(out, entries.values()[i], map.value());
            }
            out.writeEndObject();
        } else {
            writeScalar(out, value, type);
        }
    }

    private void writeScalar(JsonGenerator out, Object value, DataType type) throws IOException {
        if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof BigDecimal decimal) {
            out.writeNumber(decimal.toString());
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Float number) {
            out.writeNumber(number);
        } else if (ImplicitCasts.isWhole(type)) {
            out.writeNumber(((Number) value).longValue());
        } else {
            out.writeString(text(value, type));
        }
    }

    private String text(Object value, DataType type) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (type == AtomicType.DATE) {
            return values.formatDate((Integer) value);
        }
        if (type == AtomicType.TIMESTAMP) {
            return values.formatTimestamp((Long) value);
        }
        if (type == AtomicType.DAY_TIME_INTERVAL) {
            return DateTimeText.formatDayTime((Long) value).toString();
        }
        if (type == AtomicType.YEAR_MONTH_INTERVAL) {
            return DateTimeText.formatYearMonth((Integer) value).toString();
        }
        return value.toString();
    }
}
