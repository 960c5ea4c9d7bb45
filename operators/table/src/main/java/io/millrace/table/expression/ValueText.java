// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Values of a type as texts, as a cast to string and {@code show} write them.
 *
 * @param type the type of the values
 */
public record ValueText(DataType type) {

    /** The text of a value. */
    public Utf8 text(Object value) {
        StringBuilder out = new StringBuilder();
        append(type, value, out);
        return Utf8.of(out.toString());
    }

    private static void append(DataType type, @Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof AtomicType atomic) {
            out.append(atomicText(atomic, value));
        } else if (type instanceof DecimalType) {
            out.append(((BigDecimal) value).toPlainString());
        } else if (type instanceof ArrayType array) {
            Object[] elements = (Object[]) value;
            for (int i = 0; i < elements.length; i++) {
                out.append(i == 0 ? "[" : ", ");
                append(array.element(), elements[i], out);
            }
            out.append(elements.length == 0 ? "[]" : "]");
        } else if (type instanceof MapType map) {
            MapValue entries = (MapValue) value;
            for (int i = 0; i < entries.size(); i++) {
                out.append(i == 0 ? "{" : ", ");
                append(map.key(), entries.keys()[i], out);
                out.append(" -> ");
                append(map.value(), entries.values()[i], out);
            }
            out.append(entries.size() == 0 ? "{}" : "}");
        } else {
            Object[] fields = (Object[]) value;
            for (int i = 0; i < fields.length; i++) {
                out.append(i == 0 ? "{" : ", ");
                append(((StructType) type).fields().get(i).type(), fields[i], out);
            }
            out.append(fields.length == 0 ? "{}" : "}");
        }
    }

    private static String atomicText(AtomicType type, Object value) {
        return switch (type) {
            case DATE -> DateTimeText.formatDate((Integer) value).toString();
            case TIMESTAMP -> DateTimeText.formatTimestamp((Long) value).toString();
            case DAY_TIME_INTERVAL -> DateTimeText.formatDayTime((Long) value).toString();
            case YEAR_MONTH_INTERVAL ->
                DateTimeText.formatYearMonth((Integer) value).toString();
            case BINARY -> new Utf8((byte[]) value, 0, ((byte[]) value).length).toString();
            default -> value.toString();
        };
    }
}
