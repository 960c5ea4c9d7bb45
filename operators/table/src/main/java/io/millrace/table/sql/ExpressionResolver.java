// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.AggregateFunction;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.expression.HigherOrderFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks up the names of an expression over the columns of a relation, and chooses its functions and types. */
final class ExpressionResolver {

    /** Where the places of aggregates begin. */
    static final int AGGREGATES = 1_000_000;

    /** The place of a session. */
    static final int SESSION = 900_000;

    /** The place of the number of a set of keys. */
    static final int GROUPING = 850_000;

    /** The place of a window function. */
    static final int RANK = 800_000;

    /** What says whether a query that stands for a value has given one row. */
    static final String SINGLE = "__single";

    private static final Set<String> GENERATORS =
            Set.of("explode", "explode_outer", "posexplode", "posexplode_outer", "inline", "inline_outer", "stack");

    private final Relation input;
    private final FunctionRegistry registry;
    private final TimeWindows windows;
    private final SpecialFunctions special;
    private final Map<String, Ast> aliases = new HashMap<>();
    private final @Nullable List<AggregateCall> aggregates;
    private final @Nullable List<WindowFunctions.Windowed> ranks;
    private @Nullable Function<Ast.Call, Expression> groupings;
    private final HigherOrderCalls lambdas = new HigherOrderCalls(this);
    private boolean withinAggregate;

    ExpressionResolver(
            Relation input,
            FunctionRegistry registry,
            boolean sessions,
            @Nullable List<AggregateCall> aggregates,
            @Nullable List<WindowFunctions.Windowed> ranks) {
        this.input = input;
        this.registry = registry;
        this.windows = new TimeWindows(this, input, sessions);
        this.special = new SpecialFunctions(this);
        this.aggregates = aggregates;
        this.ranks = ranks;
    }

    /** The windows that were asked for. */
    TimeWindows windows() {
        return windows;
    }

    /** Further names, for what is no column. */
    void alias(String name, Ast meaning) {
        aliases.putIfAbsent(name.toLowerCase(Locale.ROOT), meaning);
    }

    /** What {@code grouping} and {@code grouping_id} mean. */
    void groupings(Function<Ast.Call, Expression> meaning) {
        groupings = meaning;
    }

    static boolean generator(Ast ast) {
        return ast instanceof Ast.Call call && GENERATORS.contains(call.name());
    }

    /** Whether an aggregate function is called somewhere. */
    static boolean aggregates(Ast ast, FunctionRegistry registry) {
        if (ast instanceof Ast.Over over) {
            return Stream.concat(
                            Asts.children(over.function()).stream(),
                            Stream.concat(over.partitions().stream(), over.orders().stream()))
                    .anyMatch(part -> aggregates(part, registry));
        }
        if (ast instanceof Ast.Call call && registry.aggregate(call.name()).isPresent()) {
            return true;
        }
        return Asts.children(ast).stream().anyMatch(child -> aggregates(child, registry));
    }

    List<Expression> resolve(List<Ast> asts) {
        List<Expression> expressions = new ArrayList<>();
        asts.forEach(ast -> expressions.add(resolve(ast)));
        return expressions;
    }

    /**
     * The typed expression.
     *
     * @throws AnalysisException if a name is not there or a type does not fit
     */
    Expression resolve(Ast ast) {
        try {
            return dispatch(ast);
        } catch (AnalysisException e) {
            throw Asts.at(e, ast.position());
        }
    }

    /** A condition. */
    Expression condition(Ast ast) {
        if (aggregates == null && aggregates(ast, registry)) {
            throw Asts.error(
                    "INVALID_WHERE_CONDITION",
                    "The condition " + SqlText.name(ast) + " must not have aggregate functions",
                    ast.position());
        }
        Expression condition = resolve(ast);
        if (condition.type() != AtomicType.BOOLEAN && condition.type() != AtomicType.NULL) {
            throw Asts.error(
                    "DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN",
                    "A condition must be a boolean, but " + SqlText.name(ast) + " is "
                            + condition.type().sql(),
                    ast.position());
        }
        return Coerced.cast(condition, AtomicType.BOOLEAN);
    }

