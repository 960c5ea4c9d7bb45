// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Casts;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Functions that are no calls: choices, conditions, structs and changes of type. */
final class SpecialFunctions {

    private static final Set<String> CASTS = Set.of(
            "boolean",
            "tinyint",
            "smallint",
            "int",
            "bigint",
            "float",
            "double",
            "string",
            "binary",
            "date",
            "timestamp",
            "decimal");

    private final ExpressionResolver resolver;

    SpecialFunctions(ExpressionResolver resolver) {
        this.resolver = resolver;
    }

    /** The expression for a call; null if the function is one of the registry. */
    @Nullable
    Expression resolve(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        switch (call.name()) {
            case "and", "or" -> {
                operands(call);
                return new Expression.Logic(
                        call.name().equals("and"),
                        arguments.stream().map(this::condition).toList());
            }
            case "between" -> {
                count(call, 3, 3);
                return resolver.resolve(Asts.between(call));
            }
            case "isnull", "isnotnull" -> {
                count(call, 1, 1);
                Expression isNull = new Expression.IsNull(resolver.resolve(arguments.get(0)));
                return call.name().equals("isnull") ? isNull : Negation.of(isNull);
            }
            case "in" -> {
                return in(call);
            }
            case SparkDialect.DISTRIBUTED -> {
                return struct(arguments);
            }
            case "likeany", "likeall", "notlikeany", "notlikeall" -> {
                return patterns(call);
            }
            case "not" -> {
                count(call, 1, 1);
                return Negation.of(condition(arguments.get(0)));
            }
            case "unary+" -> {
                return resolver.resolve(arguments.get(0));
            }
            case "coalesce", "nvl", "ifnull" -> {
                count(
                        call,
                        call.name().equals("coalesce") ? 1 : 2,
                        call.name().equals("coalesce") ? Integer.MAX_VALUE : 2);
                return coalesce(call.name(), resolver.resolve(arguments), call.position());
            }
            case "nvl2" -> {
                count(call, 3, 3);
                return choice(
                        call,
                        Negation.of(new Expression.IsNull(resolver.resolve(arguments.get(0)))),
                        resolver.resolve(arguments.get(1)),
                        resolver.resolve(arguments.get(2)));
            }
            case "if", "iff" -> {
                count(call, 3, 3);
                return choice(
                        call,
                        condition(arguments.get(0)),
                        resolver.resolve(arguments.get(1)),
                        resolver.resolve(arguments.get(2)));
            }
            case "nullif" -> {
                count(call, 2, 2);
                Expression value = resolver.resolve(arguments.get(0));
                return new Expression.Case(
                        List.of(new Expression.Branch(
                                resolver.function("=", List.of(value, resolver.resolve(arguments.get(1)))),
                                new Expression.Literal(null, value.type()))),
                        value,
                        value.type());
            }
            case "equal_null" -> {
                count(call, 2, 2);
                return resolver.function("<=>", resolver.resolve(arguments));
            }
            case "nullifzero" -> {
                count(call, 1, 1);
                Expression value = resolver.resolve(arguments.get(0));
                Expression isZero = resolver.function("=", List.of(value, new Expression.Literal(0, AtomicType.INT)));
                return new Expression.Case(
                        List.of(new Expression.Branch(isZero, new Expression.Literal(null, value.type()))),
                        value,
                        value.type());
            }
            case "zeroifnull" -> {
                count(call, 1, 1);
                Expression zero = new Expression.Literal(0, AtomicType.INT);
                return coalesce(call.name(), List.of(resolver.resolve(arguments.get(0)), zero), call.position());
            }
            case "struct" -> {
                return struct(arguments);
            }
            case "named_struct" -> {
                return namedStruct(call);
            }
            case "get_field" -> {
                return field(call);
            }
            case "get_item" -> {
                return item(call);
            }
            case "typeof" -> {
                count(call, 1, 1);
                String type = resolver.resolve(arguments.get(0)).type().sql();
                return new Expression.Literal(Utf8.of(type), AtomicType.STRING);
            }
            case "to_timestamp", "try_to_timestamp" -> {
                Expression value = arguments.size() == 1 ? resolver.resolve(arguments.get(0)) : null;
                return value != null && ImplicitCasts.isNumber(value.type())
                        ? cast(value, AtomicType.TIMESTAMP, call.name().startsWith("try"))
                        : null;
            }
            case "+", "-" -> {
                return daysFrom(call);
            }
            case "try_add", "try_subtract", "try_multiply", "try_divide", "try_mod" -> {
                return attempt(call.name(), resolver.resolve(arguments));
            }
            case "nanvl" -> {
                return arguments.size() == 2 ? instead(resolver.resolve(arguments)) : null;
            }
            case "decode" -> {
                return arguments.size() > 2 ? decode(arguments, call.position()) : null;
            }
            case "extract", "date_part", "datepart" -> {
                count(call, 2, 2);
                return resolver.function(
                        call.name(), List.of(word(arguments.get(0)), resolver.resolve(arguments.get(1))));
            }
            case "timestampadd", "timestampdiff", "dateadd", "date_add", "datediff", "date_diff" -> {
                return arguments.size() == 3
                        ? resolver.function(
                                call.name(),
                                List.of(
                                        word(arguments.get(0)),
                                        resolver.resolve(arguments.get(1)),
                                        resolver.resolve(arguments.get(2))))
                        : null;
            }
            default -> {
                return isCast(call)
                        ? cast(
                                resolver.resolve(arguments.get(0)),
                                call.name().equals("decimal") ? new DecimalType(10, 0) : DataTypes.parse(call.name()),
                                false)
                        : null;
            }
        }
    }

