// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.DataStreamWriter;
import io.millrace.table.query.StreamingQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One run of a sample over tables: its session, where its lines come from, and its end, which is graceful, also by Ctrl+C.
 *
 * <p>The built-in feeder says the next lines of its script when those before are processed, and all that follows from them. So the
 * batches are the same however slow the machine is.
 */
final class TableRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TableSession session = TableSession.builder().build();
    private final QueryWatch watch = new QueryWatch();
    private final Thread hook = new Thread(this::end, "millrace-sample-end");
    private final SampleOptions.Address address;
    private final Optional<LineServer> feeder;
    private final Script script;
    private boolean ended;

    private TableRun(SampleOptions.Address address, Optional<LineServer> feeder, Script script) {
        this.address = address;
        this.feeder = feeder;
        this.script = script;
        session.streams().addListener(watch);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A run fed from the address in the options or else by the built-in feeder. */
    static TableRun of(TableOptions options, Script script) throws IOException {
        Optional<SampleOptions.Address> given = options.address();
        if (given.isPresent()) {
            return new TableRun(given.get(), Optional.empty(), script);
        }
        LineServer feeder = LineServer.listen(0);
        return new TableRun(new SampleOptions.Address(feeder.host(), feeder.port()), Optional.of(feeder), script);
    }

    TableSession session() {
        return session;
    }

    /** The stream of the lines, in a column {@code value}. */
    Table lines() {
        return session.readStream()
                .format("socket")
                .option("host", address.host())
                .option("port", address.port())
                .load();
    }

    /** Starts a query and runs it until its end: that of the feeder's script, or Ctrl+C. */
    void toTheEnd(DataStreamWriter writer) throws InterruptedException {
        StreamingQuery query = writer.start();
        if (feeder.isPresent()) {
            feed(query, feeder.get());
            query.stop();
        }
        query.awaitTermination();
    }

    private void feed(StreamingQuery query, LineServer server) throws InterruptedException {
        LineClient client = server.next(PATIENCE)
                .orElseThrow(() ->
                        new IllegalStateException("nobody connects to the built-in feeder on " + server.address()));
        long said = 0;
        for (Optional<String> second : script.seconds()) {
            if (second.isPresent()) {
                said += second.get().lines().count();
                if (!client.say(second.get()) || !watch.awaitRows(said)) {
                    return;
                }
                query.processAllAvailable();
            }
        }
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            session.close();
            System.err.println(watch.describe());
        }
    }

    @Override
    public void close() throws IOException {
        end();
        try {
            var unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work: the JVM ends
        }
        if (feeder.isPresent()) {
            feeder.get().close();
        }
    }
}