    private Expression dispatch(Ast ast) {
        if (ast instanceof Ast.Name name) {
            return column(name);
        }
        if (ast instanceof Ast.Column column) {
            return Algebra.column(input, column.index());
        }
        if (ast instanceof Ast.Constant constant) {
            return new Expression.Literal(constant.value(), constant.type());
        }
        if (ast instanceof Ast.Alias alias) {
            return resolve(alias.input());
        }
        if (ast instanceof Ast.SortKey key) {
            return resolve(key.input());
        }
        if (ast instanceof Ast.Cast cast) {
            return special.cast(resolve(cast.input()), cast.type(), cast.attempt());
        }
        if (ast instanceof Ast.Case cases) {
            return special.cases(cases);
        }
        if (ast instanceof Ast.Over over) {
            return window(over);
        }
        if (ast instanceof Ast.Variable variable) {
            return lambdas.variable(variable);
        }
        if (ast instanceof Ast.Lambda lambda) {
            throw Asts.error(
                    "INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                    "A lambda function should only be used in a higher order function, such as transform",
                    lambda.position());
        }
        if (ast instanceof Ast.Star star) {
            throw Asts.error(
                    "INVALID_USAGE_OF_STAR_OR_REGEX",
                    "`*` is only possible in SELECT and in count(*)",
                    star.position());
        }
        if (ast instanceof Ast.Subquery query) {
            throw Asts.error(
                    "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY",
                    "A query is possible in SELECT, WHERE, HAVING, QUALIFY and ON, not here",
                    query.position());
        }
        return call((Ast.Call) ast);
    }

    private Expression column(Ast.Name name) {
        Names.Found found = Names.find(input, name);
        if (found == null) {
            String wanted = name.parts().get(0).toLowerCase(Locale.ROOT);
            Ast meaning = aliases.remove(wanted);
            if (meaning != null) {
                try {
                    Ast value = meaning;
                    for (String field : name.parts().subList(1, name.parts().size())) {
                        Position position = name.position();
                        value = Asts.call("get_field", position, value, Literals.string(field, position));
                    }
                    return resolve(value);
                } finally {
                    aliases.put(wanted, meaning);
                }
            }
        }
        return Names.resolve(input, name);
    }

    private Expression call(Ast.Call written) {
        Ast.Call call = withColumns(written);
        AggregateFunction aggregate = registry.aggregate(call.name()).orElse(null);
        if (aggregate != null) {
            return aggregate(call, aggregate);
        }
        if (call.arguments().stream().anyMatch(Ast.SortKey.class::isInstance)) {
            throw Asts.error(
                    "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                    "The function `" + call.name() + "` does not support WITHIN GROUP (ORDER BY …)",
                    call.position());
        }
        if (call.distinct() || call.filter() != null) {
            throw Asts.error(
                    "INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX",
                    "DISTINCT and FILTER need an aggregate function, and `" + call.name() + "` is none",
                    call.position());
        }
        if (generator(call)) {
            boolean selects = aggregates != null || ranks != null;
            throw Asts.error(
                    "UNSUPPORTED_GENERATOR." + (selects ? "NESTED_IN_EXPRESSIONS" : "OUTSIDE_SELECT"),
                    "`" + call.name() + "` must stand alone in SELECT, not within an expression",
                    call.position());
        }
        if (windows.handles(call)) {
            return windows.resolve(call);
        }
        if (call.name().equals("grouping") || call.name().equals("grouping_id")) {
            if (groupings == null) {
                throw Asts.error(
                        "UNSUPPORTED_GROUPING_EXPRESSION",
                        "grouping()/grouping_id() can only be used with GROUPING SETS, CUBE or ROLLUP",
                        call.position());
            }
            return groupings.apply(call);
        }
        if (call.name().equals(SINGLE)) {
            return new Expression.Call(SubqueryMethods.single(), resolve(call.arguments()));
        }
        if (registry.scalar(call.name()).orElse(null) instanceof HigherOrderFunction function) {
            return lambdas.resolve(call, function);
        }
        Expression clock = ClockFunctions.resolve(call, this);
        if (clock != null) {
            return clock;
        }
        Expression made = special.resolve(call);
        return made == null ? function(call.name(), resolve(call.arguments())) : made;
    }

