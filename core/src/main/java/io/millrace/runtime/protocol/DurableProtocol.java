// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.BatchProgress.SinkPart;
import io.millrace.runtime.protocol.DriverEffect.Reason;
import io.millrace.runtime.protocol.DriverState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durable batch protocol of a driver: a function from what it knows and what happens to what it knows then and what is to be
 * done. It has no state of its own, reads no clock and may be called from any thread.
 *
 * <p>A driver acts on a record only when the record stands: it is durable, and after that nobody had claimed a later epoch. Since
 * a driver claims before it reads, whoever claims later reads all that was acted on. No sink is touched before the log says which
 * attempts are the batch. Sinks are given batches in their order, each as often as it takes. A batch runs when the one before it
 * is decided.
 */
public final class DurableProtocol {

    /** What the driver knows then, and what is to be done, in this order. */
    public record Step(DriverState state, List<DriverEffect> effects) {
        /** Copies the effects. */
        public Step {
            effects = List.copyOf(effects);
        }
    }

    private final ProtocolSettings settings;

    /** The protocol with these bounds. */
    public DurableProtocol(ProtocolSettings settings) {
        this.settings = settings;
    }

    /**
     * The next state and what is to be done.
     *
     * @throws IllegalStateException if the log that was opened contradicts itself, or a range does not begin where the one before
     *     it ended
     */
    public Step step(DriverState state, DriverEvent event) {
        List<DriverEffect> effects = new ArrayList<>();
        DriverState next = state.phase() == Phase.ENDED ? state : next(state, event, effects);
        return new Step(next.phase() == Phase.LEADING ? advance(next, effects) : next, effects);
    }

    private DriverState next(DriverState state, DriverEvent event, List<DriverEffect> effects) {
        if (event instanceof DriverEvent.Fenced) {
            return end(state, Reason.FENCED, "another driver has claimed an epoch after " + state.epoch(), effects);
        }
        if (event instanceof DriverEvent.LogFailed failed) {
            return end(state, Reason.LOG_FAILED, failed.why(), effects);
        }
        if (event instanceof DriverEvent.DataLost lost) {
            return end(state, Reason.DATA_LOST, lost.what(), effects);
        }
        if (event instanceof DriverEvent.Opened opened) {
            return state.phase() == Phase.NEW ? open(opened, effects) : state;
        }
        return state.phase() == Phase.LEADING ? lead(state, event, effects) : state;
    }

    private static DriverState end(DriverState state, Reason reason, String why, List<DriverEffect> effects) {
        effects.add(new DriverEffect.Exit(reason, why));
        return DriverState.of(Phase.ENDED, state.epoch());
    }

    /** What the driver before did not clean is cleaned. */
    private static DriverState open(DriverEvent.Opened opened, List<DriverEffect> effects) {
        DriverState state = Replay.of(opened);
        if (state.lastCommitted() > 0) {
            effects.add(new DriverEffect.Clean(state.lastCommitted()));
        }
        return state;
    }

    // ---- the log ----

    private static DriverState append(DriverState state, BatchRecord entry, List<DriverEffect> effects) {
        effects.add(new DriverEffect.Append(entry));
        List<BatchRecord> longer = new ArrayList<>(state.unwritten());
        longer.add(entry);
        return state.log(state.stood(), longer);
    }

    /** The first records stand: what they are for may happen. */
    private static DriverState stand(DriverState state, long records, List<DriverEffect> effects) {
        int standing = (int)
                Math.max(0, Math.min(records - state.stood(), state.unwritten().size()));
        DriverState now = state.log(
                state.stood() + standing,
                state.unwritten().subList(standing, state.unwritten().size()));
        for (BatchRecord entry : state.unwritten().subList(0, standing)) {
            now = act(now, entry, effects);
        }
        return now;
    }

