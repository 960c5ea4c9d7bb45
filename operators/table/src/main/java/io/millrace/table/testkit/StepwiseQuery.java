// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.table.Table;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.query.JobGraph;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryException;
import io.millrace.testkit.BatchHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A query that runs in a {@link BatchHarness}, step by step: a test adds rows to its {@link io.millrace.table.source.MemoryStream
 * memory streams}, has the query do all there is to do, and looks at the batches that came of it.
 *
 * <pre>{@code
 * MemoryStream lines = MemoryStream.of("lines", schema);
 * Table counts = session.createTable(lines).groupBy("word").count();
 * try (StepwiseQuery query = StepwiseQuery.start(counts, OutputMode.COMPLETE)) {
 *     lines.addRows(Row.of("blue"), Row.of("green"));
 *     List<QueryBatch> batches = query.run();
 * }
 * }</pre>
 *
 * <p>Used by one thread, which does all the work.
 */
public final class StepwiseQuery implements AutoCloseable {

    /** So many batches of the engine a step may take. */
    private static final int MOST_MOMENTS = 1_000;

    private final BatchCollector collector;
    private final HarnessHost host;
    private final StreamingQuery query;

    private StepwiseQuery(BatchCollector collector, HarnessHost host, StreamingQuery query) {
        this.collector = collector;
        this.host = host;
        this.query = query;
    }

    /**
     * Starts a query.
     *
     * @throws io.millrace.table.AnalysisException if it cannot be run as a stream in this mode
     */
    public static StepwiseQuery start(Table table, OutputMode mode) {
        return start(table, mode, writer -> {});
    }

    /** The same with further options, such as a checkpoint directory. */
    public static StepwiseQuery start(Table table, OutputMode mode, Consumer<DataStreamWriter> options) {
        DataStreamWriter writer = table.writeStream().outputMode(mode);
        options.accept(writer);
        return started(writer::start);
    }

    /** The same for a query that is planned already. */
    static StepwiseQuery start(DataStreamWriter writer, JobGraph graph, OutputMode mode) {
        return started((collector, host) -> writer.outputMode(mode).start(collector, host, graph));
    }

    /** Starts a query with a sink in a host. */
    private interface Starting {
        StreamingQuery start(BatchCollector collector, HarnessHost host);
    }

    private static StepwiseQuery started(Starting starting) {
        BatchCollector collector = new BatchCollector();
        HarnessHost host = new HarnessHost();
        try {
            return new StepwiseQuery(collector, host, starting.start(collector, host));
        } catch (RuntimeException e) {
            host.close();
            throw e;
        }
    }

    /**
     * Runs until there is nothing more to do.
     *
     * @return the batches that came of it, perhaps none
     * @throws StepFailedException if the query ends by an error; it has the batches before
     */
    public List<QueryBatch> run() {
        List<QueryBatch> batches = new ArrayList<>();
        for (int moment = 0; moment < MOST_MOMENTS; moment++) {
            host.runBatch();
            batches.addAll(collector.take(query));
            Optional<StreamingQueryException> failed = query.exception();
            if (failed.isPresent()) {
                throw new StepFailedException(batches, failed.get());
            }
            if (query.isCaughtUp()) {
                return batches;
            }
        }
        throw new AssertionError("the query has more to do after " + MOST_MOMENTS + " batches of the engine");
    }

    /** The query. */
    public StreamingQuery query() {
        return query;
    }

    /** What it runs in. */
    public BatchHarness harness() {
        return host.harness();
    }

    /** Ends the query, after what it has received is processed, and what it runs in. */
    @Override
    public void close() {
        try {
            if (query.isActive()) {
                var unused = host.harness().stop();
            }
        } finally {
            host.close();
        }
    }
}
