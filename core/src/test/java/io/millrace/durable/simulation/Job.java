// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.function.StateFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.BatchHarness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The job that runs, and what its outputs have. Every attempt gives each record another tag, so that two attempts at a batch can be told
 * from each other in all that comes of them.
 */
final class Job {

    static final int WINDOW_BATCHES = 3;

    private final Plan.Shape shape;
    private final List<Client> clients;
    private final Mutant mutant;
    final Ledger<String> records = new Ledger<>();
    final Ledger<Pair<String, Pair<Long, Long>>> totals = new Ledger<>();
    final Ledger<Pair<String, Long>> windows = new Ledger<>();
    final Ledger<Pair<String, Pair<Long, Long>>> sessions = new Ledger<>();
    final Set<String> atLeastOnce = new TreeSet<>();
    private long tags;

    Job(Plan.Shape shape, List<Client> clients, Mutant mutant) {
        this.shape = shape;
        this.clients = clients;
        this.mutant = mutant;
    }

    /** Defines the job in a process. */
    void define(Incarnation process) {
        BatchHarness harness = process.harness();
        DStream<String> all = null;
        for (int i = 0; i < clients.size(); i++) {
            DStream<String> stream =
                    harness.stream(clients.get(i).receiver(process)).named("client-" + i);
            all = all == null ? stream : all.union(stream);
        }
        if (all == null) {
            throw new IllegalArgumentException("a job without clients");
        }
        DStream<String> tagged = all.map(record -> record + "#" + ++tags).named("tagged");
        PairDStream<String, String> pairs =
                tagged.mapToPair(record -> Pair.of(key(record), record)).named("pairs");
        pairs.<Pair<Long, Long>>updateStateByKey((values, before) -> Optional.of(sum(values, before)))
                .named("totals")
                .output(new LedgerOutput<>(process, totals, mutant, true));
        // after the totals: an output that is fenced keeps a driver that was replaced from those behind it
        tagged.output(new LedgerOutput<>(process, records, mutant, false));
        tagged.output(new Plain(process));
        if (shape.window()) {
            pairs.mapValues(record -> 1L)
                    .reduceByKeyAndWindow(Long::sum, Duration.ofMillis((long) WINDOW_BATCHES * shape.intervalMillis()))
                    .named("window")
                    .output(new LedgerOutput<>(process, windows, mutant, false));
        }
        if (shape.sessions()) {
            pairs.mapWithState(StateSpec.function(SESSIONS).timeout(Duration.ofMillis(2L * shape.intervalMillis())))
                    .named("sessions")
                    .output(new LedgerOutput<>(process, sessions, mutant, false));
        }
    }

    /** Counts the records of a key, and says so when no more came for a while. */
    private static final StateFunction<String, String, Pair<Long, Long>, Pair<String, Pair<Long, Long>>> SESSIONS =
            (time, key, value, state) -> {
                if (state.isTimingOut()) {
                    return Optional.of(Pair.of(key, state.get()));
                }
                state.update(sum(value.stream().toList(), state.getOption()));
                return Optional.empty();
            };

    /** How many records there are and which, in a number that does not depend on their order. */
    static Pair<Long, Long> sum(List<String> records, Optional<Pair<Long, Long>> before) {
        long count = before.map(Pair::key).orElse(0L);
        long hash = before.map(Pair::value).orElse(0L);
        for (String record : records) {
            count++;
            hash += 31L * record.hashCode() + 7;
        }
        return Pair.of(count, hash);
    }

    static String key(String record) {
        return record.substring(0, record.indexOf('/'));
    }

    static String untagged(String record) {
        return record.substring(0, record.indexOf('#'));
    }

    /** The totals of these records. */
    static Map<String, Pair<Long, Long>> fold(List<String> records) {
        Map<String, List<String>> byKey = new TreeMap<>();
        records.forEach(record ->
                byKey.computeIfAbsent(key(record), key -> new ArrayList<>()).add(record));
        Map<String, Pair<Long, Long>> folded = new TreeMap<>();
        byKey.forEach((key, values) -> folded.put(key, sum(values, Optional.empty())));
        return folded;
    }

    /** An output that knows nothing of batches: it may get one twice. */
    private final class Plain implements OutputOperator<String> {
        private final Incarnation process;

        Plain(Incarnation process) {
            this.process = process;
        }

        @Override
        public String kind() {
            return "plain";
        }

        @Override
        public void write(BatchTime time, List<String> rows) throws IOException {
            if (process.isAlive()) {
                rows.forEach(row -> atLeastOnce.add(untagged(row)));
            }
        }
    }
}
