// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.ColumnPruning;
import io.millrace.table.plan.ConstantFolding;
import io.millrace.table.plan.PlanText;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.StatefulFunction;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * Makes one logical plan of queries, whether they come as SQL or from {@link io.millrace.table.Table}: Calcite parses the text and optimises the tree; names, types and errors are Spark's.
 * For any threads; one plans at a time, for Calcite's trees share what is not made for several.
 *
 * <p>All operations throw {@link AnalysisException} if the query cannot be run.
 */
public final class Planner {

    private final FunctionRegistry registry;
    private final Views views = new Views();
    private final Algebra algebra = new Algebra();
    private final Selection selection;
    private final Joining joining;

    /** A planner with some functions. */
    public Planner(FunctionRegistry registry) {
        this.registry = registry;
        this.selection = new Selection(algebra, registry);
        this.joining = new Joining(algebra, registry);
    }

    /** Loads the parser, which otherwise the first text does; it takes some tenths of a second. */
    public static void loadParser() {
        var unused = SqlParsing.query("SELECT a FROM b WHERE c = 1 GROUP BY a");
    }

    /** The names by which queries find tables. */
    public Views views() {
        return views;
    }

    /**
     * A source.
     *
     * @param id under which the plan names it
     */
    public synchronized Relation scan(String id, boolean streaming, Schema schema) {
        return algebra.leaf(new QueryPlan.Scan(id, streaming, schema));
    }

    /** Constant rows, whose values are held as {@link io.millrace.table.type.DataType} says. */
    public synchronized Relation values(Schema schema, List<@Nullable Object[]> rows) {
        return algebra.leaf(new QueryPlan.Values(List.copyOf(rows), schema));
    }

    /** A query of SQL over the views. */
    public synchronized Relation sql(String text) {
        return new QueryReader(this, SqlParsing.query(text)).query();
    }

    /** Other columns; aggregates over all rows if there are aggregate functions. */
    public synchronized Relation select(Relation input, List<Ast> list) {
        return list.stream().anyMatch(item -> ExpressionResolver.aggregates(item, registry))
                ? Aggregation.aggregate(algebra, registry, input, Groups.ALL, list, Map.of())
                : selection.select(input, list);
    }

    /** Columns for each group; without keys, for all rows. Keys come first. */
    public synchronized Relation aggregate(Relation input, List<Ast> keys, List<Ast> aggregates) {
        List<Ast> list = new ArrayList<>(keys);
        list.addAll(aggregates);
        return Aggregation.aggregate(algebra, registry, input, Groups.by(keys), list, Map.of());
    }

    /** The columns of a select list, for each group; names of {@code aliases} mean what they stand for. */
    Relation group(Relation input, List<Ast> keys, List<Ast> list, Map<String, Ast> aliases) {
        return group(input, Groups.by(keys), list, aliases);
    }

    /** The same by several sets of keys. */
    Relation group(Relation input, Groups groups, List<Ast> list, Map<String, Ast> aliases) {
        return Aggregation.aggregate(algebra, registry, input, groups, list, aliases);
    }

    boolean aggregates(Ast ast) {
        return ExpressionResolver.aggregates(ast, registry);
    }

    boolean isAggregate(String function) {
        return registry.aggregate(function).isPresent();
    }

    /** Whether an expression over a relation may be null. */
    boolean isNullable(Relation input, Ast ast) {
        return new ExpressionResolver(input, registry, false, null, null)
                .resolve(ast)
                .nullable();
    }

