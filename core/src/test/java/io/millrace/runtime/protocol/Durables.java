// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.Append;
import io.millrace.runtime.protocol.DriverEffect.Claim;
import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.LookForClaim;
import io.millrace.runtime.protocol.DriverEffect.ReadLog;
import io.millrace.runtime.protocol.DriverEffect.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What outlives every driver: log, claims, files, sinks, and what the client was told. Immutable.
 *
 * @param segments the log
 * @param claims the highest epoch that is claimed
 * @param staged by attempt, the records of its output
 * @param states by name of the file, who wrote it and all records up to its batch
 * @param sinks what each sink has taken, in its order; sinks of last values only remember the last
 * @param fences by sink, the highest epoch it has seen
 * @param acknowledged up to which record the client was told that it counts
 * @param freed blocks that are gone
 */
record Durables(
        SortedMap<Long, List<LogRecord>> segments,
        long claims,
        Map<AttemptName, List<Long>> staged,
        Map<AttemptName, StateFile> states,
        List<List<AttemptName>> sinks,
        List<Long> fences,
        long acknowledged,
        Set<LoggedBlock> freed) {

    static final String CLIENT = "client";

    /** The records that were folded into a partition, by an attempt. */
    record StateFile(AttemptName by, List<Long> records) {}

    /** What is then, and what the driver hears of it. */
    record Outcome(Durables durables, @Nullable DriverEvent event) {}

    static Durables empty(int sinks) {
        return new Durables(
                new TreeMap<>(),
                0,
                Map.of(),
                Map.of(),
                java.util.Collections.nCopies(sinks, List.of()),
                java.util.Collections.nCopies(sinks, 0L),
                0,
                Set.of());
    }

    // ---- what a driver does itself, one after the other ----

    Outcome perform(DriverEffect effect, Node node, Broken broken) {
        if (effect instanceof Claim claim) {
            return claims >= claim.epoch()
                    ? new Outcome(this, new DriverEvent.ClaimTaken(claim.epoch()))
                    : new Outcome(claimed(claim.epoch()), new DriverEvent.Claimed(claim.epoch()));
        }
        if (effect instanceof ReadLog) {
            return new Outcome(
                    this, new DriverEvent.LogRead(broken == Broken.READ_BEFORE_CLAIM ? node.readEarly() : segments));
        }
        if (effect instanceof LookForClaim look) {
            boolean clear =
                    claims < look.epoch() || broken == Broken.LOG_NOT_FENCED || broken == Broken.CHECK_BEFORE_APPEND;
            return new Outcome(this, clear ? new DriverEvent.StillMine(look.records()) : new DriverEvent.Fenced());
        }
        Append append = (Append) effect;
        Durables now = this;
        for (LogRecord entry : reallyWritten(append.entry(), node, broken)) {
            now = now.appended(append.epoch(), entry);
        }
        return new Outcome(now, new DriverEvent.Durable(node.written() + 1));
    }

    private static List<LogRecord> reallyWritten(LogRecord entry, Node node, Broken broken) {
        if (broken == Broken.SINK_BEFORE_PREPARED && entry instanceof LogRecord.Prepared) {
            return List.of();
        }
        if (broken == Broken.SINK_BEFORE_PREPARED && entry instanceof LogRecord.Committed committed) {
            BatchProgress progress = node.state().batch(committed.batch());
            List<Part> parts = progress == null ? List.of() : progress.allParts();
            return List.of(new LogRecord.Prepared(committed.batch(), parts), entry);
        }
        if (broken == Broken.COMMITTED_BEFORE_SINK && entry instanceof LogRecord.Prepared prepared) {
            return List.of(entry, new LogRecord.Committed(prepared.batch()));
        }
        return broken == Broken.COMMITTED_BEFORE_SINK && entry instanceof LogRecord.Committed
                ? List.of()
                : List.of(entry);
    }

    // ---- what others do ----

    Durables run(Run run, int partitions, Broken broken) {
        AttemptName file = file(run.attempt(), broken);
        StateFile before = run.previous() == null
                ? new StateFile(run.attempt(), List.of())
                : states.get(file(run.previous(), broken));
        boolean exists = states.containsKey(file) && broken != Broken.STATE_FILE_BY_BATCH;
        if (exists || before == null || run.blocks().stream().anyMatch(freed::contains)) {
            return this;
        }
        List<Long> fresh = new ArrayList<>();
        for (LoggedBlock block : run.blocks()) {
            for (long number = block.first(); number <= block.last(); number++) {
                if (number % partitions == run.attempt().partition()) {
                    fresh.add(number);
                }
            }
        }
        List<Long> folded = new ArrayList<>(before.records());
        folded.addAll(fresh);
        Durables done = new Durables(
                segments,
                claims,
                put(staged, run.attempt(), List.copyOf(fresh)),
                put(states, file, new StateFile(run.attempt(), List.copyOf(folded))),
                sinks,
                fences,
                acknowledged,
                freed);
        return broken == Broken.BLOCKS_FREED_WITH_ATTEMPT ? done.freed(run.blocks()) : done;
    }

    Durables commit(CommitSink commit, Broken broken) {
        int sink = commit.sink();
        AttemptName attempt = commit.part().attempt();
        boolean fenced = broken != Broken.LAST_VALUE_UNGUARDED && broken != Broken.SINK_NOT_FENCED;
        if (fenced && commit.epoch() < fences.get(sink)) {
            return this;
        }
        boolean known = broken == Broken.LAST_VALUE_GUARDED
                ? last(sink, attempt.partition()) >= attempt.batch()
                : !broken.isLastValue() && broken != Broken.SINK_NOT_IDEMPOTENT && has(sink, attempt);
        List<AttemptName> taken = new ArrayList<>(sinks.get(sink));
        if (!known) {
            taken.removeIf(other -> broken.isLastValue() && other.partition() == attempt.partition());
            taken.add(attempt);
        }
        List<Long> newFences = set(fences, sink, fenced ? commit.epoch() : 0L);
        return new Durables(
                segments, claims, staged, states, set(sinks, sink, List.copyOf(taken)), newFences, acknowledged, freed);
    }

    boolean has(int sink, AttemptName attempt) {
        return sinks.get(sink).stream()
                .anyMatch(other -> other.batch() == attempt.batch() && other.partition() == attempt.partition());
    }

    long last(int sink, int partition) {
        return sinks.get(sink).stream()
                .filter(other -> other.partition() == partition)
                .mapToLong(AttemptName::batch)
                .max()
                .orElse(0);
    }

    Part part(AttemptName attempt) {
        int in = staged.getOrDefault(attempt, List.of()).size();
        return new Part(attempt, in, attempt.hashCode(), in, 0);
    }

    Durables acknowledged(long last) {
        return new Durables(segments, claims, staged, states, sinks, fences, Math.max(last, acknowledged), freed);
    }

    Durables freed(List<LoggedBlock> blocks) {
        Set<LoggedBlock> more = new HashSet<>(freed);
        more.addAll(blocks);
        return new Durables(segments, claims, staged, states, sinks, fences, acknowledged, Set.copyOf(more));
    }

    Evidence evidence(ProtocolSettings settings, Broken broken) {
        SortedMap<AttemptName, Part> files = new TreeMap<>();
        for (AttemptName attempt : staged.keySet()) {
            StateFile found = states.get(file(attempt, broken));
            if (found != null) {
                files.put(attempt, part(found.by()));
            }
        }
        SortedMap<Integer, List<AttemptName>> taken = new TreeMap<>();
        for (int sink = 0; sink < sinks.size() && !broken.isLastValue(); sink++) {
            taken.put(sink, sinks.get(sink));
        }
        SortedMap<String, Long> told = new TreeMap<>(Map.of(CLIENT, acknowledged));
        return new Evidence(settings, segments, told, files, taken);
    }

    static AttemptName file(AttemptName attempt, Broken broken) {
        return broken == Broken.STATE_FILE_BY_BATCH
                ? new AttemptName(0, attempt.batch(), attempt.partition(), 0)
                : attempt;
    }

    private Durables claimed(long epoch) {
        return new Durables(segments, epoch, staged, states, sinks, fences, acknowledged, freed);
    }

    private Durables appended(long epoch, LogRecord entry) {
        SortedMap<Long, List<LogRecord>> more = new TreeMap<>(segments);
        List<LogRecord> segment = new ArrayList<>(more.getOrDefault(epoch, List.of()));
        segment.add(entry);
        more.put(epoch, List.copyOf(segment));
        return new Durables(more, claims, staged, states, sinks, fences, acknowledged, freed);
    }

    private static <V> Map<AttemptName, V> put(Map<AttemptName, V> map, AttemptName key, V value) {
        Map<AttemptName, V> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    private static <V> List<V> set(List<V> list, int index, V value) {
        List<V> changed = new ArrayList<>(list);
        changed.set(index, value);
        return List.copyOf(changed);
    }
}
