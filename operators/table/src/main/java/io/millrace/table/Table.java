// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.sink.DataWriter;
import io.millrace.table.sink.ShownTable;
import io.millrace.table.sql.Ast;
import io.millrace.table.sql.Planner;
import io.millrace.table.sql.Position;
import io.millrace.table.sql.Relation;
import io.millrace.table.sql.SqlText;
import io.millrace.table.state.StatefulProcessor;
import io.millrace.table.state.StatefulProcessorFunction;
import io.millrace.table.state.TimeMode;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A query: rows with named and typed columns, of a stream or of finished data. Each operation gives a new table and checks names and types at once; nothing runs until it is
 * written. Immutable, for any thread.
 *
 * <p>Operations throw {@link AnalysisException} if a name is not there or a type does not fit.
 */
public final class Table {

    private final TableEnvironment environment;
    private final Relation relation;

    /** A table of a session. */
    public Table(TableEnvironment environment, Relation relation) {
        this.environment = environment;
        this.relation = relation;
    }

    /** What it belongs to. */
    public TableEnvironment environment() {
        return environment;
    }

    /** The planner's form of it. */
    public Relation relation() {
        return relation;
    }

    Planner planner() {
        return environment.planner();
    }

    Table with(Relation changed) {
        return new Table(environment, changed);
    }

    /** The columns. */
    public Schema schema() {
        return relation.schema();
    }

    /** Prints the columns as a tree. */
    public void printSchema() {
        System.out.println(SqlText.tree(schema()));
    }

    /** The names of the columns. */
    public List<String> columns() {
        return schema().fields().stream().map(Field::name).toList();
    }

    /** Whether rows come for ever. */
    public boolean isStreaming() {
        return relation.streaming();
    }

    /** A column of this table; with {@link #as} or in a join it is told from columns of the same name. */
    public Column col(String name) {
        relation.checkColumn(name);
        return Functions.col(name);
    }

    /** Other columns. */
    public Table select(Column... columns) {
        return with(planner().select(relation, asts(columns)));
    }

    /** Some columns; {@code "*"} is all. */
    public Table select(String... columns) {
        return select(cols(columns));
    }

    /** Other columns, each an expression of SQL. */
    public Table selectExpr(String... expressions) {
        return select(Arrays.stream(expressions).map(Functions::expr).toArray(Column[]::new));
    }

    /** The rows for which a condition is true. */
    public Table where(Column condition) {
        return with(planner().filter(relation, condition.ast()));
    }

    /** The rows for which a condition of SQL is true. */
    public Table where(String condition) {
        return where(Functions.expr(condition));
    }

    /** As {@link #where(Column)}. */
    public Table filter(Column condition) {
        return where(condition);
    }

    /** As {@link #where(String)}. */
    public Table filter(String condition) {
        return where(condition);
    }

    /** A further column, or another in place of the one of this name. */
    public Table withColumn(String name, Column column) {
        return with(planner().withColumn(relation, name, column.ast()));
    }

    /** Another name for a column; nothing changes if there is none of the old name. */
    public Table withColumnRenamed(String existing, String name) {
        return with(planner().rename(relation, existing, name));
    }

    /** Other names for all columns. */
    public Table toDF(String... names) {
        return with(planner().renameAll(relation, List.of(names)));
    }

    /** Leaves out columns; names that are not there do not matter. */
    public Table drop(String... names) {
        return with(planner().drop(relation, List.of(names)));
    }

    /** A name for the table, so that {@code name.column} finds its columns in a join. */
    public Table as(String alias) {
        return with(relation.as(alias));
    }

    /** As {@link #as}. */
    public Table alias(String alias) {
        return as(alias);
    }

    /** Rows of equal columns make a group. */
    public GroupedTable groupBy(Column... columns) {
        return new GroupedTable(this, asts(columns));
    }

    /** Rows of equal columns make a group. */
    public GroupedTable groupBy(String first, String... more) {
        List<String> names = new ArrayList<>();
        names.add(first);
        names.addAll(List.of(more));
        return groupBy(cols(names.toArray(new String[0])));
    }

