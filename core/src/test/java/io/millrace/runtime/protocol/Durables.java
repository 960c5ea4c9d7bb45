// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Run;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What outlives every driver: log, files, sinks, and what the client was told. Immutable.
 *
 * @param log claims and segments
 * @param staged by attempt, the records of its output
 * @param states by name of the file, who wrote it and all records up to its batch
 * @param sinks what each sink has taken, in its order; sinks of last values only remember the last
 * @param fences by sink, the highest epoch it has seen
 * @param acknowledged up to which record the client was told that it counts
 * @param freed blocks that are gone
 */
record Durables(
        DurableLog log,
        Map<AttemptName, List<Long>> staged,
        Map<AttemptName, StateFile> states,
        List<List<AttemptName>> sinks,
        List<Long> fences,
        long acknowledged,
        Set<LoggedBlock> freed) {

    static final String CLIENT = "client";

    /** The records that were folded into a partition, by an attempt. */
    record StateFile(AttemptName by, List<Long> records) {}

    static Durables empty(int sinks) {
        return new Durables(
                DurableLog.empty(),
                Map.of(),
                Map.of(),
                Collections.nCopies(sinks, List.of()),
                Collections.nCopies(sinks, 0L),
                0,
                Set.of());
    }

    Durables with(DurableLog changed) {
        return new Durables(changed, staged, states, sinks, fences, acknowledged, freed);
    }

    /** An executor does what it was told, unless it has done it or does not have what it needs. */
    Durables run(Run run, int partitions, Broken broken) {
        AttemptName file = file(run.attempt(), broken);
        StateFile before = run.previous() == null
                ? new StateFile(run.attempt(), List.of())
                : states.get(file(run.previous().attempt(), broken));
        boolean exists = states.containsKey(file) && broken != Broken.STATE_FILE_BY_BATCH;
        List<LoggedBlock> blocks = run.plan().blocks();
        if (exists || before == null || blocks.stream().anyMatch(freed::contains)) {
            return this;
        }
        List<Long> fresh = new ArrayList<>();
        for (LoggedBlock block : blocks) {
            for (long number = block.first(); number <= block.last(); number++) {
                if (number % partitions == run.attempt().partition()) {
                    fresh.add(number);
                }
            }
        }
        List<Long> folded = new ArrayList<>(before.records());
        folded.addAll(fresh);
        Durables done = new Durables(
                log,
                put(staged, run.attempt(), List.copyOf(fresh)),
                put(states, file, new StateFile(run.attempt(), List.copyOf(folded))),
                sinks,
                fences,
                acknowledged,
                freed);
        return broken == Broken.BLOCKS_FREED_WITH_ATTEMPT ? done.freed(blocks) : done;
    }

    /** A sink does what it was told, unless it may not or has it. */
    Durables commit(CommitSink commit, Broken broken) {
        int sink = commit.sink();
        AttemptName attempt = commit.part().attempt();
        if (broken.isSinkFenced() && commit.epoch() < fences.get(sink)) {
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
        List<Long> newFences = set(fences, sink, broken.isSinkFenced() ? commit.epoch() : 0L);
        return new Durables(log, staged, states, set(sinks, sink, List.copyOf(taken)), newFences, acknowledged, freed);
    }

    private boolean has(int sink, AttemptName attempt) {
        return sinks.get(sink).stream()
                .anyMatch(other -> other.batch() == attempt.batch() && other.partition() == attempt.partition());
    }

    /** The newest batch that the sink has of the partition. */
    long last(int sink, int partition) {
        long last = 0;
        for (AttemptName attempt : sinks.get(sink)) {
            last = attempt.partition() == partition ? Math.max(last, attempt.batch()) : last;
        }
        return last;
    }

    Part part(AttemptName attempt) {
        int in = staged.getOrDefault(attempt, List.of()).size();
        return new Part(attempt, in, attempt.hashCode(), in, 0);
    }

    Durables acknowledged(long last) {
        return new Durables(log, staged, states, sinks, fences, Math.max(last, acknowledged), freed);
    }

    /** The blocks of all batches up to this one are gone. */
    Durables cleaned(long batch) {
        Durables now = this;
        for (BatchRecord entry : log.records()) {
            now = entry instanceof BatchRecord.Plan plan && plan.batch() <= batch ? now.freed(plan.blocks()) : now;
        }
        return now;
    }

    Durables freed(List<LoggedBlock> blocks) {
        Set<LoggedBlock> more = new HashSet<>(freed);
        more.addAll(blocks);
        return new Durables(log, staged, states, sinks, fences, acknowledged, Set.copyOf(more));
    }

    Evidence evidence(ProtocolSettings settings, Broken broken) {
        Map<AttemptName, Part> files = new HashMap<>();
        for (AttemptName attempt : staged.keySet()) {
            StateFile found = states.get(file(attempt, broken));
            if (found != null) {
                files.put(attempt, part(found.by()));
            }
        }
        Map<Integer, List<AttemptName>> taken = new HashMap<>();
        for (int sink = 0; sink < sinks.size() && !broken.isLastValue(); sink++) {
            taken.put(sink, sinks.get(sink));
        }
        return new Evidence(settings, log.effective(), Map.of(CLIENT, acknowledged), files, taken);
    }

    static AttemptName file(AttemptName attempt, Broken broken) {
        return broken == Broken.STATE_FILE_BY_BATCH
                ? new AttemptName(0, attempt.batch(), attempt.partition(), 0)
                : attempt;
    }

    private static <V> Map<AttemptName, V> put(Map<AttemptName, V> map, AttemptName key, V value) {
        Map<AttemptName, V> more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }

    private static <V> List<V> set(List<V> list, int index, V value) {
        List<V> changed = new ArrayList<>(list);
        changed.set(index, value);
        return List.copyOf(changed);
    }
}
