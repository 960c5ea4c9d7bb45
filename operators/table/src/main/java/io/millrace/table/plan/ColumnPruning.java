// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out columns that nobody reads: before each step that exchanges or keeps rows, so that neither carries them, and where they are read from a source. Columns with a watermark always stay: they say which rows are late.
 */
public final class ColumnPruning {

    private final boolean keepsInputs;
    private final boolean narrowsScans;

    /** What is read of each source, by its id. */
    private final Map<String, SortedSet<Integer>> scanned;

    private ColumnPruning(boolean keepsInputs, boolean narrowsScans, Map<String, SortedSet<Integer>> scanned) {
        this.keepsInputs = keepsInputs;
        this.narrowsScans = narrowsScans;
        this.scanned = scanned;
    }

    /** The same columns of the same rows. A source is read once, with all columns that any of its scans wants. */
    public static QueryPlan apply(QueryPlan plan) {
        Map<String, SortedSet<Integer>> scanned = new HashMap<>();
        var unused = new ColumnPruning(false, false, scanned).exactly(plan, all(plan));
        return new ColumnPruning(false, true, scanned).exactly(plan, all(plan));
    }

    /**
     * The same, but columns are left out right before a step that exchanges or keeps rows only, by a projection of its own, so that the rows
     * with all their columns are still there below it: see {@link #aboveInput}. What the steps read and keep is the same as with {@link #apply}.
     */
    public static QueryPlan keepingInputs(QueryPlan plan) {
        return new ColumnPruning(true, false, new HashMap<>()).exactly(plan, all(plan));
    }

    /**
     * The projections between a step of a plan made by {@link #keepingInputs} and an input of it with all columns; the
     * nearest to the step first.
     */
    public static List<QueryPlan.Project> aboveInput(QueryPlan step, int input) {
        List<QueryPlan.Project> above = new ArrayList<>();
        QueryPlan at = step.inputs().get(input);
        boolean seeks = !(step instanceof QueryPlan.Stateful);
        while (seeks && at instanceof QueryPlan.Project project) {
            above.add(project);
            at = project.input();
            seeks = UnusedEventTimes.isUnmarking(project);
        }
        return above;
    }

    /**
     * A plan with at least the columns that were asked for.
     *
     * @param kept the places in the full plan of the columns it has, in their order
     */
    private record Narrow(QueryPlan plan, List<Integer> kept) {

        int place(int column) {
            int place = kept.indexOf(column);
            if (place < 0) {
                throw new IllegalStateException("the column " + column + " is read, but was left out of " + plan);
            }
            return place;
        }

        Expression moved(Expression expression) {
            return ColumnUse.moved(expression, this::place);
        }

        List<Expression> moved(List<Expression> expressions) {
            return expressions.stream().map(this::moved).toList();
        }

        List<Integer> places(List<Integer> columns) {
            return columns.stream().map(this::place).toList();
        }

        List<QueryPlan.Order> orders(List<QueryPlan.Order> orders) {
            return orders.stream()
                    .map(order -> new QueryPlan.Order(moved(order.key()), order.descending(), order.nullsFirst()))
                    .toList();
        }

        List<AggregateCall> calls(List<AggregateCall> calls) {
            return calls.stream()
                    .map(call -> new AggregateCall(
                            call.function(),
                            moved(call.arguments()),
                            call.distinct(),
                            movedOrNull(call.filter()),
                            call.name()))
                    .toList();
        }

        private @Nullable Expression movedOrNull(@Nullable Expression expression) {
            return expression == null ? null : moved(expression);
        }

        /** The columns kept of the input, and all that a step adds behind them. */
        Narrow adding(int inputs, Schema full, Function<Schema, QueryPlan> step) {
            List<Integer> places = new ArrayList<>(kept);
            IntStream.range(inputs, full.size()).forEach(places::add);
            return new Narrow(step.apply(full.select(places)), places);
        }
    }

