// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;

/** How values of a type look in generated code. */
final class Forms {

    static final String UTF8 = "io.millrace.table.data.Utf8";

    private Forms() {}

    /** The Java type of a variable. */
    static String java(DataType type) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case BOOLEAN -> "boolean";
                case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> "int";
                case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> "long";
                case FLOAT -> "float";
                case DOUBLE -> "double";
                case STRING -> UTF8;
                case BINARY -> "Object";
                case NULL -> "Object";
            };
        }
        return type instanceof DecimalType ? "java.math.BigDecimal" : "Object";
    }

    /** The value of a variable that was not set. */
    static String unset(DataType type) {
        return switch (java(type)) {
            case "boolean" -> "false";
            case "int" -> "0";
            case "long" -> "0L";
            case "float" -> "0f";
            case "double" -> "0d";
            default -> "null";
        };
    }

    static boolean isPrimitive(DataType type) {
        return !unset(type).equals("null");
    }

    /** The class that boxes values of a type. */
    static String boxed(DataType type) {
        return switch (java(type)) {
            case "boolean" -> "Boolean";
            case "int" -> "Integer";
            case "long" -> "Long";
            case "float" -> "Float";
            case "double" -> "Double";
            default -> java(type);
        };
    }

    /** An object from a value. */
    static String box(DataType type, String value) {
        return isPrimitive(type) ? boxed(type) + ".valueOf(" + value + ")" : value;
    }

    /** A value from an object that is not null. */
    static String unbox(DataType type, String object) {
        String cast = "((" + boxed(type) + ") " + object + ")";
        return isPrimitive(type) ? cast + "." + java(type) + "Value()" : cast;
    }

    /** Whether values of two types are held alike and mean the same, so that no cast is needed. */
    static boolean same(DataType left, DataType right) {
        if (left instanceof ArrayType one && right instanceof ArrayType other) {
            return same(one.element(), other.element());
        } else if (left instanceof MapType one && right instanceof MapType other) {
            return same(one.key(), other.key()) && same(one.value(), other.value());
        } else if (left instanceof StructType one && right instanceof StructType other) {
            if (one.fields().size() != other.fields().size()) {
                return false;
            }
            for (int i = 0; i < one.fields().size(); i++) {
                if (!same(one.fields().get(i).type(), other.fields().get(i).type())) {
                    return false;
                }
            }
            return true;
        }
        return left.equals(right);
    }
}
