// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the code of expressions into a class. */
final class ExpressionCode {

    /** Code longer than this goes into a method of its own: the virtual machine compiles only methods that are not too long. */
    private static final int LONGEST = 4000;

    /** So many branches or conditions stand side by side; more are nested, so that they can be cut into methods. */
    private static final int ABREAST = 12;

    private final ClassText text;
    private final Function<Expression.Reference, Slot> slots;
    private final CallCode calls;
    private final LambdaCode lambdas;

    /** @param slots where a reference of the expressions is read from */
    ExpressionCode(ClassText text, Function<Expression.Reference, Slot> slots) {
        this.text = text;
        this.slots = slots;
        this.calls = new CallCode(text);
        this.lambdas = new LambdaCode(text, this::of);
    }

    /** The code of an expression as a type. */
    Code of(Expression expression, DataType type) {
        return of(as(expression, type));
    }

    /** The code of an expression, not too long. */
    Code of(Expression expression) {
        Code code = write(expression);
        return code.before().length() > LONGEST ? apart(code, expression.type()) : code;
    }

    /** An expression that gives a type. */
    static Expression as(Expression expression, DataType type) {
        if (Forms.same(expression.type(), type)) {
            return expression;
        } else if (expression instanceof Expression.Literal literal && literal.value() == null) {
            return new Expression.Literal(null, type);
        }
        return new Expression.Cast(expression, type, false);
    }

    /** The path of a field of a struct that is a column; null if the expression is none. */
    static @Nullable List<Integer> path(Expression expression) {
        if (expression instanceof Expression.Reference reference) {
            return List.of(reference.index());
        } else if (expression instanceof Expression.FieldOf field) {
            List<Integer> outer = path(field.struct());
            if (outer != null) {
                List<Integer> path = new ArrayList<>(outer);
                path.add(field.index());
                return path;
            }
        }
        return null;
    }

    private Code write(Expression expression) {
        if (expression instanceof Expression.Reference reference) {
            return read(slots.apply(reference));
        } else if (expression instanceof Expression.Literal literal) {
            return literal(literal);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Cast cast) {
            return cast(cast);
        } else if (expression instanceof Expression.Case choice) {
            return choice(choice);
        } else if (expression instanceof Expression.Logic logic) {
            return logic(logic);
        } else if (expression instanceof Expression.IsNull isNull) {
            Code input = of(isNull.input());
            return new Code(input.before(), "false", input.isNull());
        } else if (expression instanceof Expression.FieldOf field) {
            return field(field);
        } else if (expression instanceof Expression.Variable variable) {
            return lambdas.variable(variable);
        } else if (expression instanceof Expression.Lambda lambda) {
            return lambdas.lambda(lambda);
        }
        return struct((Expression.MakeStruct) expression);
    }

    private Code read(Slot slot) {
        int id = text.next();
        boolean plain = Forms.isPrimitive(slot.type());
        StringBuilder before = new StringBuilder();
        String isNull = "false";
        if (!slot.neverNull()) {
            isNull = "n" + id;
            String row = "z" + slot.id() + "[" + slot.row() + "]";
            before.append("boolean n" + id + " = z" + slot.id() + " != null && " + row + ";\n");
        }
        if (plain) {
            return new Code(before.toString(), isNull, slot.read());
        }
        String java = Forms.java(slot.type());
        before.append(
                java + " v" + id + " = " + (slot.neverNull() ? "" : "n" + id + " ? null : ") + slot.read() + ";\n");
        return new Code(before.toString(), isNull, "v" + id);
    }