    private static SortedSet<Integer> all(QueryPlan plan) {
        return IntStream.range(0, plan.schema().size()).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    /** The columns of an input that are read, or stay for their watermark; one at least, which counts the rows. */
    private static SortedSet<Integer> stay(QueryPlan input, Set<Integer> read) {
        SortedSet<Integer> places = new TreeSet<>(read);
        for (int i = 0; i < input.schema().size(); i++) {
            if (input.schema().field(i).eventTime()) {
                places.add(i);
            }
        }
        if (places.isEmpty() && input.schema().size() > 0) {
            places.add(0);
        }
        return places;
    }

    private QueryPlan exactly(QueryPlan plan, SortedSet<Integer> read) {
        return exact(plan, read).plan();
    }

    /** The columns that stay, and no others. */
    private Narrow exact(QueryPlan plan, SortedSet<Integer> read) {
        SortedSet<Integer> places = stay(plan, read);
        return keepsInputs ? projected(narrow(plan, all(plan)), places) : only(narrow(plan, places), places);
    }

    /** The same for the rows of groups: of what is computed of them for the groups, only keys are among all columns, under the names they have in the result. */
    private Narrow grouped(QueryPlan plan, List<Integer> keys, Schema result, SortedSet<Integer> read) {
        if (!keepsInputs || !(plan instanceof QueryPlan.Project made)) {
            return exact(plan, read);
        }
        Schema below = made.input().schema();
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(below.fields());
        for (int i = 0; i < below.size(); i++) {
            columns.add(reference(i, below.field(i)));
        }
        Map<Integer, Expression> moved = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Expression key = made.columns().get(keys.get(i));
            if (!(key instanceof Expression.Reference) && !moved.containsKey(keys.get(i))) {
                Field field = made.schema().field(keys.get(i));
                moved.put(keys.get(i), reference(columns.size(), field));
                columns.add(key);
                fields.add(named(result.field(i).name(), field, fields));
            }
        }
        QueryPlan wide = new QueryPlan.Project(made.input(), columns, new Schema(fields));
        Narrow all = narrow(wide, all(wide));
        List<Integer> kept = List.copyOf(stay(plan, read));
        List<Expression> chosen = kept.stream()
                .map(column ->
                        all.moved(moved.getOrDefault(column, made.columns().get(column))))
                .toList();
        return new Narrow(
                new QueryPlan.Project(all.plan(), chosen, made.schema().select(kept)), kept);
    }

    private static Expression reference(int place, Field field) {
        return new Expression.Reference(place, field.type(), field.nullable(), field.name());
    }

    private static Narrow only(Narrow narrow, SortedSet<Integer> places) {
        return narrow.kept().equals(List.copyOf(places)) ? narrow : projected(narrow, places);
    }

