// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.operator.BatchTime;
import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.durable.JournalEntry.Added;
import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.Committed;
import io.millrace.runtime.durable.JournalEntry.Planned;
import io.millrace.runtime.durable.JournalEntry.Prepared;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.durable.JournalEntry.StagedOutput;
import io.millrace.runtime.durable.JournalEntry.StateChange;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.RetainedSnapshots;
import io.millrace.runtime.log.SnapshotRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the log tells of earlier runs of a job, in the numbers of the present one: which batches are done, what waits, what the state
 * is made of. Entries are given to it in their order. Owns no thread and reads no file.
 */
public final class History {

    /** A change of the state in a batch. */
    public record NumberedChange(long batch, StateChange change) {}

    /** A block of an input that the program does not have. */
    private record Homeless(String input, int incarnation, long number) {}

    private final Names names;
    private final StateMigration migration;
    private final RetainedSnapshots retained = new RetainedSnapshots(2);
    private final Map<SnapshotRef, Snapshotted> snapshots = new LinkedHashMap<>();
    private final List<JournalEntry> beforeNames = new ArrayList<>();
    private final Map<BlockId, Added> waiting = new LinkedHashMap<>();
    private final Map<Integer, Map<String, Long>> offsets = new TreeMap<>();
    private final Map<Integer, Integer> lives = new TreeMap<>();
    private final Deque<NumberedChange> changes = new ArrayDeque<>();
    private final TreeSet<String> problems = new TreeSet<>();
    private final Set<Homeless> homeless = new LinkedHashSet<>();
    private final Set<Homeless> plannedHomeless = new LinkedHashSet<>();
    private final TreeSet<String> outputsMissing = new TreeSet<>();
    private final Map<Long, Long> firstOfEpoch = new TreeMap<>();
    private @Nullable Translation translation;
    private @Nullable Begun first;
    private @Nullable Begun last;
    private Optional<Planned> planned = Optional.empty();
    private Optional<Prepared> unwritten = Optional.empty();
    private List<LostBatch> lost = List.of();
    private long prepared;
    private long committed;
    private @Nullable BatchTime lastBatch;

    /** Nothing is known yet; what is will be told in the numbers of these operators. */
    public History(Names names, StateMigration migration) {
        this.names = names;
        this.migration = migration;
    }

    /** The next entry of the log. */
    public void add(JournalEntry entry) {
        if (entry instanceof Begun begun) {
            begun(begun);
        } else if (entry instanceof Snapshotted snapshotted) {
            snapshotted(snapshotted);
        } else if (translation == null) {
            beforeNames.add(entry);
        } else {
            add(translation, entry);
        }
    }

    private void add(Translation to, JournalEntry entry) {
        if (entry instanceof Added added) {
            added(to, added);
        } else if (entry instanceof Planned one) {
            planned(to, one);
        } else if (entry instanceof Prepared one) {
            prepared(to, one);
        } else if (entry instanceof Committed one) {
            committed = one.number();
            unwritten = unwritten.filter(batch -> batch.number() != one.number());
            if (unwritten.isEmpty()) {
                outputsMissing.clear();
            }
        }
    }

    private Translation named(Begun begun) {
        Translation made = new Translation(Names.of(begun.nodes()), names, migration);
        problems.addAll(made.clashes());
        translation = made;
        last = begun;
        if (first == null) {
            first = begun;
        }
        List<JournalEntry> older = List.copyOf(beforeNames);
        beforeNames.clear();
        older.forEach(entry -> add(made, entry));
        return made;
    }

    private void begun(Begun begun) {
        named(begun);
        firstOfEpoch.putIfAbsent(begun.epoch(), prepared + 1);
    }

    private void added(Translation to, Added added) {
        BlockInfo block = added.block();
        OptionalInt stream = to.stream(block.id().stream());
        if (stream.isEmpty()) {
            homeless.add(homeless(to, block.id()));
            return;
        }
        BlockId id = to.block(block.id(), stream.getAsInt());
        BlockInfo info = new BlockInfo(
                id,
                block.bytes(),
                block.records(),
                block.firstMicros(),
                block.sealedMicros(),
                block.storedMicros(),
                block.ranges());
        waiting.put(id, new Added(info, added.content()));
        read(stream.getAsInt(), block.ranges());
        lives.merge(id.stream(), id.incarnation() + 1, Math::max);
    }

