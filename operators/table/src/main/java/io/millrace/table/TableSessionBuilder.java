// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import akka.actor.typed.ActorSystem;
import io.millrace.StreamingContextBuilder;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.source.TableFormat;
import io.millrace.table.source.TableFormats;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Collects the options of a {@link TableSession}. Not thread-safe. */
public final class TableSessionBuilder {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    Optional<ActorSystem<?>> system = Optional.empty();
    InstantSource clock = InstantSource.system();
    Duration poll = Duration.ofMillis(10);
    Duration idle = Duration.ofSeconds(10);
    int recentProgress = 100;
    QueryOptions queryOptions = QueryOptions.defaults();
    /** Spark's if it is empty; those take a while to load, which need not be here. */
    Optional<FunctionRegistry> functions = Optional.empty();

    Consumer<StreamingContextBuilder> job = builder -> {};
    private final Map<String, Object> settings = new TreeMap<>();
    private final List<TableFormat> more = new ArrayList<>();

    TableSessionBuilder() {}

    /** Runs the queries in this actor system, which goes on living when the session is closed. Default: one of the session's own. */
    public TableSessionBuilder actorSystem(ActorSystem<?> newSystem) {
        system = Optional.of(newSystem);
        return this;
    }

    /** What tells when a query started. Default: the system's clock. */
    public TableSessionBuilder clock(InstantSource newClock) {
        clock = newClock;
        return this;
    }

    /** How often a query with the default trigger looks for rows: whole milliseconds, at least 1. Default: 10 ms. */
    public TableSessionBuilder pollInterval(Duration interval) {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("the poll interval must be at least 1 ms, but is " + interval);
        }
        poll = interval;
        return this;
    }

    /** How long a query has no batch until listeners are told that it is idle. Default: 10 s. */
    public TableSessionBuilder idleInterval(Duration interval) {
        idle = interval;
        return this;
    }

    /** How many progress reports of a query are kept, at least 1. Default: 100. */
    public TableSessionBuilder recentProgress(int reports) {
        if (reports < 1) {
            throw new IllegalArgumentException("at least 1 progress report is kept, not " + reports);
        }
        recentProgress = reports;
        return this;
    }

    /** Changes how queries run, as the policy of watermarks. Default: {@link QueryOptions#defaults}. */
    public TableSessionBuilder queryOptions(UnaryOperator<QueryOptions> change) {
        queryOptions = change.apply(queryOptions);
        return this;
    }

    /** Any setting of the engine's section {@code millrace}, such as {@code partitions}, for every query. */
    public TableSessionBuilder set(String key, Object value) {
        settings.put(key, value);
        job = builder -> settings.forEach(builder::set);
        return this;
    }

    /** Changes the functions that queries know, as by adding the user's own. Default: Spark's. */
    public TableSessionBuilder functions(UnaryOperator<FunctionRegistry> change) {
        functions = Optional.of(change.apply(functions.orElseGet(FunctionRegistry::spark)));
        return this;
    }

    /** A further kind of source or sink. Default: those on the class path. */
    public TableSessionBuilder format(TableFormat format) {
        more.add(format);
        return this;
    }

    TableFormats formats() {
        return new TableFormats(more);
    }

    /** The session; nothing runs yet. */
    public TableSession build() {
        Consumer<StreamingContextBuilder> options = job;
        job = builder -> {
            var unused = QueryGraph.register(builder);
            options.accept(builder);
        };
        return new TableSession(this);
    }
}