    private static DriverState act(DriverState state, BatchRecord entry, List<DriverEffect> effects) {
        if (entry instanceof BatchRecord.Add add) {
            for (LoggedBlock block : add.blocks()) {
                effects.add(new DriverEffect.Acknowledge(block.source(), block.last()));
            }
            return state.added(add.blocks());
        }
        if (entry instanceof BatchRecord.Plan plan) {
            return state.with(state.known(plan.batch()).at(BatchProgress.Phase.PLANNED));
        }
        if (entry instanceof BatchRecord.Prepared prepared) {
            return state.prepared(state.known(prepared.batch()), prepared.parts());
        }
        long batch = ((BatchRecord.Committed) entry).batch();
        effects.add(new DriverEffect.Clean(batch));
        return state.committed(batch);
    }

    // ---- leading ----

    private DriverState lead(DriverState state, DriverEvent event, List<DriverEffect> effects) {
        if (event instanceof DriverEvent.Stood stood) {
            return stand(state, stood.records(), effects);
        }
        if (event instanceof DriverEvent.Received received) {
            return received(state, received.blocks(), effects);
        }
        if (event instanceof DriverEvent.Due due) {
            return due(state, due, effects);
        }
        if (event instanceof DriverEvent.AttemptDone done) {
            return done(state, done.part(), effects);
        }
        if (event instanceof DriverEvent.AttemptSuspected suspected) {
            return suspected(state, suspected.attempt(), effects);
        }
        if (event instanceof DriverEvent.SinkDone done) {
            return sinkDone(state, done, effects);
        }
        if (event instanceof DriverEvent.SinkUnknown unknown) {
            BatchProgress progress = state.batch(unknown.batch());
            SinkPart asked = new SinkPart(unknown.sink(), unknown.partition());
            if (progress != null && progress.missing().contains(asked)) {
                commitSink(state, progress, asked, effects);
            }
        }
        return state;
    }

    /** Adds what is new of the blocks. What has a gap before it is not taken, and what is known is acknowledged again. */
    private DriverState received(DriverState state, List<LoggedBlock> blocks, List<DriverEffect> effects) {
        boolean full = state.unwritten().size() >= settings.unwritten();
        int room = settings.blocks() - state.waiting().size() - state.blocksOnTheirWay();
        List<LoggedBlock> unseen = new ArrayList<>();
        DriverState now = state;
        for (LoggedBlock block : blocks) {
            long known = now.received(block.source());
            if (block.last() <= known) {
                if (block.last() <= state.acknowledged(block.source())) {
                    effects.add(new DriverEffect.Acknowledge(block.source(), state.acknowledged(block.source())));
                }
            } else if (!full
                    && block.first() <= known + 1
                    && block.copies() >= settings.copies()
                    && unseen.size() < room) {
                LoggedBlock rest = block.after(known);
                unseen.add(rest);
                now = now.received(List.of(rest));
            }
        }
        return unseen.isEmpty() ? state : append(now, new BatchRecord.Add(unseen), effects);
    }

    private DriverState due(DriverState state, DriverEvent.Due due, List<DriverEffect> effects) {
        if (state.batchesInFlight() >= settings.batches()) {
            return state;
        }
        BatchRecord.Plan plan = new BatchRecord.Plan(state.lastBatch() + 1, due.time(), due.blocks(), due.ranges());
        return append(state.planned(BatchProgress.of(plan, BatchProgress.Phase.PLANNING)), plan, effects);
    }

    private DriverState done(DriverState state, Part part, List<DriverEffect> effects) {
        BatchProgress progress = running(state, part.attempt());
        if (progress == null) {
            return state;
        }
        BatchProgress won = progress.won(part);
        if (won.parts().size() < settings.partitions()) {
            return state.with(won);
        }
        BatchRecord.Prepared prepared = new BatchRecord.Prepared(won.batch(), won.allParts());
        return append(state.with(won.at(BatchProgress.Phase.PREPARING)), prepared, effects);
    }

