// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One select with groups: its keys, its aggregates, and what is made of both. */
final class Aggregation {

    /** What a window that is grouped by may be called besides. */
    private static final Set<String> WINDOWS = Set.of("window", "session_window");

    private final Algebra algebra;
    private final Selection selection;
    private final Relation input;
    private final List<AggregateCall> calls = new ArrayList<>();
    private final List<Expression> keys = new ArrayList<>();
    private final List<Expression> results = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final ExpressionResolver resolver;
    private @Nullable GroupingSets sets;

    private Aggregation(Algebra algebra, Selection selection, FunctionRegistry registry, Relation input) {
        this.algebra = algebra;
        this.selection = selection;
        this.input = input;
        this.resolver = new ExpressionResolver(input, registry, true, calls, null);
    }

    /**
     * The columns of a select list for each group.
     *
     * @param aliases names that keys and columns may use besides those of the input
     */
    static Relation aggregate(
            Algebra algebra,
            FunctionRegistry registry,
            Relation input,
            Groups groups,
            List<Ast> list,
            Map<String, Ast> aliases) {
        List<Ast> keys = groups.keys();
        Aggregation made = new Aggregation(algebra, new Selection(algebra, registry), registry, input);
        aliases.forEach(made.resolver::alias);
        for (Ast key : keys) {
            if (ExpressionResolver.aggregates(key, registry)) {
                throw Asts.error(
                        "GROUP_BY_AGGREGATE",
                        "Aggregate functions are not allowed in GROUP BY, but found " + SqlText.name(key),
                        key.position());
            }
            Expression expression = made.resolver.resolve(key);
            if (made.key(expression) < 0) {
                made.keys.add(expression);
            }
            if (Asts.bare(key) instanceof Ast.Call call && WINDOWS.contains(call.name())) {
                made.resolver.alias(call.name(), call);
            }
        }
        List<List<Ast>> several = groups.sets();
        if (several != null) {
            GroupingSets sets = made.sets(several);
            made.sets = sets;
            made.resolver.groupings(sets::meaning);
        }
        for (Ast item : Selection.expand(input, list)) {
            made.results.add(made.overGroups(made.resolver.resolve(item), item, keys.isEmpty()));
            made.names.add(Names.called(input, item));
        }
        return made.build();
    }

    private GroupingSets sets(List<List<Ast>> written) {
        List<Set<Integer>> places = new ArrayList<>();
        for (List<Ast> set : written) {
            Set<Integer> in = new TreeSet<>();
            set.forEach(key -> in.add(key(resolver.resolve(key))));
            places.add(in);
        }
        return new GroupingSets(resolver, keys.size(), places, this::key);
    }

    private int key(Expression expression) {
        for (int i = 0; i < keys.size(); i++) {
            if (Expressions.same(keys.get(i), expression)) {
                return i;
            }
        }
        return -1;
    }

    /** Over the columns of the aggregation: its keys, then its aggregates. */
    private Expression overGroups(Expression expression, Ast item, boolean global) {
        return Expressions.replace(expression, part -> {
            int key = key(part);
            if (key >= 0) {
                boolean nullable = part.nullable() || (sets != null && !sets.isInAll(key));
                return new Expression.Reference(key, part.type(), nullable, name(part, key));
            }
            if (!(part instanceof Expression.Reference reference)) {
                return null;
            }
            if (reference.index() == ExpressionResolver.GROUPING) {
                return new Expression.Reference(keys.size(), part.type(), false, reference.name());
            }
            if (reference.index() >= ExpressionResolver.AGGREGATES) {
                return new Expression.Reference(
                        keyColumns() + reference.index() - ExpressionResolver.AGGREGATES,
                        part.type(),
                        part.nullable(),
                        reference.name());
            }
            throw Asts.error(
                    global ? "MISSING_GROUP_BY" : "MISSING_AGGREGATION",
                    "The column `" + reference.name()
                            + "` is neither in GROUP BY nor aggregated; group by it, or use first(`" + reference.name()
                            + "`)",
                    item.position());
        });
    }

