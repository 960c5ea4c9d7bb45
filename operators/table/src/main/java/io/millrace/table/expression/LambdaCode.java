// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes lambdas as methods of the class. What a lambda is called with is kept in fields, so that lambdas within it find it; a lambda never calls
 * itself, so each needs its fields once.
 */
final class LambdaCode {

    private static final List<String> ARGUMENTS = List.of("first", "second", "third");

    private final ClassText text;
    private final Function<Expression, Code> codes;
    private final Map<Integer, Integer> fields = new HashMap<>();

    /** @param codes writes the code of an expression */
    LambdaCode(ClassText text, Function<Expression, Code> codes) {
        this.text = text;
        this.codes = codes;
    }

    /** The code of what a lambda is called with, within that lambda. */
    Code variable(Expression.Variable variable) {
        Integer id = fields.get(variable.level());
        if (id == null) {
            throw new IllegalArgumentException("The variable '" + variable.name() + "' stands outside its lambda");
        }
        return new Code("", variable.nullable() ? "xn" + id : "false", "x" + id);
    }

    /** The code of a lambda: an object to call. */
    Code lambda(Expression.Lambda lambda) {
        StringBuilder method = new StringBuilder();
        Map<Integer, @Nullable Integer> hidden = new HashMap<>();
        for (int i = 0; i < lambda.parameters().size(); i++) {
            Expression.Variable variable = lambda.parameters().get(i);
            int id = text.next();
            hidden.put(variable.level(), fields.put(variable.level(), id));
            method.append(taken(id, variable, ARGUMENTS.get(i)));
        }
        Code body = codes.apply(lambda.body());
        hidden.forEach((level, id) -> {
            if (id == null) {
                fields.remove(level);
            } else {
                fields.put(level, id);
            }
        });
        DataType type = lambda.body().type();
        String value = "(Object) " + Forms.box(type, body.value());
        method.append(body.before());
        if (!body.neverNull()) {
            method.append("if (" + body.isNull() + ") { return null; }\n");
        }
        method.append("return " + value + ";\n");
        return new Code("", "false", "this.lambda(" + text.lambda(method.toString()) + ", i, j)");
    }

    private String taken(int id, Expression.Variable variable, String argument) {
        DataType type = variable.type();
        text.field("private " + Forms.java(type) + " x" + id + "; private boolean xn" + id + ";");
        return "this.xn" + id + " = " + argument + " == null;\nthis.x" + id + " = " + argument + " == null ? "
                + Forms.unset(type) + " : " + Forms.unbox(type, argument) + ";\n";
    }
}
