// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A column that generated code reads, or an array of accumulators that it reads and writes.
 *
 * @param id its number in the class
 * @param side where it comes from
 * @param path the place of the column, then of the fields of structs; the number of the buffer
 * @param type the type of the values
 * @param neverNull the code does not look for nulls
 */
record Slot(int id, Side side, List<Integer> path, DataType type, boolean neverNull) {

    /** Where a column comes from. */
    enum Side {
        LEFT,
        RIGHT,
        BUFFER
    }

    /** The variable that holds the row: {@code i} counts rows of the left, {@code j} those of the right or groups. */
    String row() {
        return side == Side.LEFT ? "i" : "j";
    }

    String fields() {
        String nulls = "private boolean[] z" + id + ";\n";
        if (side == Side.BUFFER) {
            return nulls + "private " + element() + "[] a" + id + ";\n";
        } else if (isBytes()) {
            return nulls + "private byte[] b" + id + "; private int[] a" + id + "; private int[] l" + id + ";\n";
        } else if (type instanceof StructType) {
            return nulls + "private io.millrace.table.data.Column a" + id + ";\n";
        }
        return nulls + "private " + element() + "[] a" + id + ";\n";
    }

    String binding() {
        if (side == Side.BUFFER) {
            int buffer = path.get(0);
            return "a" + id + " = (" + element() + "[]) values[" + buffer + "]; z" + id + " = nulls[" + buffer + "];\n";
        }
        String from = side == Side.LEFT ? "left" : "right";
        String steps = path.stream().map(String::valueOf).collect(Collectors.joining(",", "new int[]{", "}"));
        String column = "c" + id;
        String text = "io.millrace.table.data.Column " + column + " = at(" + from + ", " + steps + "); z" + id
                + " = nullsAt(" + from + ", " + steps + ");\n";
        if (isBytes()) {
            String cast = "((io.millrace.table.data.Utf8Column) " + column + ")";
            return text + "b" + id + " = " + cast + ".bytes(); a" + id + " = " + cast + ".starts(); l" + id + " = "
                    + cast + ".lengths();\n";
        } else if (type instanceof StructType) {
            return text + "a" + id + " = " + column + ";\n";
        }
        return text + "a" + id + " = ((io.millrace.table.data." + columnClass() + ") " + column + ").values();\n";
    }

    /** Local names for the arrays, so that a loop does not read fields. */
    String aliases() {
        if (side != Side.BUFFER && isBytes()) {
            return "final boolean[] z" + id + " = this.z" + id + "; final byte[] b" + id + " = this.b" + id
                    + "; final int[] a" + id + " = this.a" + id + "; final int[] l" + id + " = this.l" + id + ";\n";
        } else if (side != Side.BUFFER && type instanceof StructType) {
            return "";
        }
        return "final boolean[] z" + id + " = this.z" + id + "; final " + element() + "[] a" + id + " = this.a" + id
                + ";\n";
    }

    boolean usedIn(String text) {
        return text.contains("a" + id + "[") || text.contains("z" + id + "[");
    }

    /** Reads the value of the row. */
    String read() {
        String entry = "a" + id + "[" + row() + "]";
        if (side == Side.BUFFER) {
            return switch (element()) {
                case "int" -> type == AtomicType.BOOLEAN ? "(" + entry + " != 0)" : entry;
                case "Object" ->
                    Forms.java(type).equals("Object") ? entry : "((" + Forms.java(type) + ") " + entry + ")";
                default -> entry;
            };
        } else if (type == AtomicType.STRING) {
            return "new " + Forms.UTF8 + "(b" + id + ", " + entry + ", l" + id + "[" + row() + "])";
        } else if (type == AtomicType.BINARY) {
            return "java.util.Arrays.copyOfRange(b" + id + ", " + entry + ", " + entry + " + l" + id + "[" + row()
                    + "])";
        } else if (type instanceof StructType) {
            return "a" + id + ".get(" + row() + ")";
        } else if (type == AtomicType.BOOLEAN) {
            return "(" + entry + " != 0)";
        }
        return Forms.isPrimitive(type) || Forms.java(type).equals("Object")
                ? entry
                : "((" + Forms.java(type) + ") " + entry + ")";
    }

    /** The type of an element of the array. */
    String element() {
        String java = Forms.java(type);
        return List.of("int", "long", "float", "double").contains(java)
                ? java
                : java.equals("boolean") ? "int" : "Object";
    }

    private boolean isBytes() {
        return type == AtomicType.STRING || type == AtomicType.BINARY;
    }

    private String columnClass() {
        String element = element();
        return element.substring(0, 1).toUpperCase(Locale.ROOT) + element.substring(1) + "Column";
    }

    /** The path as an array. */
    int[] steps() {
        return path.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return side + Arrays.toString(steps());
    }
}
