// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of a class that is being written: its columns, constants and methods. */
final class ClassText {

    private static final String HEAD = """
            package io.millrace.table.expression.generated;
            public final class Loop extends io.millrace.table.expression.GeneratedLoop {
            """;
    private static final String COLUMNS = "io.millrace.table.data.Column[]";

    private final Map<List<Object>, Slot> slots = new LinkedHashMap<>();
    private final List<@Nullable Object> constants = new ArrayList<>();
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder setConstants = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();
    private final StringBuilder lambdas = new StringBuilder();
    private int lambdaCount;
    private int names;

    /** A number no other name has. */
    int next() {
        return names++;
    }

    Slot slot(Slot.Side side, List<Integer> path, DataType type, boolean neverNull) {
        return slots.computeIfAbsent(
                List.of(side, path), key -> new Slot(names++, side, List.copyOf(path), type, neverNull));
    }

    /** The name of a constant field. */
    String constant(@Nullable Object value, String javaType) {
        String name = "k" + constants.size();
        fields.append("private ").append(javaType).append(' ').append(name).append(";\n");
        String object = "constants[" + constants.size() + "]";
        String taken = switch (javaType) {
            case "int" -> "((Integer) " + object + ").intValue()";
            case "long" -> "((Long) " + object + ").longValue()";
            case "float" -> "((Float) " + object + ").floatValue()";
            case "double" -> "((Double) " + object + ").doubleValue()";
            default -> "(" + javaType + ") " + object;
        };
        setConstants.append(name).append(" = ").append(taken).append(";\n");
        constants.add(value);
        return name;
    }

    void field(String declaration) {
        fields.append(declaration).append('\n');
    }

    void method(String text) {
        methods.append(text).append('\n');
    }

    /** The number of a lambda with this body. */
    int lambda(String body) {
        int index = lambdaCount++;
        String values = "Object first, Object second, Object third";
        method("private Object f" + index + "(int i, int j, " + values + ") throws Exception {\n" + body + "}");
        lambdas.append("case " + index + ": return f" + index + "(i, j, first, second, third);\n");
        return index;
    }

    /** A body with local names for the arrays it reads. */
    String withAliases(String body) {
        StringBuilder text = new StringBuilder();
        for (Slot slot : slots.values()) {
            if (slot.usedIn(body)) {
                text.append(slot.aliases());
            }
        }
        return text.append(body).toString();
    }

    @Nullable
    Object[] constants() {
        return constants.toArray();
    }

    /** The whole class. */
    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        StringBuilder bindings = new StringBuilder();
        StringBuilder buffers = new StringBuilder();
        for (Slot slot : slots.values()) {
            text.append(slot.fields());
            (slot.side() == Slot.Side.BUFFER ? buffers : bindings).append(slot.binding());
        }
        text.append(fields)
                .append("public void constants(Object[] constants) {\n")
                .append(setConstants);
        text.append("}\npublic void bind(" + COLUMNS + " left, " + COLUMNS + " right) {\n")
                .append(bindings);
        text.append("}\npublic void buffers(Object[] values, boolean[][] nulls) {\n")
                .append(buffers);
        text.append("}\n").append(methods);
        if (lambdaCount > 0) {
            text.append("public Object lambda(int index, int i, int j, Object first, Object second, Object third)")
                    .append(" throws Exception {\nswitch (index) {\n" + lambdas)
                    .append("default: throw new IllegalArgumentException();\n}\n}\n");
        }
        return text.append("}\n").toString();
    }
}