    /** The rows for which a condition is true. */
    public synchronized Relation filter(Relation input, Ast condition) {
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, null);
        Expression resolved = resolver.condition(condition);
        Relation windowed = selection.windowed(input, resolver);
        Relation filtered = algebra.filter(windowed, resolved);
        return windowed == input ? filtered : algebra.project(filtered, Algebra.columns(input), input.items());
    }

    /** A further column, or another in place of those of the name. */
    public synchronized Relation withColumn(Relation input, String name, Ast column) {
        List<Ast> list = new ArrayList<>();
        boolean replaced = false;
        Ast named = new Ast.Alias(Asts.bare(column), List.of(name), column.position());
        for (int i = 0; i < input.size(); i++) {
            boolean same = input.field(i).name().equalsIgnoreCase(name);
            replaced |= same;
            list.add(same ? named : new Ast.Column(i, input.field(i).name(), Position.NONE));
        }
        if (!replaced) {
            list.add(named);
        }
        return selection.select(input, list);
    }

    /** Another name for the columns of a name. */
    public synchronized Relation rename(Relation input, String existing, String name) {
        return renameAll(
                input,
                input.items().stream()
                        .map(item -> item.field().name().equalsIgnoreCase(existing)
                                ? name
                                : item.field().name())
                        .toList());
    }

    /** Other names for all columns. */
    public synchronized Relation renameAll(Relation input, List<String> names) {
        if (names.size() != input.size()) {
            throw new AnalysisException(
                    "ASSIGNMENT_ARITY_MISMATCH",
                    "there are " + input.size() + " columns, but " + names.size() + " names: " + names);
        }
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            items.add(new Relation.Item(
                    input.items().get(i).qualifier(),
                    Field.of(names.get(i), input.field(i).type())));
        }
        return algebra.project(input, Algebra.columns(input), items);
    }

    /** Without columns of some names. */
    public synchronized Relation drop(Relation input, List<String> names) {
        List<Ast> list = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            String name = input.field(i).name();
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                list.add(new Ast.Column(i, name, Position.NONE));
            }
        }
        return selection.select(input, list);
    }

    /** The first columns. */
    Relation first(Relation input, int count) {
        return algebra.project(
                input, Algebra.columns(input).subList(0, count), input.items().subList(0, count));
    }

    /** A join; without a condition, every row with every row. */
    public synchronized Relation join(Relation left, Relation right, QueryPlan.JoinType type, @Nullable Ast condition) {
        return joining.join(left, right, type, condition);
    }

    /** A join by columns of the same names, which come out once. */
    public synchronized Relation joinUsing(
            Relation left, Relation right, QueryPlan.JoinType type, List<String> columns) {
        return joining.using(left, right, type, columns);
    }

    /** All rows of inputs, by the place of the columns. */
    public synchronized Relation union(List<Relation> inputs) {
        return joining.union(inputs);
    }

    /** The rows that are in both inputs, or in the first and not in the second. */
    public synchronized Relation setOperation(SetOperation operation, Relation left, Relation right, boolean all) {
        List<Relation> inputs = joining.alike(operation.name(), List.of(left, right));
        return new SetOperations(this, algebra).apply(operation, inputs.get(0), inputs.get(1), all);
    }

    /** The first row of each combination of columns; of all columns if none is named. */
    public synchronized Relation deduplicate(Relation input, List<String> names, boolean withinWatermark) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            String name = input.field(i).name();
            if (names.isEmpty() || names.stream().anyMatch(name::equalsIgnoreCase)) {
                columns.add(i);
            }
        }
        for (String name : names) {
            if (input.schema().indexOf(name) < 0) {
                throw Names.unresolved(input, new Ast.Name(List.of(name), Position.NONE));
            }
        }
        return algebra.step(input, new Step.Deduplicate(columns, withinWatermark, input.schema()), input.items());
    }

    /** Equal rows once, as SQL's DISTINCT does it: groups by all columns without an aggregate. */
    Relation distinct(Relation input) {
        List<Integer> keys = IntStream.range(0, input.size()).boxed().toList();
        return algebra.step(input, new Step.Aggregate(keys, List.of(), input.schema()), input.items());
    }

    /**
     * Says how late rows may come.
     *
     * @param delay as {@code "10 seconds"}
     */
    public synchronized Relation watermark(Relation input, String column, String delay) {
        Ast ast = SqlText.column(column);
        Expression time = new ExpressionResolver(input, registry, false, null, null).resolve(ast);
        if (!(time instanceof Expression.Reference reference)
                || (reference.type() != AtomicType.TIMESTAMP
                        && !reference.type().equals(TimeWindows.TYPE))) {
            throw new AnalysisException(
                    "EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE",
                    "The event time must be a column of the type timestamp, but `" + column + "` is "
                            + time.type().sql());
        }
        long micros = Intervals.delay(delay);
        if (micros < 0) {
            throw new AnalysisException(
                    "INVALID_PARAMETER_VALUE.DELAY_THRESHOLD",
                    "The delay of the watermark (" + delay + ") should not be negative");
        }
        List<Relation.Item> items = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            Field field = input.field(i);
            items.add(new Relation.Item(
                    input.items().get(i).qualifier(),
                    new Field(field.name(), field.type(), field.nullable(), i == reference.index())));
        }
        Schema output = new Schema(items.stream().map(Relation.Item::field).toList());
        return algebra.step(input, new Step.Watermark(reference.index(), micros, output), items);
    }

    /** All rows in order. */
    public synchronized Relation sort(Relation input, List<Ast.SortKey> keys) {
        ExpressionResolver resolver = new ExpressionResolver(input, registry, false, null, null);
        List<Expression> columns = new ArrayList<>(Algebra.columns(input));
        List<Relation.Item> items = new ArrayList<>(input.items());
        List<RelFieldCollation> orders = new ArrayList<>();
        Set<Integer> sorted = new HashSet<>();
        for (Ast.SortKey key : keys) {
            Expression by = resolver.resolve(key.input());
            int place = Selection.place(columns, items, by);
            if (sorted.add(place)) {
                orders.add(Algebra.order(place, ExpressionResolver.order(by, key)));
            }
        }
        if (columns.size() == input.size()) {
            return algebra.sort(input, orders);
        }
        return first(algebra.sort(algebra.project(input, columns, items), orders), input.size());
    }

    /** Some rows after others. */
    public synchronized Relation limit(Relation input, long offset, long count) {
        if (count < 0 || offset < 0) {
            throw new AnalysisException(
                    "INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE",
                    "LIMIT and OFFSET must not be negative, but are " + count + " and " + offset);
        }
        return algebra.limit(input, offset, count);
    }

    /** A generator's columns behind those of the input. */
    Relation generate(Relation input, Ast.Call call, String table, List<String> names) {
        return selection.generate(input, call, table, names);
    }

    /** The columns of the input, of which the last may be of a window, and those made from them. */
    Relation tableFunction(Relation input, Ast.Call window) {
        return WindowTables.table(algebra, registry, input, window);
    }

    /** The rows with their sessions, as {@link #tableFunction}. */
    Relation sessions(Relation input, List<Ast> keys, Ast time, Ast gap) {
        return WindowTables.session(this, algebra, input, keys, time, gap);
    }

    /**
     * The same rows, of which aggregates are reported.
     *
     * @param heard is told those of finished data
     */
    public synchronized Relation observe(Relation input, String name, List<Ast> metrics, Consumer<Row> heard) {
        return Observing.observe(algebra, registry, input, name, metrics, heard);
    }

    /** A function with state of its own by columns that make a key. */
    public synchronized Relation stateful(
            Relation input, List<Integer> keys, StatefulFunction function, Schema output) {
        return algebra.step(input, new Step.Stateful(keys, function, output));
    }

    /**
     * A plan before and after it was optimised.
     *
     * @param analysed as it was written; what a stream allows is judged by it
     * @param optimised what is run
     */
    public record Planned(QueryPlan analysed, QueryPlan optimised) {}

    /** How a query is run. */
    public Planned plan(Relation relation) {
        return planned(relation, ColumnPruning::apply);
    }

    /** How a query is run if rows with all their columns are to be there before the operators with state, for the late ones. */
    public Planned planKeepingInputs(Relation relation) {
        return planned(relation, ColumnPruning::keepingInputs);
    }

    private synchronized Planned planned(Relation relation, UnaryOperator<QueryPlan> pruning) {
        RelNode written = TreeValidator.validated(relation.rel());
        RelNode optimised = TreeValidator.validated(Optimizer.optimise(written), written);
        return new Planned(
                PlanTranslator.translate(written, relation.schema(), false),
                pruning.apply(ConstantFolding.apply(PlanTranslator.translate(optimised, relation.schema(), true))));
    }

    /** A query in words; with {@code extended} its logical and optimised plan too. */
    public synchronized String explain(Relation relation, boolean extended) {
        String physical = "== Physical Plan ==\n" + PlanText.of(plan(relation).optimised());
        return extended
                ? "== Logical Plan ==\n" + RelOptUtil.toString(relation.rel()) + "\n== Optimized Logical Plan ==\n"
                        + RelOptUtil.toString(Optimizer.optimise(relation.rel())) + "\n" + physical
                : physical;
    }
}