    private static DriverState suspected(DriverState state, AttemptName attempt, List<DriverEffect> effects) {
        BatchProgress progress = running(state, attempt);
        boolean latest = progress != null && progress.launches(attempt.partition()) == attempt.number() + 1;
        return progress != null && latest ? launch(state, progress, attempt.partition(), effects) : state;
    }

    /** The batch of an attempt of this driver whose partition is not decided yet. */
    private static @Nullable BatchProgress running(DriverState state, AttemptName attempt) {
        BatchProgress progress = state.batch(attempt.batch());
        return progress != null
                        && progress.phase() == BatchProgress.Phase.RUNNING
                        && attempt.epoch() == state.epoch()
                        && !progress.parts().containsKey(attempt.partition())
                ? progress
                : null;
    }

    private static DriverState launch(
            DriverState state, BatchProgress progress, int partition, List<DriverEffect> effects) {
        int number = progress.launches(partition);
        AttemptName attempt = new AttemptName(state.epoch(), progress.batch(), partition, number);
        Part previous = state.lastParts().isEmpty() ? null : state.lastParts().get(partition);
        effects.add(new DriverEffect.Run(attempt, progress.plan(), previous));
        return state.with(progress.launched(partition));
    }

    private DriverState sinkDone(DriverState state, DriverEvent.SinkDone done, List<DriverEffect> effects) {
        BatchProgress progress = state.batch(done.batch());
        if (progress == null || progress.phase() != BatchProgress.Phase.SINKING) {
            return state;
        }
        BatchProgress confirmed = progress.confirmed(new SinkPart(done.sink(), done.partition()));
        return confirmed.missing().isEmpty() ? commit(state, confirmed, effects) : state.with(confirmed);
    }

    private static DriverState commit(DriverState state, BatchProgress progress, List<DriverEffect> effects) {
        return append(
                state.with(progress.at(BatchProgress.Phase.COMMITTING)),
                new BatchRecord.Committed(progress.batch()),
                effects);
    }

    private static void commitSink(
            DriverState state, BatchProgress progress, SinkPart sinkPart, List<DriverEffect> effects) {
        Part part = progress.parts().get(sinkPart.partition());
        if (part != null) {
            effects.add(new DriverEffect.CommitSink(state.epoch(), sinkPart.sink(), part));
        }
    }

    // ---- what may begin ----

    /** A batch runs when the one before is decided; sinks are given it when they have the one before. */
    private DriverState advance(DriverState state, List<DriverEffect> effects) {
        DriverState now = state;
        boolean decided = true;
        boolean sunk = true;
        for (BatchProgress progress : state.batches()) {
            if (progress.phase() == BatchProgress.Phase.PLANNED && decided) {
                now = run(now, progress, effects);
            } else if (progress.phase() == BatchProgress.Phase.PREPARED && sunk) {
                now = sink(now, progress, effects);
            }
            decided = decided && progress.isDecided();
            BatchProgress after = now.known(progress.batch());
            sunk = sunk && after.phase() == BatchProgress.Phase.COMMITTING;
        }
        return now;
    }

    private DriverState run(DriverState state, BatchProgress progress, List<DriverEffect> effects) {
        DriverState now = state.with(progress.at(BatchProgress.Phase.RUNNING));
        for (int partition = 0; partition < settings.partitions(); partition++) {
            now = launch(now, now.known(progress.batch()), partition, effects);
        }
        return now;
    }

    private DriverState sink(DriverState state, BatchProgress progress, List<DriverEffect> effects) {
        List<SinkPart> all = new ArrayList<>();
        for (int sink = 0; sink < settings.sinks(); sink++) {
            for (int partition = 0; partition < settings.partitions(); partition++) {
                all.add(new SinkPart(sink, partition));
            }
        }
        BatchProgress sinking = progress.missing(Set.copyOf(all)).at(BatchProgress.Phase.SINKING);
        if (all.isEmpty()) {
            return commit(state, sinking, effects);
        }
        all.forEach(sinkPart -> commitSink(state, sinking, sinkPart, effects));
        return state.with(sinking);
    }
}