    /** Aggregates over all rows. */
    public Table agg(Column first, Column... more) {
        return groupBy().agg(first, more);
    }

    /**
     * A join.
     *
     * @param condition over the columns of both; told apart by {@link #as aliases} where names are equal
     * @param type {@code inner}, {@code left_outer}, {@code right_outer}, {@code full_outer}, {@code left_semi}, {@code left_anti}, and as Spark spells them else
     */
    public Table join(Table right, Column condition, String type) {
        return with(planner().join(relation, right.relation, joinType(type), condition.ast()));
    }

    /** An inner join. */
    public Table join(Table right, Column condition) {
        return join(right, condition, "inner");
    }

    /** An inner join by equal columns of the same names, which come out once. */
    public Table join(Table right, String... columns) {
        return with(planner().joinUsing(relation, right.relation, JoinType.INNER, List.of(columns)));
    }

    /** A join by equal columns of the same names, which come out once. */
    public Table join(Table right, List<String> columns, String type) {
        return with(planner().joinUsing(relation, right.relation, joinType(type), columns));
    }

    /** Every row with every row. */
    public Table crossJoin(Table right) {
        return with(planner().join(relation, right.relation, JoinType.INNER, null));
    }

    /** All rows of both, by the place of the columns; equal rows stay. */
    public Table union(Table other) {
        return with(planner().union(List.of(relation, other.relation)));
    }

    /** As {@link #union}. */
    public Table unionAll(Table other) {
        return union(other);
    }

    /** All rows of both, by the names of the columns. */
    public Table unionByName(Table other) {
        return union(other.select(columns().stream()
                .map(name -> Functions.col(SqlText.quote(name)))
                .toArray(Column[]::new)));
    }

    /** Rows that are equal come out once. */
    public Table distinct() {
        return with(planner().deduplicate(relation, List.of(), false));
    }

    /** The first row for each combination of some columns; of all if none is named. */
    public Table dropDuplicates(String... columns) {
        return with(planner().deduplicate(relation, List.of(columns), false));
    }

    /** As {@link #dropDuplicates}, but a combination is forgotten once the watermark is its delay past its first row. */
    public Table dropDuplicatesWithinWatermark(String... columns) {
        return with(planner().deduplicate(relation, List.of(columns), true));
    }

    /**
     * What a function with state of its own makes of the rows of each key.
     *
     * @param keys the columns that make a key
     * @param processors makes a processor for each partition and batch
     * @param output the columns of the rows it gives
     * @param timeMode by which time its timers fire
     */
    public Table transformWithState(
            List<String> keys,
            Supplier<? extends StatefulProcessor<Row, Row, Row>> processors,
            Schema output,
            TimeMode timeMode) {
        List<Integer> places = keys.stream().map(this::place).toList();
        return with(planner().stateful(relation, places, StatefulProcessorFunction.of(processors, timeMode), output));
    }

