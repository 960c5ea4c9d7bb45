// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import java.util.List;
import java.util.StringJoiner;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The JSON of a case: rows, schemas, errors. */
final class CaseText {

    private static final int LONGEST_METADATA = 4000;

    private CaseText() {}

    static String lines(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row(row)).append('\n'));
        return text.toString();
    }

    private static String row(Row row) {
        StringJoiner text = new StringJoiner(",", "{", "}");
        String[] names = row.schema().fieldNames();
        for (int i = 0; i < row.size(); i++) {
            text.add(quoted(names[i]) + ":" + value(row.get(i)));
        }
        return text.toString();
    }

    private static String value(Object value) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number) ? quoted(value.toString()) : value.toString();
        }
        if (value instanceof Number) {
            return value.toString();
        }
        if (value instanceof DenseVector vector) {
            return "{\"type\":\"dense\",\"size\":" + vector.size() + ",\"values\":" + numbers(vector.values()) + "}";
        }
        if (value instanceof SparseVector vector) {
            StringJoiner indices = new StringJoiner(",", "[", "]");
            for (int index : vector.indices()) {
                indices.add(Integer.toString(index));
            }
            return "{\"type\":\"sparse\",\"size\":" + ((Vector) vector).size() + ",\"indices\":" + indices
                    + ",\"values\":" + numbers(vector.values()) + "}";
        }
        if (value instanceof Row row) {
            return row(row);
        }
        if (value instanceof scala.collection.Seq<?> list) {
            StringJoiner text = new StringJoiner(",", "[", "]");
            for (int i = 0; i < list.length(); i++) {
                text.add(value(list.apply(i)));
            }
            return text.toString();
        }
        return quoted(value.toString());
    }

    private static String numbers(double[] values) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (double value : values) {
            text.add(value(value));
        }
        return text.toString();
    }

    static String schema(StructType schema) {
        StringJoiner text = new StringJoiner(",\n    ", "{\"type\":\"struct\",\"fields\":[", "]}");
        for (StructField field : schema.fields()) {
            String metadata = field.metadata().json();
            String said = metadata.equals("{}")
                    ? ""
                    : metadata.length() > LONGEST_METADATA ? ",\"metadataLeftOut\":true" : ",\"metadata\":" + metadata;
            text.add("{\"name\":" + quoted(field.name()) + ",\"type\":" + type(field.dataType()) + ",\"nullable\":"
                    + field.nullable() + said + "}");
        }
        return text.toString();
    }

    private static String type(DataType type) {
        if (type instanceof VectorUDT) {
            return "\"vector\"";
        }
        if (type instanceof StructType struct) {
            return schema(struct);
        }
        if (type instanceof ArrayType array) {
            return "{\"type\":\"array\",\"elementType\":" + type(array.elementType()) + ",\"containsNull\":"
                    + array.containsNull() + "}";
        }
        return quoted(type.typeName());
    }

    /** The innermost cause, the first line of its message. */
    static String error(Throwable thrown) {
        Throwable cause = cause(thrown);
        String message = String.valueOf(cause.getMessage());
        return "{\"class\":" + quoted(cause.getClass().getName()) + ",\"message\":" + quoted(message.split("\n")[0])
                + "}";
    }

    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