    /** Whether a call is one of a type, as {@code int(a)}. */
    static boolean isCast(Ast.Call call) {
        return CASTS.contains(call.name()) && call.arguments().size() == 1;
    }

    private static void count(Ast.Call call, int least, int most) {
        int actual = call.arguments().size();
        if (actual < least || actual > most) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `" + call.name() + "` requires "
                            + (least == most
                                    ? least
                                    : most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most)
                            + " parameters but the actual number is " + actual,
                    call.position());
        }
    }

    /** Checks that the operands of {@code AND} and {@code OR} are conditions. */
    private void operands(Ast.Call call) {
        count(call, 2, Integer.MAX_VALUE);
        DataType left = resolver.resolve(call.arguments().get(0)).type();
        for (Ast argument : call.arguments().subList(1, call.arguments().size())) {
            DataType right = resolver.resolve(argument).type();
            boolean fit = ImplicitCasts.accepts(left, AtomicType.BOOLEAN)
                    && ImplicitCasts.accepts(right, AtomicType.BOOLEAN)
                    && (left != AtomicType.STRING || right != AtomicType.STRING);
            if (!fit) {
                throw Asts.at(Failures.operands(call.name(), left, right), call.position());
            }
            left = AtomicType.BOOLEAN;
        }
    }

    Expression condition(Ast ast) {
        Expression condition = resolver.resolve(ast);
        if (condition.type() != AtomicType.BOOLEAN
                && condition.type() != AtomicType.NULL
                && condition.type() != AtomicType.STRING) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                    SqlText.name(ast) + " must be a boolean, but is "
                            + condition.type().sql(),
                    ast.position());
        }
        return Coerced.cast(condition, AtomicType.BOOLEAN);
    }

    Expression cast(Expression input, DataType type, boolean attempt) {
        if (input.type().equals(type)) {
            return input;
        }
        if (!Casts.possible(input.type(), type)) {
            throw Failures.noCast(input.type(), type, attempt);
        }
        return input instanceof Expression.Literal literal && literal.value() == null
                ? new Expression.Literal(null, type)
                : new Expression.Cast(input, type, attempt);
    }

    Expression cases(Ast.Case cases) {
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        for (Ast.When when : cases.branches()) {
            conditions.add(condition(when.condition()));
            results.add(resolver.resolve(when.result()));
        }
        if (cases.otherwise() != null) {
            results.add(resolver.resolve(cases.otherwise()));
        }
        DataType type = Coerced.common("CASE", results, cases.position());
        List<Expression.Branch> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new Expression.Branch(conditions.get(i), Coerced.cast(results.get(i), type)));
        }
        return new Expression.Case(
                branches, cases.otherwise() == null ? null : Coerced.cast(results.get(results.size() - 1), type), type);
    }

    /** A text that is no number is null here as a sum is that has no value. */
    private Expression attempt(String name, List<Expression> arguments) {
        if (arguments.stream().noneMatch(argument -> argument.type() == AtomicType.STRING)) {
            return resolver.function(name, arguments);
        }
        BoundFunction function = resolver.bound(name, arguments);
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            DataType type = function.parameters().get(i);
            boolean text = argument.type() == AtomicType.STRING && type != AtomicType.STRING;
            cast.add(text ? new Expression.Cast(argument, type, true) : Coerced.cast(argument, type));
        }
        return new Expression.Call(function, cast);
    }

    /** {@code nanvl}: the second value is computed only where the first is no number. */
    private Expression instead(List<Expression> arguments) {
        BoundFunction function = resolver.bound("nanvl", arguments);
        DataType type = function.type();
        Expression value = Coerced.cast(arguments.get(0), function.parameters().get(0));
        Expression other = Coerced.cast(arguments.get(1), function.parameters().get(1));
        Expression none = resolver.function("isnan", List.of(value));
        return new Expression.Case(
                List.of(new Expression.Branch(none, Coerced.cast(other, type))), Coerced.cast(value, type), type);
    }

    /** {@code decode(value, key, result, …[, otherwise])}, where null is a key, too. */
    private Expression decode(List<Ast> arguments, Position position) {
        List<Ast.When> branches = new ArrayList<>();
        int last = arguments.size() - (arguments.size() % 2 == 0 ? 1 : 0);
        for (int i = 1; i + 1 < last; i += 2) {
            Ast same = Asts.call("<=>", position, arguments.get(0), arguments.get(i));
            branches.add(new Ast.When(same, arguments.get(i + 1)));
        }
        return cases(new Ast.Case(branches, last < arguments.size() ? arguments.get(last) : null, position));
    }

    private static Expression choice(Ast.Call call, Expression condition, Expression yes, Expression no) {
        DataType type = Coerced.common(call.name(), List.of(yes, no), call.position());
        return new Expression.Case(
                List.of(new Expression.Branch(condition, Coerced.cast(yes, type))), Coerced.cast(no, type), type);
    }

    private static Expression coalesce(String name, List<Expression> values, Position position) {
        DataType type = Coerced.common(name, values, position);
        List<Expression.Branch> branches = new ArrayList<>();
        for (Expression value : values.subList(0, values.size() - 1)) {
            Expression cast = Coerced.cast(value, type);
            if (!cast.nullable()) {
                return branches.isEmpty() ? cast : new Expression.Case(branches, cast, type);
            }
            // the result can then be told not to be null where the last one is not
            branches.add(new Expression.Branch(Negation.of(new Expression.IsNull(cast)), cast));
        }
        Expression last = Coerced.cast(values.get(values.size() - 1), type);
        return branches.isEmpty() ? last : new Expression.Case(branches, last, type);
    }

    private Expression in(Ast.Call call) {
        List<Expression> values = resolver.resolve(call.arguments());
        DataType type = ImplicitCasts.common(values)
                .filter(StructType.class::isInstance)
                .orElseGet(() -> Coerced.common("in", values, call.position()));
        Expression value = Coerced.cast(values.get(0), type);
        return new Expression.Logic(
                false,
                values.subList(1, values.size()).stream()
                        .map(candidate -> resolver.function("=", List.of(value, Coerced.cast(candidate, type))))
                        .toList());
    }

    /** {@code LIKE ANY} and {@code LIKE ALL}. */
    private Expression patterns(Ast.Call call) {
        Expression value = resolver.resolve(call.arguments().get(0));
        List<Expression> found = new ArrayList<>();
        for (Ast pattern : call.arguments().subList(1, call.arguments().size())) {
            Expression like = resolver.function("like", List.of(value, resolver.resolve(pattern)));
            found.add(call.name().startsWith("not") ? Negation.of(like) : like);
        }
        return found.size() == 1
                ? found.get(0)
                : new Expression.Logic(call.name().endsWith("all"), found);
    }

    private Expression struct(List<Ast> arguments) {
        List<Expression> values = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Ast argument = arguments.get(i);
            Expression value = resolver.resolve(argument);
            boolean named = argument instanceof Ast.Name
                    || argument instanceof Ast.Column
                    || argument instanceof Ast.Alias
                    || (argument instanceof Ast.Call call && call.name().equals("get_field"));
            values.add(value);
            fields.add(
                    new Field(named ? SqlText.name(argument) : "col" + (i + 1), value.type(), value.nullable(), false));
        }
        return new Expression.MakeStruct(values, new StructType(fields));
    }

    private Expression namedStruct(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        if (arguments.size() % 2 != 0) {
            throw Asts.error(
                    "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                    "The `named_struct` requires 2n (n > 0) parameters but the actual number is " + arguments.size(),
                    call.position());
        }
        List<Expression> values = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            Expression value = resolver.resolve(arguments.get(i + 1));
            values.add(value);
            fields.add(new Field(constant(call, arguments.get(i)), value.type(), value.nullable(), false));
        }
        return new Expression.MakeStruct(values, new StructType(fields));
    }

    /** A date and an interval of whole days is a date, with any other interval it is an instant; null if this is neither. */
    private @Nullable Expression daysFrom(Ast.Call call) {
        List<Ast> arguments = call.arguments();
        boolean first = call.name().equals("+") && Literals.isDays(arguments.get(0));
        if (arguments.size() != 2 || (!first && !Literals.isDays(arguments.get(1)))) {
            return null;
        }
        Expression date = resolver.resolve(arguments.get(first ? 1 : 0));
        if (date.type() != AtomicType.DATE) {
            return null;
        }
        Object micros = ((Ast.Constant) arguments.get(first ? 0 : 1)).value();
        int days = Math.toIntExact(TimeUnit.MICROSECONDS.toDays((Long) Objects.requireNonNull(micros)));
        return resolver.function(call.name(), List.of(date, new Expression.Literal(days, AtomicType.INT)));
    }

    private static String constant(Ast.Call call, Ast ast) {
        if (ast instanceof Ast.Constant name && name.type() == AtomicType.STRING && name.value() != null) {
            return name.value().toString();
        }
        throw Asts.error(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                "`" + call.name() + "` needs a constant string, not " + SqlText.name(ast),
                ast.position());
    }

    private Expression field(Ast.Call call) {
        Expression struct = resolver.resolve(call.arguments().get(0));
        String name = constant(call, call.arguments().get(1));
        return struct.type() instanceof MapType
                ? resolver.function(
                        "get_item",
                        List.of(struct, resolver.resolve(call.arguments().get(1))))
                : Names.fieldOf(struct, name, call.position());
    }

    private Expression item(Ast.Call call) {
        Expression collection = resolver.resolve(call.arguments().get(0));
        return collection.type() instanceof StructType
                ? Names.fieldOf(collection, constant(call, call.arguments().get(1)), call.position())
                : resolver.function(
                        "get_item",
                        List.of(collection, resolver.resolve(call.arguments().get(1))));
    }

    /** A unit or a field, which may stand there as a word. */
    private Expression word(Ast ast) {
        return resolver.resolve(
                ast instanceof Ast.Name name && name.parts().size() == 1
                        ? Literals.string(name.parts().get(0), ast.position())
                        : ast);
    }
}