    private int place(String column) {
        int place = schema().indexOf(column);
        if (place < 0) {
            throw new AnalysisException(
                    "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                    "A column with name `" + column + "` cannot be resolved; there are: " + schema());
        }
        return place;
    }

    /**
     * Says how late rows may come: the watermark is the latest time seen in a column, less a delay.
     *
     * @param delay as {@code "10 seconds"}; not negative
     */
    public Table withWatermark(String column, String delay) {
        return with(planner().watermark(relation, column, delay));
    }

    /**
     * The same rows; aggregates over those of each batch stand in its progress,
     * {@link io.millrace.table.query.StreamingQueryProgress#observedMetrics}, under this name, which must be the only one of its kind in a
     * query. A query that reads the table several times, as in a join with itself, has its metrics once. Nothing is observed of a finished table that a stream is joined with.
     *
     * @param metrics aggregates such as {@code count(lit(1)).as("rows")}, and what is computed from them; not of distinct values
     */
    public Table observe(String name, Column metrics, Column... more) {
        return with(planner().observe(relation, name, together(metrics, more), new Unheard()));
    }

    /**
     * The same rows; aggregates over all of them are set when the query runs for the first time. For finished data.
     *
     * @throws IllegalArgumentException if the table is a stream, or the observation is used already
     */
    public Table observe(Observation observation, Column metrics, Column... more) {
        if (isStreaming()) {
            throw new IllegalArgumentException("An Observation is for finished data, for a stream has metrics for each"
                    + " batch: use observe(name, …), and lastProgress() or a StreamingQueryListener");
        }
        Table observed =
                with(planner().observe(relation, observation.name(), together(metrics, more), observation::set));
        observation.use();
        return observed;
    }

    /** Takes metrics that stand in the progress only; one of its own for each observation, by which two of one name are told. */
    private static final class Unheard implements Consumer<Row> {
        @Override
        public void accept(Row metrics) {}
    }

    private static List<Ast> together(Column first, Column... more) {
        List<Ast> all = new ArrayList<>(asts(first));
        all.addAll(asts(more));
        return all;
    }

    /** All rows in order. */
    public Table orderBy(Column... columns) {
        return with(planner()
                .sort(
                        relation,
                        Arrays.stream(columns)
                                .map(Column::ast)
                                .map(WindowSpec::sortKey)
                                .toList()));
    }

    /** All rows in ascending order. */
    public Table orderBy(String... columns) {
        return orderBy(cols(columns));
    }

    /** As {@link #orderBy(Column...)}. */
    public Table sort(Column... columns) {
        return orderBy(columns);
    }

    /** The first rows. */
    public Table limit(long count) {
        return with(planner().limit(relation, 0, count));
    }

    /** All rows but the first. */
    public Table offset(long count) {
        return with(planner().limit(relation, count, Long.MAX_VALUE));
    }

    /** A name by which SQL finds the table in this session; replaces an earlier one. */
    public void createOrReplaceTempView(String name) {
        planner().views().put(name, relation);
    }

    /** Prints how the query is run. */
    public void explain() {
        explain(false);
    }

    /** Prints how the query is run; with {@code extended} the logical and the optimised plan too. */
    public void explain(boolean extended) {
        System.out.println(planner().explain(relation, extended));
    }

    /** Begins to say where the rows go, for a query over streams. */
    public DataStreamWriter writeStream() {
        return environment.writeStream(this);
    }

    /** Begins to say where the rows go, for a query over finished data. */
    public DataWriter write() {
        return environment.write(this);
    }

    /** Runs a query over finished data and gives its rows. */
    public List<Row> collect() {
        List<Row> rows = new ArrayList<>();
        environment.run(this).forEach(batch -> rows.addAll(RowForm.rows(batch)));
        return rows;
    }

    /** Runs a query over finished data and prints its first 20 rows, cells of at most 20 characters. */
    public void show() {
        show(ShownTable.DEFAULT_ROWS, ShownTable.DEFAULT_WIDTH);
    }

    /**
     * The same with other bounds.
     *
     * @param rows how many rows are printed
     * @param truncate how many characters of a cell; 0 for all
     */
    public void show(int rows, int truncate) {
        System.out.println(ShownTable.of(schema(), environment.run(this), rows, truncate));
    }

    private static List<Ast> asts(Column... columns) {
        return Arrays.stream(columns).map(Column::ast).toList();
    }

    private static Column[] cols(String... names) {
        return Arrays.stream(names).map(Functions::col).toArray(Column[]::new);
    }

    private static JoinType joinType(String type) {
        return switch (type.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "inner", "cross" -> JoinType.INNER;
            case "left", "leftouter" -> JoinType.LEFT_OUTER;
            case "right", "rightouter" -> JoinType.RIGHT_OUTER;
            case "full", "outer", "fullouter" -> JoinType.FULL_OUTER;
            case "semi", "leftsemi" -> JoinType.LEFT_SEMI;
            case "anti", "leftanti" -> JoinType.LEFT_ANTI;
            default ->
                throw new AnalysisException(
                        "UNSUPPORTED_JOIN_TYPE",
                        "there is no join type '" + type
                                + "'; use inner, left_outer, right_outer, full_outer, left_semi or left_anti",
                        Position.NONE.line(),
                        Position.NONE.column());
        };
    }

    /** The columns with their types. */
    @Override
    public String toString() {
        return "[" + schema() + "]";
    }
}