    private void read(int stream, Collection<OffsetRange> ranges) {
        Map<String, Long> known = offsets.computeIfAbsent(stream, number -> new TreeMap<>());
        ranges.forEach(range -> range.moveOn(known));
    }

    private static Homeless homeless(Translation to, BlockId id) {
        return new Homeless(to.streamName(id.stream()), id.incarnation(), id.number());
    }

    private void orphan(String name, String problem) {
        if (!migration.dropped().contains(name)) {
            problems.add(String.format(problem, name));
        }
    }

    private void planned(Translation to, Planned one) {
        List<PlannedBlock> blocks = new ArrayList<>();
        plannedHomeless.clear();
        for (PlannedBlock block : one.blocks()) {
            OptionalInt stream = to.stream(block.id().stream());
            if (stream.isEmpty()) {
                plannedHomeless.add(homeless(to, block.id()));
            } else {
                blocks.add(new PlannedBlock(to.block(block.id(), stream.getAsInt()), block.ranges(), block.logged()));
                lives.merge(stream.getAsInt(), block.id().incarnation() + 1, Math::max);
            }
        }
        planned = Optional.of(new Planned(one.number(), one.batch(), one.absorbed(), blocks));
    }

    private void prepared(Translation to, Prepared one) {
        planned.ifPresent(plan -> plan.blocks().forEach(block -> {
            waiting.remove(block.id());
            if (block.isReplayed()) {
                read(block.id().stream(), block.ranges());
            }
        }));
        planned = Optional.empty();
        homeless.removeAll(plannedHomeless);
        plannedHomeless.clear();
        prepared = one.number();
        lastBatch = one.batch();
        lost = translated(to, one.lost());
        for (StateChange change : one.changes()) {
            OptionalInt node = to.node(change.node());
            if (node.isPresent()) {
                changes.add(new NumberedChange(
                        one.number(),
                        new StateChange(node.getAsInt(), change.partition(), change.keys(), change.delta())));
            } else {
                orphan(to.name(change.node()), "there is state of the operator '%s', which the program does not have");
            }
        }
        unwritten = Optional.of(unwritten(to, one));
    }

    private Prepared unwritten(Translation to, Prepared one) {
        List<StagedOutput> outputs = new ArrayList<>();
        outputsMissing.clear();
        for (StagedOutput staged : one.outputs()) {
            OptionalInt output = to.node(staged.output());
            if (output.isPresent()) {
                outputs.add(new StagedOutput(
                        output.getAsInt(), staged.level(), staged.ordinal(), staged.records(), staged.column()));
            } else if (staged.records() > 0) {
                outputsMissing.add(to.name(staged.output()));
            }
        }
        return new Prepared(one.number(), one.batch(), List.of(), outputs, List.of(), List.of());
    }

    private static List<LostBatch> translated(Translation to, List<LostBatch> lost) {
        List<LostBatch> translated = new ArrayList<>();
        for (LostBatch one : lost) {
            to.node(one.window()).ifPresent(window -> translated.add(one.of(window)));
        }
        return translated;
    }

    private void snapshotted(Snapshotted one) {
        Translation to = named(one.begun());
        retained.add(one.snapshot());
        snapshots.put(one.snapshot(), one);
        snapshots.keySet().retainAll(retained.newestFirst());
        prepared = Math.max(prepared, one.number());
        if (lastBatch == null || one.batch().compareTo(lastBatch) > 0) {
            lastBatch = one.batch();
        }
        one.lives().forEach((stream, count) -> to.stream(stream).ifPresent(now -> lives.merge(now, count, Math::max)));
        one.offsets()
                .forEach((stream, known) -> to.stream(stream)
                        .ifPresent(now ->
                                known.forEach((split, offset) -> offsets.computeIfAbsent(now, n -> new TreeMap<>())
                                        .merge(split, offset, Math::max))));
        long oldest =
                snapshots.values().stream().mapToLong(Snapshotted::number).min().orElse(0);
        if (snapshots.size() > 1) {
            changes.removeIf(change -> change.batch() <= oldest);
        }
    }

