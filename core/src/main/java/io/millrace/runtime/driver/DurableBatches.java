// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.operator.BatchTime;
import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.protocol.AttemptName;
import io.millrace.runtime.protocol.DriverEffect;
import io.millrace.runtime.protocol.DriverEvent;
import io.millrace.runtime.protocol.DriverState;
import io.millrace.runtime.protocol.DurableProtocol;
import io.millrace.runtime.protocol.LoggedBlock;
import io.millrace.runtime.protocol.Part;
import io.millrace.runtime.protocol.ProtocolSettings;
import io.millrace.runtime.protocol.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the batches of a job durable: carries out the effects of the {@link DurableProtocol} on the log, and tells it what has happened. To
 * the protocol a batch has one partition, and all outputs together are one sink: one driver writes them in their order.
 *
 * <p>A batch that has no blocks, changes no state and gives outputs nothing leaves no trace in the log. Used by the driver's thread only.
 */
final class DurableBatches {

    /** What a driver does when the protocol says so. */
    interface Outside {

        /** The first records that were appended stand, the last as this one of the log: to be said to {@link #stood} on the driver's thread. */
        void whenStood(long records, long sequence);

        /** Outputs may be given this batch. */
        void write(LoggedBatch batch);

        /** Outputs may be given this batch, which an earlier run has prepared. */
        void writeAgain(LoggedBatch batch, JournalEntry.Prepared prepared, List<Collected> staged);

        /** The job cannot go on. */
        void exit(String why);
    }

    /** The batch that the driver is at. */
    private static final class Current {
        private final BatchTime batch;
        private final int absorbed;
        private final List<BlockLocation> blocks;
        private Runnable run;
        private boolean isDue;
        private @Nullable AttemptName attempt;
        private @Nullable BatchRecord done;
        private @Nullable Set<Integer> failed;
        private List<LostBatch> lost = List.of();

        Current(BatchTime batch, int absorbed, List<BlockLocation> blocks, Runnable run) {
            this.batch = batch;
            this.absorbed = absorbed;
            this.blocks = blocks;
            this.run = run;
        }
    }

    /** One partition, one sink, a copy in the log, two batches in flight; what waits is bounded by the credit of the receivers. */
    private static final ProtocolSettings SETTINGS =
            new ProtocolSettings(1, 1, 1, 2, Integer.MAX_VALUE >> 1, Integer.MAX_VALUE >> 1);

    private final Durability durability;
    private final ActorRef<BlockManager.Command> blocks;
    private final Outside outside;
    private final OutputClaims claims;
    private final CrashPoints crashPoints;
    private final DurableProtocol protocol = new DurableProtocol(SETTINGS);
    private final Deque<DriverEvent> events = new ArrayDeque<>();
    private final Map<String, BlockManager.ToLog> unacknowledged = new HashMap<>();
    private final Set<BlockId> standing = new HashSet<>();
    private final Map<BlockId, Long> places = new HashMap<>();
    private final SourceOffsets offsets;
    private DriverState state = DriverState.initial();
    private @Nullable Current current;
    private @Nullable LoggedBatch written;
    private @Nullable AttemptName unwritten;
    private long appended;
    private long lastSequence;
    private long preparedAt;
    private boolean stepping;

    DurableBatches(
            Durability durability,
            Set<Integer> replayable,
            ActorRef<BlockManager.Command> blocks,
            CrashPoints crashPoints,
            Outside outside) {
        this.blocks = blocks;
        this.durability = durability;
        this.crashPoints = crashPoints;
        this.outside = outside;
        this.claims = new OutputClaims(durability.job(), durability.epoch());
        this.offsets = new SourceOffsets(durability.history().offsets(), replayable);
    }

    // ---- the beginning ----