    /** A call with all columns in the place of {@code *}; {@code count(*)} is as it was. */
    private Ast.Call withColumns(Ast.Call call) {
        if (call.name().equals("count") || call.arguments().stream().noneMatch(Ast.Star.class::isInstance)) {
            return call;
        }
        List<Ast> arguments = Selection.expand(input, call.arguments());
        return new Ast.Call(call.name(), arguments, call.distinct(), call.filter(), call.position());
    }

    /**
     * A call of a function of the registry.
     *
     * @throws AnalysisException {@code UNRESOLVED_ROUTINE}, or as the function says
     */
    Expression function(String name, List<Expression> arguments) {
        BoundFunction function = bound(name, arguments);
        return new Expression.Call(function, cast(arguments, function.parameters()));
    }

    /** A function of the registry for arguments, which are not cast yet. */
    BoundFunction bound(String name, List<Expression> arguments) {
        return registry.scalar(name)
                .orElseThrow(() -> new AnalysisException(
                        "UNRESOLVED_ROUTINE", "Cannot resolve routine `" + name + "`: there is no such function"))
                .bind(arguments);
    }

    static List<Expression> cast(List<Expression> arguments, List<DataType> types) {
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            cast.add(
                    argument instanceof Expression.Lambda lambda
                            ? new Expression.Lambda(lambda.parameters(), Coerced.cast(lambda.body(), types.get(i)))
                            : i < types.size() ? Coerced.cast(argument, types.get(i)) : argument);
        }
        return cast;
    }

    private Expression aggregate(Ast.Call call, AggregateFunction function) {
        if (aggregates == null) {
            throw Asts.error(
                    "GROUP_BY_AGGREGATE",
                    "The aggregate function `" + call.name() + "` is not possible in WHERE, ON or GROUP BY",
                    call.position());
        }
        if (withinAggregate) {
            throw Asts.error(
                    "NESTED_AGGREGATE_FUNCTION",
                    "It is not allowed to use an aggregate function in the argument of another; compute the inner one in a query of its own",
                    call.position());
        }
        if (lambdas.within()) {
            throw Asts.error(
                    "UNSUPPORTED_FEATURE.AGGREGATE_IN_LAMBDA",
                    "The aggregate function `" + call.name()
                            + "` is not possible within a lambda; aggregate first, or use `aggregate` over the array",
                    call.position());
        }
        withinAggregate = true;
        try {
            return collect(AggregateBinding.bind(this, call, function, false));
        } finally {
            withinAggregate = false;
        }
    }

    private Expression collect(AggregateCall call) {
        List<AggregateCall> known = java.util.Objects.requireNonNull(aggregates);
        int place = 0;
        while (place < known.size() && !same(known.get(place), call)) {
            place++;
        }
        if (place == known.size()) {
            known.add(call);
        }
        return new Expression.Reference(
                AGGREGATES + place, call.function().type(), call.function().nullable(), call.name());
    }

    private static boolean same(AggregateCall a, AggregateCall b) {
        if (!a.function().name().equals(b.function().name())
                || a.distinct() != b.distinct()
                || a.arguments().size() != b.arguments().size()
                || (a.filter() == null) != (b.filter() == null)) {
            return false;
        }
        for (int i = 0; i < a.arguments().size(); i++) {
            if (!Expressions.same(a.arguments().get(i), b.arguments().get(i))) {
                return false;
            }
        }
        return a.filter() == null || b.filter() == null || Expressions.same(a.filter(), b.filter());
    }

    private Expression window(Ast.Over over) {
        if (ranks == null) {
            throw Asts.error(
                    "UNSUPPORTED_EXPR_FOR_OPERATOR",
                    "A window function is possible in SELECT, ORDER BY and QUALIFY, not here: " + SqlText.name(over),
                    over.position());
        }
        WindowFunctions.Windowed windowed = new WindowFunctions(this, registry).resolve(over);
        ranks.add(windowed);
        return new Expression.Reference(RANK + ranks.size() - 1, windowed.type(), windowed.nullable(), windowed.name());
    }

    static io.millrace.table.plan.QueryPlan.Order order(Expression key, Ast.SortKey sort) {
        boolean nullsFirst = sort.nullsFirst() == null ? !sort.descending() : sort.nullsFirst();
        return new io.millrace.table.plan.QueryPlan.Order(key, sort.descending(), nullsFirst);
    }
}