    private static String name(Expression key, int index) {
        return key instanceof Expression.Reference reference ? reference.name() : "key" + index;
    }

    /** How many columns make a group: with several sets of keys, the number of the set is one. */
    private int keyColumns() {
        return keys.size() + (sets == null ? 0 : 1);
    }

    private Relation build() {
        Relation below = selection.windowed(input, resolver);
        if (sets != null) {
            below = sets.repeat(algebra, below);
        }
        TimeWindows.Session session = resolver.windows().session();
        List<Expression> columns = new ArrayList<>();
        List<Relation.Item> items = new ArrayList<>();
        boolean plain = sets == null && keys.stream().allMatch(key -> key instanceof Expression.Reference);
        if (plain) {
            columns.addAll(Algebra.columns(below));
            items.addAll(below.items());
        }
        int place = -1;
        List<Integer> places = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Expression key = sets == null ? keys.get(i) : sets.key(keys.get(i), i, below);
            if (key instanceof Expression.Reference reference && reference.index() == ExpressionResolver.SESSION) {
                place = i;
            } else {
                places.add(Selection.place(columns, items, key));
            }
            fields.add(new Field(
                    resultName(i, name(keys.get(i), i)), key.type(), key.nullable(), eventTime(key, below, session)));
        }
        if (sets != null) {
            if (session != null) {
                throw Asts.error(
                        "UNSUPPORTED_FEATURE.SESSION_WINDOW",
                        "session_window is not possible with GROUPING SETS, CUBE or ROLLUP",
                        Position.NONE);
            }
            places.add(Selection.place(columns, items, GroupingSets.number(below)));
            fields.add(new Field("__grouping", AtomicType.INT, false, false));
        }
        if (session != null && place < 0) {
            throw Asts.error("UNSUPPORTED_FEATURE.SESSION_WINDOW", "session_window must be in GROUP BY", Position.NONE);
        }
        List<AggregateCall> moved = plain ? calls : Selection.over(calls, columns, items);
        for (int i = 0; i < moved.size(); i++) {
            AggregateCall call = moved.get(i);
            String name = resultName(keyColumns() + i, call.name());
            fields.add(new Field(name, call.function().type(), call.function().nullable(), false));
            moved = renamed(moved, i, name);
        }
        Step step = session == null
                ? new Step.Aggregate(places, moved, new Schema(fields))
                : new Step.Session(
                        places,
                        place,
                        plain ? session.time() : moved(session.time(), columns, items),
                        plain ? session.gap() : moved(session.gap(), columns, items),
                        moved,
                        new Schema(fields));
        Relation grouped = algebra.step(plain ? below : algebra.project(below, columns, items), step);
        return algebra.project(
                grouped,
                results,
                names.stream()
                        .map(name -> new Relation.Item(
                                "", Field.of(name, results.get(0).type())))
                        .toList());
    }

    private static Expression moved(Expression expression, List<Expression> columns, List<Relation.Item> items) {
        if (expression instanceof Expression.Literal) {
            return expression;
        }
        int place = Selection.place(columns, items, expression);
        return new Expression.Reference(
                place,
                expression.type(),
                expression.nullable(),
                items.get(place).field().name());
    }

    private static List<AggregateCall> renamed(List<AggregateCall> calls, int index, String name) {
        List<AggregateCall> changed = new ArrayList<>(calls);
        AggregateCall call = calls.get(index);
        changed.set(index, new AggregateCall(call.function(), call.arguments(), call.distinct(), call.filter(), name));
        return Collections.unmodifiableList(changed);
    }

    /** The name a column of the aggregation has in the result, if it comes out as it is. */
    private String resultName(int column, String otherwise) {
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof Expression.Reference reference && reference.index() == column) {
                return names.get(i);
            }
        }
        return otherwise;
    }

    private static boolean eventTime(Expression key, Relation below, TimeWindows.@Nullable Session session) {
        if (key instanceof Expression.Reference reference && reference.index() == ExpressionResolver.SESSION) {
            return session != null && session.eventTime();
        }
        return Expressions.eventTime(key, below.schema());
    }
}
