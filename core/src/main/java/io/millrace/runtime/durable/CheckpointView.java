// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.durable.JournalEntry.Added;
import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.NamedNode;
import io.millrace.runtime.durable.JournalEntry.Role;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.durable.JournalEntry.StateChange;
import io.millrace.runtime.log.Claim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What people want to know of a checkpoint.
 *
 * @param job the job
 * @param claims who has claimed it, the oldest first
 * @param runs the runs whose beginning is in the log, the oldest first
 * @param oldestBatch the first batch that a {@linkplain CheckpointFork fork} can be made at
 * @param prepared the last batch whose results stand; 0 if there is none
 * @param committed the last batch that all outputs are known to have; 0 if there is none
 * @param lastBatch the time of the last batch whose results stand
 * @param planned the number of the batch that was begun and has no results yet
 * @param unwritten the number of the batch whose results stand and that outputs may not have
 * @param sources the inputs
 * @param operators the operators that keep a state
 * @param snapshots the snapshots that may be restored, the newest first
 * @param files the files of the log with the bytes that count
 * @param records how many records the log has
 * @param remarks what would stop the program that ran last from going on; of operators of earlier programs
 */
public record CheckpointView(
        String job,
        List<Claim> claims,
        List<Run> runs,
        long oldestBatch,
        long prepared,
        long committed,
        Optional<BatchTime> lastBatch,
        Optional<Long> planned,
        Optional<Long> unwritten,
        List<Source> sources,
        List<Operator> operators,
        List<Snapshotted> snapshots,
        Map<String, Long> files,
        long records,
        List<String> remarks) {

    /**
     * A run of the job.
     *
     * @param begun what it logged first
     * @param firstBatch the first batch that it prepared, or would have
     */
    public record Run(Begun begun, long firstBatch) {}

    /**
     * An input.
     *
     * @param waiting how many blocks wait for a batch
     * @param waitingBytes what they hold
     * @param offsets how far it was read, by split; none if it numbers nothing
     */
    public record Source(String name, int waiting, long waitingBytes, Map<String, Long> offsets) {}

    /**
     * An operator that keeps a state.
     *
     * @param partitions in which partitions there is some
     * @param snapshotKeys keys in the newest snapshot that is whole
     * @param snapshotBytes their bytes, with the values
     * @param changes how many changes were logged since then
     * @param changedKeys how many keys they have, one that changes twice counted twice
     * @param changedBytes their bytes
     */
    public record Operator(
            String name,
            Set<Integer> partitions,
            long snapshotKeys,
            long snapshotBytes,
            long changes,
            long changedKeys,
            long changedBytes) {}

    /** Copies the collections. */
    public CheckpointView {
        claims = List.copyOf(claims);
        runs = List.copyOf(runs);
        sources = List.copyOf(sources);
        operators = List.copyOf(operators);
        snapshots = List.copyOf(snapshots);
        remarks = List.copyOf(remarks);
    }

    private static final class Sizes {
        private final Set<Integer> partitions = new TreeSet<>();
        private long snapshotKeys;
        private long snapshotBytes;
        private long changes;
        private long changedKeys;
        private long changedBytes;
    }

    /**
     * Looks at a checkpoint.
     *
     * @throws IOException if a snapshot cannot be read for another reason than that it is damaged
     */
    public static CheckpointView of(CheckpointRecords read) throws IOException {
        History history = read.history();
        Names names = Names.of(read.lastRun().map(Begun::nodes).orElse(List.of()));
        List<String> remarks = new ArrayList<>();
        List<Operator> operators = operators(read, history, names, remarks);
        remarks.addAll(0, history.problems());
        Map<String, Long> files = new LinkedHashMap<>();
        List<Long> bytes = read.contents().fileBytes();
        for (int i = 0; i < bytes.size(); i++) {
            files.put(read.contents().files().get(i), bytes.get(i));
        }
        return new CheckpointView(
                read.job(),
                read.claims(),
                runs(read),
                CheckpointFork.oldestBatch(read),
                history.prepared(),
                history.committed(),
                history.lastBatch(),
                history.planned().map(JournalEntry.Planned::number),
                history.unwritten().map(JournalEntry.Prepared::number),
                sources(history, names),
                operators,
                history.snapshots(),
                files,
                read.records().size(),
                remarks);
    }

    private static List<Run> runs(CheckpointRecords read) {
        List<Run> runs = new ArrayList<>();
        List<Begun> begun = new ArrayList<>();
        for (CheckpointRecords.Numbered record : read.records()) {
            JournalEntry entry = read.entry(record);
            if (entry instanceof Begun one) {
                begun.add(one);
            } else if (entry instanceof JournalEntry.Prepared prepared) {
                begun.forEach(one -> runs.add(new Run(one, prepared.number())));
                begun.clear();
            }
        }
        begun.forEach(one -> runs.add(new Run(one, read.history().prepared() + 1)));
        return runs;
    }

    private static List<Source> sources(History history, Names names) {
        List<Source> sources = new ArrayList<>();
        Map<Integer, Map<String, Long>> offsets = history.offsets();
        for (NamedNode node : names.nodes()) {
            if (node.role() == Role.SOURCE) {
                int stream = names.stream(node.name()).orElse(-1);
                List<Added> waiting = history.waiting().stream()
                        .filter(added -> added.block().id().stream() == stream)
                        .toList();
                sources.add(new Source(
                        node.name(),
                        waiting.size(),
                        waiting.stream()
                                .mapToLong(added -> added.block().bytes())
                                .sum(),
                        new TreeMap<>(offsets.getOrDefault(stream, Map.of()))));
            }
        }
        return sources;
    }

    private static List<Operator> operators(CheckpointRecords read, History history, Names names, List<String> remarks)
            throws IOException {
        Map<Integer, Sizes> sizes = new TreeMap<>();
        long base = 0;
        for (Snapshotted snapshot : history.snapshots()) {
            Map<Integer, Sizes> tried = new TreeMap<>();
            try {
                read.snapshot(
                        snapshot,
                        change -> history.translated(snapshot, change).ifPresent(one -> inSnapshot(tried, one)));
                sizes.putAll(tried);
                base = snapshot.number();
                break;
            } catch (IOException e) {
                remarks.add(e.getMessage());
            }
        }
        for (StateChange change : history.changesAfter(base)) {
            Sizes of = sizes.computeIfAbsent(change.node(), node -> new Sizes());
            of.partitions.add(change.partition());
            of.changes++;
            of.changedKeys += change.keys();
            of.changedBytes += change.delta().length;
        }
        List<Operator> operators = new ArrayList<>();
        for (NamedNode node : names.nodes()) {
            if (node.role() == Role.STATE || sizes.containsKey(node.node())) {
                Sizes of = sizes.getOrDefault(node.node(), new Sizes());
                operators.add(new Operator(
                        node.name(),
                        of.partitions,
                        of.snapshotKeys,
                        of.snapshotBytes,
                        of.changes,
                        of.changedKeys,
                        of.changedBytes));
            }
        }
        return operators;
    }

    private static void inSnapshot(Map<Integer, Sizes> sizes, StateChange change) {
        Sizes of = sizes.computeIfAbsent(change.node(), node -> new Sizes());
        of.partitions.add(change.partition());
        of.snapshotKeys += change.keys();
        of.snapshotBytes += change.delta().length;
    }
}
