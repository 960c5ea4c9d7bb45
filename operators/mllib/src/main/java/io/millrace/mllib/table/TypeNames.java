// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import java.util.Locale;
import java.util.stream.Collectors;

/** The names of types that Spark's messages write: that of SQL, that of Scala's object, and that of its class. */
public final class TypeNames {

    private static final String VECTOR = "struct<type:tinyint,size:int,indices:array<int>,values:array<double>>";
    private static final String MATRIX = "struct<type:tinyint,numRows:int,numCols:int,colPtrs:array<int>,"
            + "rowIndices:array<int>,values:array<double>,isTransposed:boolean>";

    private TypeNames() {}

    /** Spark's {@code catalogString}, as {@code bigint}. */
    public static String catalog(DataType type) {
        if (type instanceof DataType.Array array) {
            return "array<" + catalog(array.element()) + ">";
        }
        if (type instanceof DataType.Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> field.name() + ":" + catalog(field.type()))
                    .collect(Collectors.joining(",", "struct<", ">"));
        }
        if (type instanceof DataType.Simple simple) {
            return switch (simple) {
                case BYTE -> "tinyint";
                case SHORT -> "smallint";
                case INTEGER -> "int";
                case LONG -> "bigint";
                case VECTOR -> VECTOR;
                case MATRIX -> MATRIX;
                default -> type.sparkName();
            };
        }
        return type.sparkName();
    }

    /** Spark's {@code toString}, as {@code LongType}. */
    public static String scala(DataType type) {
        if (type instanceof DataType.Array array) {
            return "ArrayType(" + scala(array.element()) + "," + array.containsNull() + ")";
        }
        if (type instanceof DataType.Struct struct) {
            return struct.schema().fields().stream()
                    .map(field ->
                            "StructField(" + field.name() + "," + scala(field.type()) + "," + field.nullable() + ")")
                    .collect(Collectors.joining(",", "StructType(", ")"));
        }
        if (type instanceof DataType.Decimal decimal) {
            return "DecimalType(" + decimal.precision() + "," + decimal.scale() + ")";
        }
        return simpleClass(type);
    }

    /** The class of Spark's type as {@code Class.toString} writes it. */
    public static String javaClass(DataType type) {
        if (type.equals(DataType.VECTOR) || type.equals(DataType.MATRIX)) {
            return "class org.apache.spark.ml.linalg." + (type.equals(DataType.VECTOR) ? "VectorUDT" : "MatrixUDT");
        }
        return "class org.apache.spark.sql.types." + simpleClass(type) + (type instanceof DataType.Simple ? "$" : "");
    }

    private static String simpleClass(DataType type) {
        if (type.equals(DataType.VECTOR)) {
            return "org.apache.spark.ml.linalg.VectorUDT@3bfc3ba7";
        }
        String name = type instanceof DataType.Simple simple
                ? simple.name()
                : type.getClass().getSimpleName();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + "Type";
    }
}