    private Code literal(Expression.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            String unset = Forms.unset(literal.type());
            return new Code("", "true", unset.equals("null") ? "((" + Forms.java(literal.type()) + ") null)" : unset);
        } else if (value instanceof Boolean truth) {
            return new Code("", "false", truth.toString());
        } else if (value instanceof Integer number && number >= 0) {
            return new Code("", "false", number.toString());
        } else if (value instanceof Long number && number >= 0) {
            return new Code("", "false", number + "L");
        }
        return new Code("", "false", text.constant(value, Forms.java(literal.type())));
    }

    private Code call(Expression.Call call) {
        List<Expression> arguments = new ArrayList<>();
        List<Code> codes = new ArrayList<>();
        List<DataType> parameters = call.function().parameters();
        for (int i = 0; i < call.arguments().size(); i++) {
            Expression argument = call.arguments().get(i);
            boolean fits = i >= parameters.size() || argument instanceof Expression.Lambda;
            Expression fitting = fits ? argument : as(argument, parameters.get(i));
            arguments.add(fitting);
            codes.add(of(fitting));
        }
        return calls.of(call.function(), arguments, codes, false);
    }

    private Code cast(Expression.Cast cast) {
        Expression input = cast.input();
        if (Forms.same(input.type(), cast.type())) {
            return of(input);
        } else if (input.type() == AtomicType.NULL) {
            return literal(new Expression.Literal(null, cast.type()));
        }
        BoundFunction function = Casts.bind(input.type(), cast.type());
        return calls.of(function, List.of(input), List.of(of(input)), cast.attempt());
    }

    private Code choice(Expression.Case choice) {
        List<Expression.Branch> branches = choice.branches();
        Expression otherwise = choice.otherwise();
        if (branches.size() > ABREAST) {
            otherwise = new Expression.Case(branches.subList(ABREAST, branches.size()), otherwise, choice.type());
            branches = branches.subList(0, ABREAST);
        }
        int id = text.next();
        StringBuilder out = new StringBuilder(declare(id, choice.type()) + "boolean d" + id + " = false;\n");
        for (Expression.Branch branch : branches) {
            Code condition = of(branch.condition(), AtomicType.BOOLEAN);
            out.append("if (!d" + id + ") {\n").append(condition.before());
            out.append("if (!" + condition.isNull() + " && " + condition.value() + ") {\nd" + id + " = true;\n");
            out.append(assign(id, of(branch.result(), choice.type()))).append("}\n}\n");
        }
        if (otherwise != null) {
            out.append("if (!d" + id + ") {\n")
                    .append(assign(id, of(otherwise, choice.type())))
                    .append("}\n");
        }
        return new Code(out.toString(), "n" + id, "v" + id);
    }

    private Code logic(Expression.Logic logic) {
        List<Expression> conditions = logic.conditions();
        if (conditions.size() > ABREAST) {
            List<Expression> nested = new ArrayList<>(conditions.subList(0, ABREAST));
            nested.add(new Expression.Logic(logic.all(), conditions.subList(ABREAST, conditions.size())));
            conditions = nested;
        }
        int id = text.next();
        StringBuilder out =
                new StringBuilder("boolean n" + id + " = false;\nboolean v" + id + " = " + logic.all() + ";\n");
        boolean nulls = false;
        String undecided = logic.all() ? "v" + id : "!v" + id;
        for (Expression one : conditions) {
            Code condition = of(one, AtomicType.BOOLEAN);
            out.append("if (" + undecided + ") {\n").append(condition.before());
            if (condition.neverNull()) {
                out.append("v" + id + " = " + condition.value() + ";\n}\n");
            } else {
                nulls = true;
                out.append("if (" + condition.isNull() + ") { n" + id + " = true; } else { v" + id + " = "
                        + condition.value() + "; }\n}\n");
            }
        }
        if (nulls) {
            out.append("n" + id + " = n" + id + " && " + undecided + ";\n");
        }
        return new Code(out.toString(), nulls ? "n" + id : "false", "v" + id);
    }

    private Code field(Expression.FieldOf field) {
        Expression struct = field.struct();
        if (struct instanceof Expression.MakeStruct made) {
            return of(made.fields().get(field.index()), field.type());
        }
        List<Integer> path = path(field);
        Expression root = struct;
        while (root instanceof Expression.FieldOf outer) {
            root = outer.struct();
        }
        if (path != null && root instanceof Expression.Reference reference) {
            Slot whole = slots.apply(reference);
            if (whole.side() != Slot.Side.BUFFER) {
                List<Integer> steps = new ArrayList<>(whole.path());
                steps.addAll(path.subList(1, path.size()));
                return read(text.slot(whole.side(), steps, field.type(), false));
            }
        }
        Code code = of(struct);
        int id = text.next();
        String out = code.before() + declare(id, field.type()) + "if (!" + code.isNull() + ") {\nObject o" + id
                + " = ((Object[]) " + code.value() + ")[" + field.index() + "];\nif (o" + id + " != null) {\nn" + id
                + " = false;\nv" + id + " = " + Forms.unbox(field.type(), "o" + id) + ";\n}\n}\n";
        return new Code(out, "n" + id, "v" + id);
    }

    private Code struct(Expression.MakeStruct made) {
        List<Code> codes = made.fields().stream().map(this::of).toList();
        int id = text.next();
        String out = calls.array(id, made.fields(), codes, "Object");
        return new Code(out, "false", "v" + id);
    }

    private static String declare(int id, DataType type) {
        return "boolean n" + id + " = true;\n" + Forms.java(type) + " v" + id + " = " + Forms.unset(type) + ";\n";
    }

    private static String assign(int id, Code code) {
        return code.before() + "n" + id + " = " + code.isNull() + ";\nv" + id + " = " + code.value() + ";\n";
    }

    private Code apart(Code code, DataType type) {
        int id = text.next();
        String java = Forms.java(type);
        boolean nulls = !code.neverNull();
        if (nulls) {
            text.field("private boolean n" + id + ";");
        }
        text.method("private " + java + " m" + id + "(int i, int j) throws Exception {\n" + code.before()
                + (nulls ? "this.n" + id + " = " + code.isNull() + ";\n" : "") + "return " + code.value() + ";\n}");
        String before = java + " v" + id + " = m" + id + "(i, j);\n"
                + (nulls ? "boolean n" + id + " = this.n" + id + ";\n" : "");
        return new Code(before, nulls ? "n" + id : "false", "v" + id);
    }
}
