// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;

/** Reads names of types as Spark writes them, such as {@code struct<start:timestamp,end:timestamp>}. */
final class TypeText {

    private TypeText() {}

    static DataType parse(String text) {
        String type = text.trim();
        if (type.startsWith("array<")) {
            return new ArrayType(parse(inside(type)), true);
        }
        if (type.startsWith("map<")) {
            List<String> parts = parts(inside(type));
            return new MapType(parse(parts.get(0)), parse(parts.get(1)), true);
        }
        if (type.startsWith("struct<")) {
            return new StructType(
                    parts(inside(type)).stream().map(TypeText::field).toList());
        }
        if (type.startsWith("decimal(")) {
            List<String> parts = parts(type.substring("decimal(".length(), type.length() - 1));
            return new DecimalType(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)));
        }
        for (AtomicType atomic : AtomicType.values()) {
            if (atomic.sql().equals(type)) {
                return atomic;
            }
        }
        if (type.startsWith("interval")) {
            return type.contains("year") || type.contains("month")
                    ? AtomicType.YEAR_MONTH_INTERVAL
                    : AtomicType.DAY_TIME_INTERVAL;
        }
        throw new UnsupportedCaseException("the type " + text);
    }

    private static Field field(String text) {
        int colon = text.indexOf(':');
        return Field.of(text.substring(0, colon), parse(text.substring(colon + 1)));
    }

    private static String inside(String type) {
        return type.substring(type.indexOf('<') + 1, type.length() - 1);
    }

    /** What lies between the commas that are in no brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(begin, i).trim());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).trim());
        return parts;
    }
}