    /** Why the program cannot go on with this; empty if it can. */
    public List<String> problems() {
        TreeSet<String> all = new TreeSet<>(problems);
        all.addAll(migration.problems(names));
        for (Set<Homeless> blocks : List.of(homeless, plannedHomeless)) {
            blocks.stream()
                    .map(Homeless::input)
                    .filter(input -> !migration.dropped().contains(input))
                    .forEach(input ->
                            all.add("blocks of the input '" + input + "' wait, which the program does not have"));
        }
        outputsMissing.stream()
                .filter(output -> !migration.dropped().contains(output))
                .forEach(output -> all.add("the output '" + output + "' has yet to be given batch " + prepared
                        + ", and the program does not have it"));
        return List.copyOf(all);
    }

    /** True if no run has logged anything. */
    public boolean isEmpty() {
        return last == null;
    }

    /** The first run that is known of. */
    public Optional<Begun> first() {
        return Optional.ofNullable(first);
    }

    /** The last run. */
    public Optional<Begun> last() {
        return Optional.ofNullable(last);
    }

    /** For every run that is known of, the number of its first batch. */
    public Map<Long, Long> firstOfEpoch() {
        return new TreeMap<>(firstOfEpoch);
    }

    /** The snapshots that may be restored, the newest first. */
    public List<Snapshotted> snapshots() {
        return retained.newestFirst().stream()
                .map(snapshots::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A snapshot is damaged: the one before is tried, with the changes since then. */
    public void damaged(Snapshotted snapshot) {
        retained.damaged(snapshot.snapshot());
        snapshots.remove(snapshot.snapshot());
    }

    /** Which snapshots are kept, to go on with. */
    public RetainedSnapshots retained() {
        return retained;
    }

    /** The changes of the batches after this one, in their order. */
    public List<StateChange> changesAfter(long number) {
        return changes.stream()
                .filter(change -> change.batch() > number)
                .map(NumberedChange::change)
                .toList();
    }

    /** A change of a snapshot in present numbers; empty if its operator is no more. */
    public Optional<StateChange> translated(Snapshotted snapshot, StateChange change) {
        Translation to = new Translation(Names.of(snapshot.begun().nodes()), names, migration);
        OptionalInt node = to.node(change.node());
        if (node.isEmpty()) {
            orphan(to.name(change.node()), "there is state of the operator '%s', which the program does not have");
            return Optional.empty();
        }
        return Optional.of(new StateChange(node.getAsInt(), change.partition(), change.keys(), change.delta()));
    }

    /** State as the program wants it. */
    NodeState restored(NodeState state) {
        return names.named(state.node())
                .map(operator -> migration.apply(operator.name(), state))
                .orElse(state);
    }

    /** Blocks that are in no batch that is done, in the order in which they came. */
    public List<Added> waiting() {
        return List.copyOf(waiting.values());
    }

    /** The batch that was planned and not prepared. */
    public Optional<Planned> planned() {
        return planned;
    }

    /** The batch that was prepared and perhaps not written by all outputs. */
    public Optional<Prepared> unwritten() {
        return unwritten;
    }

    /** The number of the last batch that was prepared; 0 if none was. */
    public long prepared() {
        return prepared;
    }

    /** The number of the last batch that all outputs are known to have; 0 if there is none. */
    public long committed() {
        return committed;
    }

    /** The time of the last batch that was prepared. */
    public Optional<BatchTime> lastBatch() {
        return Optional.ofNullable(lastBatch);
    }

    /** What windows have lost. */
    public List<LostBatch> lost() {
        return lost;
    }

    /** How far the sources were read, by stream and split. */
    public Map<Integer, Map<String, Long>> offsets() {
        Map<Integer, Map<String, Long>> copy = new HashMap<>();
        offsets.forEach((stream, known) -> copy.put(stream, Map.copyOf(known)));
        return copy;
    }

    /** How many lives the receivers had, by stream. */
    public Map<Integer, Integer> lives() {
        return Map.copyOf(lives);
    }
}
