// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.QueryPlan.Ranking;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Chooses columns: expressions, windows, generators and ranks. */
final class Selection {

    private final Algebra algebra;
    private final FunctionRegistry registry;

    Selection(Algebra algebra, FunctionRegistry registry) {
        this.algebra = algebra;
        this.registry = registry;
    }

    private static Ast asGenerator(Ast item) {
        if (item instanceof Ast.Alias alias && alias.input() instanceof Ast.Call call) {
            return new Ast.Alias(Generators.columns(call), alias.names(), alias.position());
        }
        return item instanceof Ast.Call call ? Generators.columns(call) : item;
    }

    /** A select list without aggregates. */
    Relation select(Relation input, List<Ast> list) {
        List<Ast> items =
                expand(input, list).stream().map(Selection::asGenerator).toList();
        List<WindowFunctions.Windowed> ranks = new ArrayList<>();
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, ranks);
        List<Expression> columns = new ArrayList<>();
        List<Relation.Item> names = new ArrayList<>();
        Relation generated = input;
        for (Ast item : items) {
            if (ExpressionResolver.generator(Asts.bare(item))) {
                // several give every row of one with every row of the next
                Step.Generate generate = Generators.step(generated, (Ast.Call) Asts.bare(item), resolver);
                List<String> given = item instanceof Ast.Alias alias ? alias.names() : List.of();
                List<Field> made = Generators.made(generate, given, item.position());
                for (int i = 0; i < made.size(); i++) {
                    Field field = made.get(i);
                    int place = generate.inputs() + i;
                    columns.add(new Expression.Reference(place, field.type(), field.nullable(), field.name()));
                    names.add(new Relation.Item("", field));
                }
                generated = algebra.step(generated, generate, concat(generated, generate));
                continue;
            }
            Expression column = resolver.resolve(item);
            columns.add(column);
            names.add(new Relation.Item(qualifier(input, item, column), named(Names.called(input, item), column)));
            if (item instanceof Ast.Alias alias) {
                resolver.alias(alias.names().get(0), alias.input());
            }
        }
        Relation below = windowed(input, resolver);
        if (generated != input) {
            if (below != input || !ranks.isEmpty()) {
                throw Asts.error(
                        "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
                        "A generator and a window are not possible in one SELECT; use a query for each",
                        items.get(0).position());
            }
            below = generated;
        }
        if (!ranks.isEmpty()) {
            return ranked(below, columns, names, ranks);
        }
        return algebra.project(below, columns, names);
    }

    private static Field named(String name, Expression column) {
        return Field.of(name, column.type());
    }

    /** A column that is taken as it is stays one of its table. */
    private static String qualifier(Relation input, Ast item, Expression column) {
        return (item instanceof Ast.Name || item instanceof Ast.Column)
                        && column instanceof Expression.Reference reference
                        && reference.index() < input.size()
                ? input.items().get(reference.index()).qualifier()
                : "";
    }

    /** The input with the window that was asked for. */
    Relation windowed(Relation input, ExpressionResolver resolver) {
        Step.TimeWindow window = resolver.windows().window();
        if (window == null) {
            Expression session = resolver.windows().inSession();
            return session == null ? input : algebra.filter(input, session);
        }
        List<Relation.Item> items = new ArrayList<>(input.items());
        items.add(new Relation.Item("", window.output().field(input.size())));
        return algebra.step(input, window, items);
    }

    private Relation ranked(
            Relation input, List<Expression> columns, List<Relation.Item> names, List<WindowFunctions.Windowed> ranks) {
        Relation ranked = input;
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < ranks.size(); i++) {
            if (!places.containsKey(i)) {
                WindowFunctions.Windowed first = ranks.get(i);
                Ranking ranking = ranking(input, first);
                List<Integer> together = IntStream.range(i, ranks.size())
                        .filter(other -> ranks.get(other).isWith(first) && ranking(input, ranks.get(other)) == ranking)
                        .boxed()
                        .toList();
                ranked = windowed(ranked, together.stream().map(ranks::get).toList());
                int from = ranked.size() - (ranking == null ? together.size() : 1);
                for (int k = 0; k < together.size(); k++) {
                    places.put(together.get(k), ranking == null ? from + k : from);
                }
            }
        }
        List<Expression> moved = columns.stream()
                .map(column -> Expressions.move(
                        column,
                        place -> place >= ExpressionResolver.RANK
                                ? Objects.requireNonNull(places.get(place - ExpressionResolver.RANK))
                                : place))
                .toList();
        return algebra.project(ranked, moved, names);
    }

    /**
     * How a function ranks, if it is one whose ranks can be kept right as rows come and need not be computed where only the best are wanted; null
     * otherwise. Of finished tables ranks of equal rows are computed with the other functions of their window.
     */
    private static @Nullable Ranking ranking(Relation input, WindowFunctions.Windowed windowed) {
        return switch (windowed.call().function()) {
            case ROW_NUMBER -> Ranking.ROW_NUMBER;
            case RANK -> input.streaming() ? Ranking.RANK : null;
            case DENSE_RANK -> input.streaming() ? Ranking.DENSE_RANK : null;
            default -> null;
        };
    }

    /** The input with a column for each function over one window. */
    private Relation windowed(Relation input, List<WindowFunctions.Windowed> functions) {
        WindowFunctions.Windowed first = functions.get(0);
        List<Expression> all = new ArrayList<>(Algebra.columns(input));
        List<Relation.Item> items = new ArrayList<>(input.items());
        List<Integer> keys = new ArrayList<>();
        for (Expression key : first.partitions()) {
            keys.add(place(all, items, key));
        }
        List<QueryPlan.Order> orders = first.orders();
        List<WindowCall> calls = new ArrayList<>();
        Ranking ranking = ranking(input, first);
        if (ranking == null) {
            // so that only projections compute anything
            orders = orders.stream()
                    .map(order ->
                            new QueryPlan.Order(moved(order.key(), all, items), order.descending(), order.nullsFirst()))
                    .toList();
            functions.forEach(function -> calls.add(function.call().map(part -> moved(part, all, items))));
        }
        Relation keyed = all.size() == input.size() ? input : algebra.project(input, all, items);
        List<Field> fields = new ArrayList<>(keyed.schema().fields());
        for (WindowFunctions.Windowed function : ranking == null ? functions : List.of(first)) {
            Field field = new Field(function.name(), function.type(), function.nullable(), false);
            fields.add(field);
            items.add(new Relation.Item("", field));
        }
        Schema output = new Schema(fields);
        Step step = ranking == null
                ? new Step.Window(keys, orders, calls, output)
                : new Step.TopN(keys, orders, ranking, Long.MAX_VALUE, output);
        return algebra.step(keyed, step, items);
    }

    /** The place of an expression among columns, where it is put if it is not there. */
    static int place(List<Expression> columns, List<Relation.Item> items, Expression wanted) {
        for (int i = 0; i < columns.size(); i++) {
            if (Expressions.same(columns.get(i), wanted)) {
                return i;
            }
        }
        columns.add(wanted);
        items.add(Algebra.item("", "key" + items.size(), wanted, false));
        return columns.size() - 1;
    }

    private static List<Relation.Item> concat(Relation input, Step.Generate generate) {
        List<Relation.Item> items = new ArrayList<>(input.items());
        generate.output()
                .fields()
                .subList(input.size(), generate.output().size())
                .forEach(field -> items.add(new Relation.Item("", field)));
        return items;
    }

    /** {@code LATERAL VIEW}: the input with the columns of a generator. */
    Relation generate(Relation input, Ast.Call call, String table, List<String> names) {
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, null);
        Step.Generate generate = Generators.step(input, call, resolver);
        List<Relation.Item> items = new ArrayList<>(input.items());
        Generators.made(generate, names, call.position()).forEach(field -> items.add(new Relation.Item(table, field)));
        return algebra.step(input, generate, items);
    }

    /** The list with columns in place of stars. */
    static List<Ast> expand(Relation input, List<Ast> list) {
        List<Ast> items = new ArrayList<>();
        for (Ast ast : list) {
            if (ast instanceof Ast.Star star) {
                items.addAll(expand(input, star));
            } else {
                items.add(ast);
            }
        }
        return items;
    }

    private static List<Ast> expand(Relation input, Ast.Star star) {
        String table = star.qualifier().isEmpty()
                ? null
                : star.qualifier().get(star.qualifier().size() - 1);
        List<Ast> items = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            Relation.Item item = input.items().get(i);
            String name = item.field().name();
            boolean excepted = star.except().stream().anyMatch(name::equalsIgnoreCase);
            if ((table == null || item.qualifier().equalsIgnoreCase(table)) && !excepted) {
                items.add(new Ast.Column(i, name, star.position()));
            }
        }
        if (items.isEmpty() && table != null && star.except().isEmpty()) {
            Ast struct = structFields(input, star, table);
            if (struct == null) {
                throw Asts.error(
                        "CANNOT_RESOLVE_STAR_EXPAND",
                        "Cannot resolve `" + table + "`.* given the tables "
                                + input.items().stream()
                                        .map(Relation.Item::qualifier)
                                        .distinct()
                                        .collect(Collectors.joining(", ")),
                        star.position());
            }
            Expression resolved = Names.resolve(input, (Ast.Name) struct);
            if (resolved.type() instanceof StructType type) {
                type.fields()
                        .forEach(field -> items.add(
                                new Ast.Alias(fieldOf(struct, field.name()), List.of(field.name()), star.position())));
            }
        }
        for (String except : star.except()) {
            if (input.schema().indexOf(except.toLowerCase(Locale.ROOT)) < 0) {
                throw Names.unresolved(input, new Ast.Name(List.of(except), star.position()));
            }
        }
        return items;
    }

    private static Ast fieldOf(Ast struct, String name) {
        return Asts.call("get_field", struct.position(), struct, Literals.string(name, struct.position()));
    }

    private static @Nullable Ast structFields(Relation input, Ast.Star star, String name) {
        int column = input.schema().indexOf(name);
        return column >= 0 && input.field(column).type() instanceof StructType
                ? new Ast.Name(List.of(name), star.position())
                : null;
    }

    /** Aggregates over expressions, whose arguments are then columns of a projection. */
    static List<AggregateCall> over(List<AggregateCall> calls, List<Expression> columns, List<Relation.Item> items) {
        List<AggregateCall> moved = new ArrayList<>();
        for (AggregateCall call : calls) {
            List<Expression> arguments = new ArrayList<>();
            for (Expression argument : call.arguments()) {
                arguments.add(moved(argument, columns, items));
            }
            moved.add(new AggregateCall(
                    call.function(),
                    arguments,
                    call.distinct(),
                    call.filter() == null ? null : moved(call.filter(), columns, items),
                    call.name()));
        }
        return moved;
    }

    private static Expression moved(Expression expression, List<Expression> columns, List<Relation.Item> items) {
        if (expression instanceof Expression.Literal) {
            return expression;
        }
        int place = place(columns, items, expression);
        return new Expression.Reference(
                place,
                expression.type(),
                expression.nullable(),
                items.get(place).field().name());
    }
}
