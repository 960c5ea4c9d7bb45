// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.AnalysisException;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.Trigger;
import io.millrace.table.sink.ShownTable;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Does what is typed into a shell: one statement after the other, with at most one query over streams at work. For one thread. */
final class ShellSession implements AutoCloseable {

    private static final String HELP = """
            SELECT …          runs a query; over a stream it goes on until it is stopped or the next one runs
            .tables           the tables and their columns
            .mode MODE        what is shown of a stream: append, update, complete; auto is complete where it can be, else append
            .explain SELECT … how a query is run: the logical, the optimised and the incremental plan
            .stop             ends the query, after what has come is processed; so does Ctrl+C
            .help             this
            exit              ends the shell; so does Ctrl+D
            A statement goes on in the next line while a parenthesis or a quote is open.""";

    private final TableSession session;
    private final ShellScreen screen;
    private final ShellFormat format;
    private final Duration interval;
    private final TreeMap<String, Schema> known = new TreeMap<>();
    private Optional<OutputMode> mode = Optional.empty();
    private Optional<StreamingQuery> running = Optional.empty();
    private int errors;

    private ShellSession(TableSession session, ShellScreen screen, ShellFormat format, Duration interval) {
        this.session = session;
        this.screen = screen;
        this.format = format;
        this.interval = interval;
    }

    /**
     * A shell on a screen.
     *
     * @param interval how often a query over streams has a batch
     * @param batches how many batches of a query over streams are shown
     */
    static ShellSession on(ShellScreen screen, Duration interval, long batches) {
        ShellFormat format = new ShellFormat(screen, batches);
        TableSession session = TableSession.builder().format(format).build();
        return new ShellSession(session, screen, format, interval);
    }

    /** Where its tables are. */
    TableSession tables() {
        return session;
    }

    /** Makes a table known. */
    void add(String name, Table table) {
        table.createOrReplaceTempView(name);
        known.put(name, table.schema());
    }

    /** How many statements were wrong. */
    int errors() {
        return errors;
    }

    /** Whether a query over streams is at work. */
    boolean isRunning() {
        return running.filter(StreamingQuery::isActive).isPresent();
    }

    /** Does what a statement says; false if the shell is to end. */
    boolean accept(String statement) {
        String text = statement.strip().replaceFirst(";\\s*$", "");
        String[] words = text.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        try {
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "" -> {}
                case "exit", "quit", ".exit", ".quit" -> {
                    return false;
                }
                case ".help" -> screen.say(HELP);
                case ".tables" -> known.forEach((name, schema) -> screen.say(name + " (" + schema + ")"));
                case ".mode" -> mode = mode(rest);
                case ".explain" -> session.sql(rest).explain(true);
                case ".stop" -> {
                    if (!stop()) {
                        screen.say("no query runs");
                    }
                }
                default -> run(text);
            }
        } catch (AnalysisException e) {
            wrong(text.startsWith(".explain") ? rest : text, e);
        } catch (IllegalArgumentException e) {
            errors++;
            screen.error("error: " + e.getMessage());
        }
        return true;
    }

    private static Optional<OutputMode> mode(String name) {
        if (name.equalsIgnoreCase("auto")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OutputMode.valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no mode; there are auto, append, update and complete", e);
        }
    }

    /** Ends the query that runs, after what has come is processed; false if there is none. */
    boolean stop() {
        if (running.isEmpty()) {
            return false;
        }
        StreamingQuery query = running.get();
        boolean active = query.isActive();
        query.stop();
        running = Optional.empty();
        screen.ended();
        return active;
    }

    /** Waits until the query that runs has shown all that it is to show, and ends it. */
    void toTheLast() throws InterruptedException {
        if (running.isPresent()) {
            format.awaitLast();
            StreamingQuery query = running.get();
            var unused = stop();
            query.exception().ifPresent(failure -> {
                errors++;
                screen.error("error: " + failure.getMessage());
            });
        }
    }

    /** Ends everything. */
    @Override
    public void close() {
        session.close();
    }

    private void run(String sql) {
        if (sql.startsWith(".")) {
            throw new IllegalArgumentException(
                    "there is no command " + sql.split("\\s", 2)[0] + "; .help says which there are");
        }
        Table table = session.sql(sql);
        var unused = stop();
        if (table.isStreaming()) {
            running = Optional.of(started(table));
        } else if (table.schema().size() > 0) {
            List<ColumnBatch> parts = session.run(table);
            screen.say(lines(parts)
                    .orElseGet(() ->
                            ShownTable.of(table.schema(), parts, ShownTable.DEFAULT_ROWS, ShownTable.DEFAULT_WIDTH)));
        }
    }

    /** A single text of several lines, such as a plan, stands as it is. */
    private static Optional<String> lines(List<ColumnBatch> parts) {
        List<Object> cells = parts.stream()
                .flatMap(part -> IntStream.range(0, part.rows()).mapToObj(part::row))
                .limit(2)
                .flatMap(Arrays::stream)
                .toList();
        return cells.size() == 1 && String.valueOf(cells.get(0)).contains("\n")
                ? Optional.of(String.valueOf(cells.get(0)).strip())
                : Optional.empty();
    }

    private StreamingQuery started(Table table) {
        if (mode.isPresent()) {
            return start(table, mode.get());
        }
        try {
            return start(table, OutputMode.COMPLETE);
        } catch (AnalysisException e) {
            if (!e.condition().startsWith("STREAMING_OUTPUT_MODE")) {
                throw e;
            }
            return start(table, OutputMode.APPEND);
        }
    }

    private StreamingQuery start(Table table, OutputMode how) {
        return table.writeStream()
                .outputMode(how)
                .trigger(Trigger.ProcessingTime(interval))
                .format(ShellFormat.NAME)
                .start();
    }

    /** Says what is wrong with a text, and shows where. */
    private void wrong(String text, AnalysisException e) {
        errors++;
        List<String> lines = text.lines().toList();
        String place = e.line() < 1 || e.line() > lines.size()
                ? ""
                : lines.get(e.line() - 1) + "\n" + " ".repeat(Math.max(0, e.column() - 1)) + "^\n";
        screen.error(place + "error: " + e.getMessage());
    }
}
