// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.LocalRun;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.StreamingRules;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.query.PlannedQuery;
import io.millrace.table.query.QueryPlanning;
import io.millrace.table.query.QuerySettings;
import io.millrace.table.query.StreamingQueryManager;
import io.millrace.table.sink.DataWriter;
import io.millrace.table.source.DataReader;
import io.millrace.table.source.DataStreamReader;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.source.RowsSource;
import io.millrace.table.source.StreamSource;
import io.millrace.table.sql.Planner;
import io.millrace.table.testkit.CheckReport;
import io.millrace.table.testkit.StreamCheck;
import io.millrace.table.type.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where tables are made and queries run: in an actor system of the user's, or one of its own that ends with it. Several may live in one
 * JVM.
 *
 * <pre>{@code
 * try (TableSession session = TableSession.builder().build()) {
 *     Table lines = session.readStream().format("socket").option("host", "localhost").option("port", 9999).load();
 *     lines.createOrReplaceTempView("lines");
 *     session.sql("SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word")
 *             .writeStream().outputMode("complete").format("console").start()
 *             .awaitTermination();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class TableSession implements TableEnvironment, AutoCloseable {

    private final SessionSources sources = new SessionSources();
    private final CompletableFuture<Planner> planner;
    private final QuerySettings settings;
    private final Planning planning = new Planning();
    private final SessionHost host;

    TableSession(TableSessionBuilder options) {
        this.planner = Preparation.planner(() -> options.functions.orElseGet(FunctionRegistry::spark));
        Preparation.compilers();
        this.host = new SessionHost(options.system, options.clock);
        this.settings = new QuerySettings(
                host,
                new StreamingQueryManager(),
                options.formats(),
                options.poll,
                options.idle,
                options.recentProgress,
                options.queryOptions,
                options.job,
                (name, table) -> createTable(table).createOrReplaceTempView(name));
    }

    /** Begins the description of a session. */
    public static TableSessionBuilder builder() {
        return new TableSessionBuilder();
    }

    /**
     * A query.
     *
     * @param text in Spark's SQL
     * @throws AnalysisException if it is wrong, with line and column
     */
    public Table sql(String text) {
        return new Table(this, planner().sql(text));
    }

    /**
     * A table by the name under which {@link Table#createOrReplaceTempView} made it known.
     *
     * @throws AnalysisException if there is none
     */
    public Table table(String name) {
        return new Table(
                this,
                planner()
                        .views()
                        .find(name)
                        .orElseThrow(() -> new AnalysisException(
                                "TABLE_OR_VIEW_NOT_FOUND",
                                "The table or view `" + name + "` cannot be found; there are "
                                        + planner().views().names())));
    }

    /** Begins the description of a stream. */
    public DataStreamReader readStream() {
        host.prepare();
        return new DataStreamReader(settings.formats(), this::createTable);
    }

    /** Begins the description of a finished table. */
    public DataReader read() {
        return new DataReader(settings.formats(), this::createTable);
    }

    /** The queries of this session. */
    public StreamingQueryManager streams() {
        return settings.queries();
    }

    /** The table of a stream. */
    public Table createTable(StreamSource source) {
        host.prepare();
        return new Table(this, planner().scan(sources.add(source), true, source.schema()));
    }

    /** The table of finished data. */
    public Table createTable(FiniteSource source) {
        return new Table(this, planner().scan(sources.add(source), false, source.schema()));
    }

    /**
     * A table of rows.
     *
     * @throws IllegalArgumentException if a value is not of its column's type
     */
    public Table fromRows(Schema schema, List<Row> rows) {
        return createTable(new RowsSource("LocalRows", schema, List.of(RowForm.batch(schema, rows))));
    }

    /**
     * Runs a query over recorded rows as one batch and as many, and compares: a query that does not depend on where batches end gives the
     * same. In complete mode, if the query allows it, by its last batch; otherwise by all that it appends.
     *
     * @param query over {@link io.millrace.table.source.MemoryStream memory streams}: their rows are the recording, and what was added at
     *     once is a batch
     * @throws AnalysisException if the query is over other streams, or cannot run as one
     */
    public CheckReport check(Table query) {
        QueryPlan analysed = planner().plan(query.relation()).analysed();
        OutputMode mode = OutputMode.COMPLETE;
        try {
            StreamingRules.check(analysed, mode, settings.options().refusals());
        } catch (AnalysisException e) {
            mode = OutputMode.APPEND;
        }
        PlannedQuery planned = planning.graph(query, mode, settings.options());
        Map<String, MemoryStream> recorded = new LinkedHashMap<>();
        for (String id : QueryGraph.sources(planned.plan())) {
            if (!(sources.stream(id) instanceof MemoryStream memory)) {
                throw new AnalysisException(
                        "STREAM_NOT_RECORDED",
                        "only queries over memory streams can be checked, but this one is over "
                                + sources.stream(id).description());
            }
            recorded.put(id, memory);
        }
        return StreamCheck.run(planned, recorded, writeStream(query));
    }

    @Override
    public Planner planner() {
        return planner.join();
    }

    @Override
    public DataStreamWriter writeStream(Table table) {
        return new DataStreamWriter(settings, table, planning);
    }

    @Override
    public DataWriter write(Table table) {
        return new DataWriter(settings.formats(), table.schema(), () -> run(table), host::now);
    }

    @Override
    public List<ColumnBatch> run(Table table) {
        if (table.isStreaming()) {
            throw new AnalysisException(
                    "STREAMING_ACTION", "Queries with streaming sources must be executed with writeStream.start();");
        }
        QueryPlan plan = planner().plan(table.relation()).optimised();
        return LocalRun.run(plan, scan -> PlannedQuery.read(sources.table(scan.id()), scan), host.now());
    }

    /** Ends all queries, each after what it has received is processed, and then the actor system if it is the session's own. */
    @Override
    public void close() {
        settings.queries().close();
        host.close();
    }

    private final class Planning implements QueryPlanning {

        @Override
        public PlannedQuery graph(Table table, OutputMode mode, QueryOptions options) {
            Planner.Planned planned = planner().plan(table.relation());
            StreamingRules.check(planned.analysed(), mode, options.refusals());
            return new PlannedQuery(planned.optimised(), mode, options, sources::stream, sources::table);
        }

        @Override
        public PlannedQuery graphWithLateRows(Table table, OutputMode mode, QueryOptions options) {
            Planner.Planned planned = planner().planKeepingInputs(table.relation());
            StreamingRules.check(planned.analysed(), mode, options.refusals());
            return new PlannedQuery(planned.optimised(), mode, options, sources::stream, sources::table, true);
        }

        @Override
        public String explain(Table table, boolean extended) {
            return planner().explain(table.relation(), extended);
        }

        @Override
        public Table table(FiniteSource source) {
            return new Table(TableSession.this, planner().scan(sources.addForOnce(source), false, source.schema()));
        }
    }
}
