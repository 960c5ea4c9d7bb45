// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.StructColumn;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Computes columns from those of a batch, in loops compiled for the expressions. Immutable; for many threads. */
public final class CompiledProjection {

    private final Schema out;
    private final List<Output> outputs;
    private final @Nullable LoopClass loops;

    private CompiledProjection(Schema out, List<Output> outputs, @Nullable LoopClass loops) {
        this.out = out;
        this.outputs = outputs;
        this.loops = loops;
    }

    /**
     * Compiles some expressions.
     *
     * @param in the schema their references mean
     * @param out the schema of the result; a type that differs from that of the expression makes a cast
     */
    public static CompiledProjection of(List<? extends Expression> expressions, Schema in, Schema out) {
        if (expressions.size() != out.size()) {
            throw new IllegalArgumentException(
                    expressions.size() + " expressions cannot give the " + out.size() + " columns of " + out);
        }
        Writer writer = new Writer(in);
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            outputs.add(writer.output(
                    ExpressionCode.as(expressions.get(i), out.field(i).type())));
        }
        return new CompiledProjection(out, outputs, writer.finish());
    }

    /** The schema of the result. */
    public Schema schema() {
        return out;
    }

    /**
     * The columns for a batch. A mere reference gives the column itself.
     *
     * @throws io.millrace.table.QueryExecutionException if a value cannot be computed
     */
    public ColumnBatch apply(ColumnBatch batch) {
        GeneratedLoop loop = null;
        if (loops != null) {
            loop = loops.create();
            loop.bind(batch.columns(), batch.columns());
        }
        Column[] columns = new Column[outputs.size()];
        try {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = outputs.get(i).column(batch, loop);
            }
        } catch (Exception e) {
            throw LoopClass.rethrown(e);
        }
        return new ColumnBatch(out, columns, batch.rows());
    }

    /** How a column comes about. */
    private interface Output {
        Column column(ColumnBatch batch, @Nullable GeneratedLoop loop) throws Exception;
    }

    private static final class Writer {

        private final ClassText text = new ClassText();
        private final ExpressionCode code;
        private final StringBuilder cases = new StringBuilder();
        private int loops;

        Writer(Schema in) {
            code = new ExpressionCode(
                    text,
                    reference -> text.slot(
                            Slot.Side.LEFT,
                            List.of(reference.index()),
                            in.field(reference.index()).type(),
                            false));
        }

        Output output(Expression expression) {
            if (expression instanceof Expression.Reference reference) {
                return (batch, loop) -> batch.column(reference.index());
            } else if (expression instanceof Expression.MakeStruct struct) {
                List<DataType> types = ((StructType) struct.type())
                        .fields().stream().map(field -> field.type()).toList();
                List<Output> fields = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    fields.add(output(ExpressionCode.as(struct.fields().get(i), types.get(i))));
                }
                return (batch, loop) -> {
                    Column[] columns = new Column[fields.size()];
                    for (int i = 0; i < columns.length; i++) {
                        columns[i] = fields.get(i).column(batch, loop);
                    }
                    return new StructColumn(columns, null);
                };
            }
            int index = loops++;
            String body = text.withAliases(loop(expression));
            text.method(
                    "private io.millrace.table.data.Column p" + index + "(int rows) throws Exception {\n" + body + "}");
            cases.append("case " + index + ": return p" + index + "(rows);\n");
            return (batch, loop) -> {
                if (loop == null) {
                    throw new IllegalStateException("There is no loop for column " + index);
                }
                return loop.column(index, batch.rows());
            };
        }

        @Nullable
        LoopClass finish() {
            if (loops == 0) {
                return null;
            }
            text.method("public io.millrace.table.data.Column column(int index, int rows) throws Exception {\n"
                    + "switch (index) {\n" + cases + "default: throw new IllegalArgumentException();\n}\n}");
            return LoopClass.of(text);
        }

        private String loop(Expression expression) {
            DataType type = expression.type();
            Code value = code.of(expression);
            if (!Forms.isPrimitive(type)) {
                return built(type, value);
            }
            String java = Forms.java(type);
            boolean logical = type == AtomicType.BOOLEAN;
            String element = logical ? "int" : java;
            String store = "o[i] = " + (logical ? value.value() + " ? 1 : 0" : value.value()) + ";\n";
            StringBuilder out = new StringBuilder(element + "[] o = new " + element + "[rows];\nboolean[] z = null;\n");
            out.append("int j = 0;\nfor (int i = 0; i < rows; i++) {\n").append(value.before());
            if (value.neverNull()) {
                out.append(store);
            } else {
                out.append("if (" + value.isNull()
                        + ") {\nif (z == null) { z = new boolean[rows]; }\nz[i] = true;\n} else {\n");
                out.append(store).append("}\n");
            }
            String column = element.substring(0, 1).toUpperCase(Locale.ROOT) + element.substring(1) + "Column";
            return out.append("}\nreturn new io.millrace.table.data." + column + "(o, " + (logical ? "true, " : "")
                            + "z);\n")
                    .toString();
        }

        private String built(DataType type, Code value) {
            String constant = text.constant(type, DataType.class.getCanonicalName());
            String name = type == AtomicType.STRING || type == AtomicType.BINARY ? "Utf8Builder" : "ColumnBuilder";
            String append = type == AtomicType.STRING ? "appendUtf8" : "append";
            String builder = "io.millrace.table.data." + name;
            return builder + " o = (" + builder + ") io.millrace.table.data.ColumnBuilder.of(" + constant
                    + ", rows);\nint j = 0;\nfor (int i = 0; i < rows; i++) {\n" + value.before() + "if ("
                    + value.isNull() + ") { o.appendNull(); } else { o." + append + "(" + value.value()
                    + "); }\n}\nreturn o.build();\n";
        }
    }
}