    /** Takes over what earlier runs have left. The run is logged first. */
    void begin(JournalEntry.Begun begun) {
        durability.journal().append(() -> begun, sequence -> {});
        durability
                .history()
                .waiting()
                .forEach(added -> standing.add(added.block().id()));
        step(PastRecords.opened(durability));
    }

    /** True as long as a batch of an earlier run is to be written, which comes before all else. */
    boolean isFinishingTheLast() {
        return unwritten != null;
    }

    /** How far the sources were read. */
    SourceOffsets offsets() {
        return offsets;
    }

    /** Nothing of an earlier run waits any more, so that the log is needed only from the present run on. */
    boolean isPastThePast() {
        return unwritten == null
                && durability.history().waiting().stream()
                        .noneMatch(added -> standing.contains(added.block().id()));
    }

    /** The last record of the log that is not needed once the state as of the last batch is in a snapshot. */
    long notNeeded() {
        long oldest = places.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        return Math.min(preparedAt, oldest - 1);
    }

    // ---- blocks ----

    /** A block belongs to the job: it is logged, and counts when that stands. One that can be read again counts at once. */
    void received(BlockManager.ToLog toLog) {
        BlockInfo block = toLog.block();
        offsets.received(block);
        Optional<Block> content = toLog.content();
        if (content.isEmpty()) {
            standing.add(block.id());
            blocks.tell(new BlockManager.Logged(block.id()));
            return;
        }
        LoggedBlock logged = logged(block.id());
        unacknowledged.put(logged.source() + logged.first(), toLog);
        step(new DriverEvent.Received(List.of(logged)));
    }

    static LoggedBlock logged(BlockId id) {
        return new LoggedBlock("input-" + id.stream() + "-" + id.incarnation(), id.number() + 1, id.number() + 1, 1);
    }

    /** The ranges of a block, in the words of the protocol; one that only says that a split is gone is none. */
    static List<SourceRange> ranges(BlockId id, List<OffsetRange> ranges) {
        return ranges.stream()
                .filter(range -> range.to() > 0)
                .map(range -> new SourceRange(id.stream() + "/" + range.split(), range.from(), range.to(), ""))
                .toList();
    }

    // ---- batches ----

    /**
     * The driver would have executors work on a batch, perhaps again.
     *
     * @param run has them
     */
    void run(BatchTime batch, int absorbed, List<BlockLocation> blocks, Runnable run) {
        Current now = current;
        if (now == null || !now.batch.equals(batch)) {
            Current next = begin(batch, absorbed, blocks, run);
            if (blocks.isEmpty() || next.attempt != null) {
                run.run();
            } else {
                planIfPossible();
            }
            return;
        }
        now.run = run;
        if (now.attempt != null) {
            step(new DriverEvent.AttemptSuspected(now.attempt));
        } else if (blocks.isEmpty()) {
            run.run();
        }
    }

    private Current begin(BatchTime batch, int absorbed, List<BlockLocation> blocks, Runnable run) {
        Current next = new Current(batch, absorbed, blocks, run);
        next.attempt = attemptOfThePast(batch);
        next.isDue = next.attempt != null;
        current = next;
        return next;
    }

    private @Nullable AttemptName ofThePast;

    /** The attempt that the protocol has asked for when it began, at the batch that an earlier run had planned. */
    private @Nullable AttemptName attemptOfThePast(BatchTime batch) {
        AttemptName attempt = ofThePast;
        ofThePast = null;
        boolean same = durability
                .history()
                .planned()
                .filter(planned -> planned.batch().equals(batch))
                .isPresent();
        return same ? attempt : null;
    }

