// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.table;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** The type of a column, with Spark's names. */
public sealed interface DataType {

    /** Spark's name of the type as its messages and schemas write it, as {@code double} or {@code array<string>}. */
    String sparkName();

    /** Whether {@code value} is of the Java class that columns of this type hold. Null is a value of every type. */
    boolean accepts(@Nullable Object value);

    /** Whether this is a number: byte to double, or a decimal. */
    // abstract: with a default method here, whichever of this and Simple is touched first would see nulls
    boolean isNumeric();

    /** Types without parameters; each names the Java class of its values. */
    enum Simple implements DataType {
        BOOLEAN(Boolean.class),
        BYTE(Byte.class),
        SHORT(Short.class),
        INTEGER(Integer.class),
        LONG(Long.class),
        FLOAT(Float.class),
        DOUBLE(Double.class),
        STRING(String.class),
        /** {@link Vector} of mllib-local, dense or sparse. */
        VECTOR(Vector.class),
        /** {@link Matrix} of mllib-local. */
        MATRIX(Matrix.class),
        /** What is always null: the type of SQL's {@code NULL}. */
        VOID(Void.class);

        private final Class<?> javaClass;

        Simple(Class<?> javaClass) {
            this.javaClass = javaClass;
        }

        @Override
        public String sparkName() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            return value == null || javaClass.isInstance(value);
        }

        @Override
        public boolean isNumeric() {
            return compareTo(BYTE) >= 0 && compareTo(DOUBLE) <= 0;
        }
    }

    /** Decimal numbers, {@link BigDecimal} in Java. */
    record Decimal(int precision, int scale) implements DataType {
        @Override
        public String sparkName() {
            return "decimal(" + precision + "," + scale + ")";
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            return value == null || value instanceof BigDecimal;
        }

        @Override
        public boolean isNumeric() {
            return true;
        }
    }

    /** Arrays, {@link List} in Java. */
    record Array(DataType element, boolean containsNull) implements DataType {
        @Override
        public String sparkName() {
            return "array<" + element.sparkName() + ">";
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            return value == null
                    || (value instanceof List<?> list && list.stream().allMatch(element::accepts));
        }

        @Override
        public boolean isNumeric() {
            return false;
        }
    }

    /** Structs, {@link Row} in Java. */
    record Struct(Schema schema) implements DataType {
        @Override
        public String sparkName() {
            StringBuilder name = new StringBuilder("struct<");
            for (Field field : schema.fields()) {
                name.append(name.length() > 7 ? "," : "")
                        .append(field.name())
                        .append(':')
                        .append(field.type().sparkName());
            }
            return name.append('>').toString();
        }

        @Override
        public boolean accepts(@Nullable Object value) {
            return value == null || (value instanceof Row row && row.schema().size() == schema.size());
        }

        @Override
        public boolean isNumeric() {
            return false;
        }
    }

    DataType BOOLEAN = Simple.BOOLEAN;
    DataType BYTE = Simple.BYTE;
    DataType SHORT = Simple.SHORT;
    DataType INTEGER = Simple.INTEGER;
    DataType LONG = Simple.LONG;
    DataType FLOAT = Simple.FLOAT;
    DataType DOUBLE = Simple.DOUBLE;
    DataType STRING = Simple.STRING;
    DataType VECTOR = Simple.VECTOR;
    DataType MATRIX = Simple.MATRIX;
    DataType VOID = Simple.VOID;

    /** An array whose elements may be null, as Spark's text stages declare theirs. */
    static DataType arrayOf(DataType element) {
        return new Array(element, true);
    }
}