    private static Narrow projected(Narrow narrow, SortedSet<Integer> places) {
        List<Integer> wanted = List.copyOf(places);
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int column : wanted) {
            int place = narrow.place(column);
            Field field = narrow.plan().schema().field(place);
            columns.add(new Expression.Reference(place, field.type(), field.nullable(), field.name()));
            fields.add(field);
        }
        return new Narrow(new QueryPlan.Project(narrow.plan(), columns, new Schema(fields)), wanted);
    }

    /** At least the columns that are read. */
    private Narrow narrow(QueryPlan plan, SortedSet<Integer> read) {
        SortedSet<Integer> places = stay(plan, read);
        if (plan instanceof QueryPlan.Scan p) {
            return scan(p, places);
        }
        if (plan instanceof QueryPlan.Project p) {
            return project(p, places);
        }
        if (plan instanceof QueryPlan.Filter p) {
            Narrow input = narrow(p.input(), union(places, ColumnUse.of(p.condition())));
            return new Narrow(new QueryPlan.Filter(input.plan(), input.moved(p.condition())), input.kept());
        }
        if (plan instanceof QueryPlan.Watermark p) {
            Narrow input = narrow(p.input(), union(places, Set.of(p.column())));
            return input.adding(
                    p.schema().size(),
                    p.schema(),
                    schema -> new QueryPlan.Watermark(
                            input.plan(), p.node(), input.place(p.column()), p.delayMicros(), schema));
        }
        if (plan instanceof QueryPlan.Sort p) {
            Narrow input = narrow(p.input(), union(places, orders(p.orders())));
            return new Narrow(new QueryPlan.Sort(input.plan(), input.orders(p.orders())), input.kept());
        }
        if (plan instanceof QueryPlan.Limit p) {
            Narrow input = narrow(p.input(), places);
            return new Narrow(new QueryPlan.Limit(input.plan(), p.offset(), p.count()), input.kept());
        }
        if (plan instanceof QueryPlan.Union p) {
            // the same of each, whether or not further ones carry a watermark
            List<QueryPlan> inputs = p.inputs().stream()
                    .map(input -> only(narrow(input, places), places).plan())
                    .toList();
            return new Narrow(new QueryPlan.Union(inputs, p.schema().select(places)), List.copyOf(places));
        }
        return widening(plan, places);
    }

    private Narrow scan(QueryPlan.Scan p, SortedSet<Integer> places) {
        if (!narrowsScans) {
            scanned.merge(p.id(), places, ColumnPruning::union);
            return whole(p);
        }
        List<Integer> read = List.copyOf(scanned.getOrDefault(p.id(), places));
        List<Integer> columns = read.stream().map(p.columns()::get).toList();
        return new Narrow(
                new QueryPlan.Scan(p.id(), p.streaming(), columns, p.schema().select(read)), read);
    }

    private Narrow project(QueryPlan.Project p, SortedSet<Integer> places) {
        SortedSet<Integer> read = new TreeSet<>();
        places.forEach(place -> read.addAll(ColumnUse.of(p.columns().get(place))));
        Narrow input = narrow(p.input(), read);
        List<Expression> columns = places.stream()
                .map(place -> input.moved(p.columns().get(place)))
                .toList();
        return new Narrow(
                new QueryPlan.Project(input.plan(), columns, p.schema().select(places)), List.copyOf(places));
    }

    /** Steps that put columns behind those of their input. */
    private Narrow widening(QueryPlan plan, SortedSet<Integer> places) {
        if (plan instanceof QueryPlan.Generate p) {
            int inputs = p.input().schema().size();
            Narrow input = narrow(p.input(), union(places.headSet(inputs), ColumnUse.of(p.collection())));
            return input.adding(
                    inputs,
                    p.schema(),
                    schema -> new QueryPlan.Generate(
                            input.plan(), input.moved(p.collection()), p.position(), p.inline(), p.outer(), schema));
        }
        if (plan instanceof QueryPlan.TimeWindow p) {
            int inputs = p.input().schema().size();
            Narrow input = narrow(p.input(), union(places.headSet(inputs), ColumnUse.of(p.time())));
            return input.adding(
                    inputs,
                    p.schema(),
                    schema -> new QueryPlan.TimeWindow(
                            input.plan(),
                            input.moved(p.time()),
                            p.widthMicros(),
                            p.slideMicros(),
                            p.startMicros(),
                            schema));
        }
        if (plan instanceof QueryPlan.TopN p) {
            int inputs = p.input().schema().size();
            SortedSet<Integer> read = union(places.headSet(inputs), union(p.keys(), orders(p.orders())));
            Narrow input = exact(p.input(), read);
            return input.adding(
                    inputs,
                    p.schema(),
                    schema -> new QueryPlan.TopN(
                            input.plan(),
                            input.places(p.keys()),
                            input.orders(p.orders()),
                            p.ranking(),
                            p.count(),
                            p.rankColumn(),
                            schema));
        }
        if (plan instanceof QueryPlan.Window p) {
            return window(p, places);
        }
        return keeping(plan, places);
    }

    private Narrow window(QueryPlan.Window p, SortedSet<Integer> places) {
        int inputs = p.input().schema().size();
        SortedSet<Integer> read = union(places.headSet(inputs), union(p.keys(), orders(p.orders())));
        p.calls()
                .forEach(call -> call.map(expression -> {
                    read.addAll(ColumnUse.of(expression));
                    return expression;
                }));
        Narrow input = exact(p.input(), read);
        return input.adding(
                inputs,
                p.schema(),
                schema -> new QueryPlan.Window(
                        input.plan(),
                        input.places(p.keys()),
                        input.orders(p.orders()),
                        p.calls().stream().map(call -> call.map(input::moved)).toList(),
                        schema));
    }

    /** Steps that keep rows. */
    private Narrow keeping(QueryPlan plan, SortedSet<Integer> places) {
        if (plan instanceof QueryPlan.Deduplicate p) {
            Narrow input = exact(p.input(), union(places, p.columns()));
            return new Narrow(
                    new QueryPlan.Deduplicate(input.plan(), input.places(p.columns()), p.withinWatermark()),
                    input.kept());
        }
        if (plan instanceof QueryPlan.Aggregate p) {
            Narrow input = grouped(p.input(), p.keys(), p.schema(), union(p.keys(), calls(p.calls())));
            return whole(
                    new QueryPlan.Aggregate(input.plan(), input.places(p.keys()), input.calls(p.calls()), p.schema()));
        }
        if (plan instanceof QueryPlan.SessionAggregate p) {
            SortedSet<Integer> times = union(ColumnUse.of(p.time()), ColumnUse.of(p.gap()));
            Narrow input = grouped(p.input(), List.of(), p.schema(), union(times, union(p.keys(), calls(p.calls()))));
            return whole(new QueryPlan.SessionAggregate(
                    input.plan(),
                    input.places(p.keys()),
                    p.sessionPlace(),
                    input.moved(p.time()),
                    input.moved(p.gap()),
                    input.calls(p.calls()),
                    p.schema()));
        }
        if (plan instanceof QueryPlan.Join p) {
            return join(p, places);
        }
        // constant rows, functions that are given whole rows, and what is observed of rows
        return whole(PlanRewrite.mapInputs(plan, input -> exactly(input, all(input))));
    }

    private Narrow join(QueryPlan.Join p, SortedSet<Integer> places) {
        int lefts = p.left().schema().size();
        SortedSet<Integer> condition = p.condition() == null ? new TreeSet<>() : ColumnUse.of(p.condition());
        SortedSet<Integer> read = union(places, condition);
        SortedSet<Integer> fromRight = new TreeSet<>();
        read.tailSet(lefts).forEach(place -> fromRight.add(place - lefts));
        SortedSet<Integer> fromLeft = new TreeSet<>(read.headSet(lefts));
        p.leftKeys().forEach(key -> fromLeft.addAll(ColumnUse.of(key)));
        p.rightKeys().forEach(key -> fromRight.addAll(ColumnUse.of(key)));
        Narrow left = exact(p.left(), fromLeft);
        Narrow right = exact(p.right(), fromRight);
        IntUnaryOperator place =
                column -> column < lefts ? left.place(column) : left.kept().size() + right.place(column - lefts);
        List<Integer> kept = new ArrayList<>(left.kept());
        if (p.schema().size() > lefts) {
            right.kept().forEach(column -> kept.add(lefts + column));
        }
        return new Narrow(
                new QueryPlan.Join(
                        left.plan(),
                        right.plan(),
                        p.type(),
                        left.moved(p.leftKeys()),
                        right.moved(p.rightKeys()),
                        p.condition() == null ? null : ColumnUse.moved(p.condition(), place),
                        p.schema().select(kept)),
                kept);
    }

    /** The column under a name that others do not have. */
    private static Field named(String wanted, Field field, List<Field> others) {
        String name = wanted;
        while (new Schema(others).indexOf(name) >= 0) {
            name += "_";
        }
        return new Field(name, field.type(), field.nullable(), field.eventTime());
    }

    private static Narrow whole(QueryPlan plan) {
        return new Narrow(plan, List.copyOf(all(plan)));
    }

    private static SortedSet<Integer> union(Collection<Integer> one, Collection<Integer> other) {
        SortedSet<Integer> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private static SortedSet<Integer> orders(List<QueryPlan.Order> orders) {
        SortedSet<Integer> places = new TreeSet<>();
        orders.forEach(order -> places.addAll(ColumnUse.of(order.key())));
        return places;
    }

    private static SortedSet<Integer> calls(List<AggregateCall> calls) {
        SortedSet<Integer> places = new TreeSet<>();
        for (AggregateCall call : calls) {
            call.arguments().forEach(argument -> places.addAll(ColumnUse.of(argument)));
            if (call.filter() != null) {
                places.addAll(ColumnUse.of(call.filter()));
            }
        }
        return places;
    }
}