    /** Plans the batch as soon as all of its blocks stand. */
    private void planIfPossible() {
        Current now = current;
        if (now == null || now.isDue) {
            return;
        }
        boolean mustPlan = !now.blocks.isEmpty() || now.done != null;
        boolean canPlan = now.blocks.stream()
                .allMatch(block -> standing.contains(block.info().id()));
        if (mustPlan && canPlan) {
            now.isDue = true;
            List<LoggedBlock> logged = new ArrayList<>();
            List<SourceRange> ranges = new ArrayList<>();
            for (BlockLocation block : now.blocks) {
                BlockId id = block.info().id();
                if (offsets.isReplayable(id.stream())) {
                    ranges.addAll(ranges(id, block.info().ranges()));
                } else {
                    logged.add(logged(id));
                }
            }
            step(new DriverEvent.Due(now.batch.millis(), logged, ranges));
        }
    }

    /** All work on the batch is done; outputs may be written when that stands in the log. */
    void done(BatchRecord done, Set<Integer> failed, List<LostBatch> lost, boolean changesNothing) {
        Current now = current;
        if (now == null || !now.batch.equals(done.batch())) {
            // nothing came and no executor had to work: nobody was asked to
            now = begin(done.batch(), done.absorbed(), done.blocks(), () -> {});
        }
        now.done = done;
        now.failed = failed;
        now.lost = lost;
        if (now.attempt != null) {
            step(new DriverEvent.AttemptDone(new Part(now.attempt, 0, 0, done.records(), 0)));
        } else if (changesNothing) {
            // it leaves no trace, so it is not planned either when a block comes while it is written
            now.isDue = true;
            outside.write(new LoggedBatch(state.lastBatch() + 1, claims, false));
        } else {
            planIfPossible();
        }
    }

    /** All outputs have the batch, which the log is told sometime. */
    void written() {
        LoggedBatch batch = written;
        written = null;
        unwritten = null;
        Current now = current;
        current = null;
        if (now != null) {
            now.blocks.forEach(block -> {
                standing.remove(block.info().id());
                places.remove(block.info().id());
            });
        }
        if (batch != null) {
            step(new DriverEvent.SinkDone(0, batch.number(), 0));
        }
    }

    /** So many records of the protocol stand, the last of them as this one of the log. */
    void stood(long records, long sequence) {
        lastSequence = sequence;
        step(new DriverEvent.Stood(records));
    }

    /** The log has failed, or a later run of the job has claimed it. */
    void failed(Throwable cause, boolean fenced) {
        step(fenced ? new DriverEvent.Fenced() : new DriverEvent.LogFailed(String.valueOf(cause)));
    }

    /** The number of the last batch that was planned. */
    long lastBatch() {
        return state.lastBatch();
    }

    // ---- the protocol ----

