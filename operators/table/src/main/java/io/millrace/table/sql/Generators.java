// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.expression.TreeWalk;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that make rows of a value, such as {@code explode}: the steps they are. */
final class Generators {

    private Generators() {}

    /** {@code json_tuple} in a select list gives several columns, as {@code inline} does of its struct. */
    static Ast.Call columns(Ast.Call call) {
        return call.name().equals("json_tuple")
                ? Asts.call("inline", call.position(), Asts.call("array", call.position(), call))
                : call;
    }

    /** The step behind a relation; its arguments are of the relation that a resolver knows. */
    static Step.Generate step(Relation input, Ast.Call written, ExpressionResolver resolver) {
        Ast.Call call = written.name().equals("stack") ? stacked(written, resolver) : written;
        if (call.arguments().size() != 1) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `" + call.name() + "` requires 1 parameters but the actual number is "
                            + call.arguments().size(),
                    call.position());
        }
        Expression collection = resolver.resolve(call.arguments().get(0));
        boolean outer = call.name().endsWith("_outer");
        boolean position = call.name().startsWith("posexplode");
        boolean inline = call.name().startsWith("inline");
        List<Field> fields = new ArrayList<>(input.schema().fields());
        if (position) {
            fields.add(new Field("pos", AtomicType.INT, outer, false));
        }
        if (inline && collection.type() instanceof ArrayType array && array.element() instanceof StructType struct) {
            boolean nullable = outer || array.containsNull();
            struct.fields()
                    .forEach(field ->
                            fields.add(new Field(field.name(), field.type(), nullable || field.nullable(), false)));
        } else if (!inline && collection.type() instanceof ArrayType array) {
            fields.add(new Field("col", array.element(), outer || array.containsNull(), false));
        } else if (!inline && collection.type() instanceof MapType map) {
            fields.add(new Field("key", map.key(), outer, false));
            fields.add(new Field("value", map.value(), outer || map.containsNull(), false));
        } else {
            throw Asts.error(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    "`" + call.name() + "` needs " + (inline ? "an array of structs" : "an array or a map") + ", but "
                            + SqlText.name(call.arguments().get(0)) + " is "
                            + collection.type().sql(),
                    call.position());
        }
        return new Step.Generate(collection, position, inline, outer, input.size(), new Schema(fields));
    }

    /** The columns that a step makes, under names that were given. */
    static List<Field> made(Step.Generate generate, List<String> names, Position position) {
        List<Field> made = generate.output()
                .fields()
                .subList(generate.inputs(), generate.output().size());
        if (names.isEmpty()) {
            return made;
        }
        if (names.size() != made.size()) {
            throw Asts.error(
                    "UDTF_ALIAS_NUMBER_MISMATCH",
                    "The generator gives " + made.size() + " columns, but there are " + names.size() + " names: "
                            + names,
                    position);
        }
        List<Field> named = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            named.add(new Field(names.get(i), made.get(i).type(), made.get(i).nullable(), false));
        }
        return named;
    }

    /** {@code stack(n, a, b, …)} as {@code inline} of {@code n} structs; what is wanting in the last is null. */
    private static Ast.Call stacked(Ast.Call call, ExpressionResolver resolver) {
        Position position = call.position();
        int values = call.arguments().size() - 1;
        if (values < 1) {
            throw Failures.wrongCount("stack", "> 1", values + 1);
        }
        int rows = rows(call, resolver);
        int width = (values + rows - 1) / rows;
        List<Ast> structs = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (int row = 0; row < rows && row < values; row++) {
            List<Ast> fields = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                int place = row * width + column;
                Ast value = place < values
                        ? call.arguments().get(place + 1)
                        : new Ast.Constant(null, AtomicType.NULL, "NULL", position);
                fields.add(Literals.string("col" + column, position));
                fields.add(value);
                alike(types, column, resolver.resolve(value).type(), position);
            }
            structs.add(Asts.call("named_struct", position, fields));
        }
        Ast rest = new Ast.Constant(null, AtomicType.NULL, "NULL", position);
        for (int row = structs.size(); row < rows; row++) {
            structs.add(Asts.call("named_struct", position, nothing(width, rest)));
        }
        return Asts.call("inline", position, Asts.call("array", position, structs));
    }

    private static List<Ast> nothing(int width, Ast none) {
        List<Ast> fields = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            fields.add(Literals.string("col" + column, none.position()));
            fields.add(none);
        }
        return fields;
    }

    private static void alike(List<DataType> types, int column, DataType type, Position position) {
        if (types.size() == column) {
            types.add(type);
            return;
        }
        DataType before = types.get(column);
        if (before == AtomicType.NULL) {
            types.set(column, type);
        } else if (type != AtomicType.NULL && !before.equals(type)) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES",
                    "The values of column " + column + " of `stack` do not have the same type: " + before.sql()
                            + " and " + type.sql(),
                    position);
        }
    }

    private static int rows(Ast.Call call, ExpressionResolver resolver) {
        Expression count = resolver.resolve(call.arguments().get(0));
        if (count.type() != AtomicType.INT) {
            throw Failures.unexpectedType("stack", 0, "\"INT\"", count.type());
        }
        if (!Rewrites.isConstant(count)) {
            throw Failures.notConstant("stack", "n", AtomicType.INT);
        }
        Object value = value(count);
        if (!(value instanceof Integer rows) || rows <= 0 || rows > MAX_ROWS) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The `n` of `stack` must be from 1 to " + MAX_ROWS + ", but is " + value,
                    call.position());
        }
        return rows;
    }

    /** As many rows as {@code stack} makes of one at most: each is part of the plan. */
    private static final int MAX_ROWS = 10_000;

    /** The value of an expression that reads no column. */
    static @Nullable Object value(Expression constant) {
        try {
            return TreeWalk.value(constant, new Object[0]);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a constant has no value", e);
        }
    }
}