    private void step(DriverEvent event) {
        events.add(event);
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            for (DriverEvent next = events.poll(); next != null; next = events.poll()) {
                DurableProtocol.Step step = protocol.step(state, next);
                state = step.state();
                step.effects().forEach(this::carryOut);
                planIfPossible();
            }
        } finally {
            stepping = false;
        }
    }

    private void carryOut(DriverEffect effect) {
        if (effect instanceof DriverEffect.Append append) {
            append(append.entry());
        } else if (effect instanceof DriverEffect.Acknowledge acknowledge) {
            acknowledge(acknowledge);
        } else if (effect instanceof DriverEffect.Run run) {
            run(run.attempt());
        } else if (effect instanceof DriverEffect.CommitSink sink) {
            commitSink(sink.part().attempt());
        } else if (effect instanceof DriverEffect.Exit exit) {
            outside.exit(exit.why() + " (" + exit.reason() + ")");
        }
    }

    private void append(io.millrace.runtime.protocol.BatchRecord entry) {
        long number = ++appended;
        LongConsumer stands = sequence -> {
            crashPoints.reached(LogPoints.after(entry));
            outside.whenStood(number, sequence);
        };
        if (entry instanceof io.millrace.runtime.protocol.BatchRecord.Add add) {
            append(add, stands);
            return;
        }
        Supplier<JournalEntry> made = entry(entry);
        crashPoints.reached(LogPoints.before(entry));
        if (entry.mayWait()) {
            durability.journal().appendLater(made, stands);
        } else {
            durability.journal().append(made, stands);
        }
    }

    /** The block's bytes go to the log as they are, so it is held until they are there. */
    private void append(io.millrace.runtime.protocol.BatchRecord.Add add, LongConsumer stands) {
        LoggedBlock first = add.blocks().get(0);
        BlockManager.ToLog toLog = unacknowledged.get(first.source() + first.first());
        if (toLog == null) {
            throw new IllegalStateException(add + " was not received");
        }
        Block content = toLog.content().orElseThrow();
        crashPoints.reached(LogPoints.before(add));
        durability.journal().appendBlock(toLog.block(), content, sequence -> {
            content.release();
            stands.accept(sequence);
        });
    }

    private Supplier<JournalEntry> entry(io.millrace.runtime.protocol.BatchRecord entry) {
        if (entry instanceof io.millrace.runtime.protocol.BatchRecord.Committed committed) {
            return () -> new JournalEntry.Committed(committed.batch());
        }
        Current now = current;
        if (now == null) {
            throw new IllegalStateException(entry + " without a batch");
        }
        return entry instanceof io.millrace.runtime.protocol.BatchRecord.Plan plan
                ? () -> planned(plan.batch(), now)
                : prepared(((io.millrace.runtime.protocol.BatchRecord.Prepared) entry).batch(), now);
    }

    private JournalEntry planned(long number, Current now) {
        List<PlannedBlock> blocks = new ArrayList<>();
        for (BlockLocation block : now.blocks) {
            BlockId id = block.info().id();
            blocks.add(new PlannedBlock(id, block.info().ranges(), !offsets.isReplayable(id.stream())));
        }
        return new JournalEntry.Planned(number, now.batch, now.absorbed, blocks);
    }

    private Supplier<JournalEntry> prepared(long number, Current now) {
        JournalFormat format = durability.format();
        offsets.prepared(now.blocks);
        BatchRecord done = Objects.requireNonNull(now.done);
        Set<Integer> failed = Objects.requireNonNull(now.failed);
        List<NodeState> changes = done.changes();
        List<Collected> outputs = done.staged();
        List<LostBatch> lost = now.lost;
        return () -> new JournalEntry.Prepared(
                number,
                now.batch,
                changes.stream()
                        .filter(change -> !failed.contains(change.node()))
                        .map(format::encode)
                        .toList(),
                outputs.stream().map(format::encode).toList(),
                done.failures(),
                lost);
    }

    private void acknowledge(DriverEffect.Acknowledge acknowledge) {
        BlockManager.ToLog toLog = unacknowledged.remove(acknowledge.source() + acknowledge.last());
        if (toLog != null) {
            standing.add(toLog.block().id());
            places.put(toLog.block().id(), lastSequence);
            crashPoints.reached(DurablePoint.ACKNOWLEDGING);
            blocks.tell(new BlockManager.Logged(toLog.block().id()));
        }
    }

    private void run(AttemptName attempt) {
        Current now = current;
        if (now == null) {
            ofThePast = attempt;
            return;
        }
        boolean ranAhead = now.attempt == null && now.done != null;
        now.attempt = attempt;
        if (ranAhead) {
            events.add(new DriverEvent.AttemptDone(
                    new Part(attempt, 0, 0, Objects.requireNonNull(now.done).records(), 0)));
        } else {
            now.done = null;
            now.run.run();
        }
    }

    private void commitSink(AttemptName attempt) {
        preparedAt = lastSequence;
        LoggedBatch batch = new LoggedBatch(attempt.batch(), claims, true);
        written = batch;
        if (attempt.epoch() == durability.epoch()) {
            outside.write(batch);
            return;
        }
        unwritten = attempt;
        JournalEntry.Prepared prepared = durability.history().unwritten().orElseThrow();
        outside.writeAgain(
                batch,
                prepared,
                prepared.outputs().stream().map(durability.format()::decode).toList());
    }
}
