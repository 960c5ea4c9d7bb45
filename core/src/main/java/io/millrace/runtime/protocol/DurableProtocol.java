// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.BatchProgress.SinkPart;
import io.millrace.runtime.protocol.DriverState.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The durable batch protocol of a driver: a function from what it knows and what happens to what it knows then and what is to be
 * done.
 *
 * <p>A driver claims an epoch before it reads what others have logged. It acts on a record when the record is durable and when,
 * after that, there is still no later claim: so whoever claims later reads all that was acted on. No sink is touched before the
 * log says which attempts are the batch. Sinks are given batches in their order, each as often as it takes.
 */
public final class DurableProtocol {

    /** What the driver knows then, and what is to be done. */
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

    /** The next state and what is to be done. */
    public Step step(DriverState state, DriverEvent event) {
        List<DriverEffect> effects = new ArrayList<>();
        DriverState next = state.phase() == Phase.ENDED ? state : next(state, event, effects);
        return new Step(next.phase() == Phase.LEADING ? advance(next, effects) : next, effects);
    }

    private DriverState next(DriverState state, DriverEvent event, List<DriverEffect> effects) {
        if (event instanceof DriverEvent.Fenced) {
            return end(state, DriverEffect.Reason.FENCED, effects);
        }
        if (event instanceof DriverEvent.LogFailed) {
            return end(state, DriverEffect.Reason.LOG_FAILED, effects);
        }
        if (event instanceof DriverEvent.DataLost) {
            return end(state, DriverEffect.Reason.DATA_LOST, effects);
        }
        if (event instanceof DriverEvent.Durable durable) {
            effects.add(new DriverEffect.LookForClaim(state.epoch() + 1, durable.records()));
            return state;
        }
        if (event instanceof DriverEvent.StillMine mine) {
            return stand(state, mine.records(), effects);
        }
        return state.phase() == Phase.LEADING ? lead(state, event, effects) : takeOver(state, event, effects);
    }

    private static DriverState end(DriverState state, DriverEffect.Reason reason, List<DriverEffect> effects) {
        effects.add(new DriverEffect.Exit(reason));
        return DriverState.of(Phase.ENDED, state.epoch());
    }

    // ---- taking over ----

    private static DriverState takeOver(DriverState state, DriverEvent event, List<DriverEffect> effects) {
        if (event instanceof DriverEvent.Started started && state.phase() == Phase.NEW) {
            return claim(started.highestClaim() + 1, effects);
        }
        if (event instanceof DriverEvent.ClaimTaken taken
                && state.phase() == Phase.CLAIMING
                && taken.epoch() == state.epoch()) {
            return claim(taken.epoch() + 1, effects);
        }
        if (event instanceof DriverEvent.Claimed claimed
                && state.phase() == Phase.CLAIMING
                && claimed.epoch() == state.epoch()) {
            effects.add(new DriverEffect.ReadLog(state.epoch()));
            return state.at(Phase.READING);
        }
        if (event instanceof DriverEvent.LogRead read && state.phase() == Phase.READING) {
            SortedMap<Long, List<LogRecord>> older = read.segments().headMap(state.epoch());
            DriverState recovered = Replay.into(state, Replay.effective(older));
            return append(recovered, new LogRecord.Seal(Replay.lengths(older)), effects)
                    .at(Phase.SEALING);
        }
        return state;
    }

    private static DriverState claim(long epoch, List<DriverEffect> effects) {
        effects.add(new DriverEffect.Claim(epoch));
        return DriverState.of(Phase.CLAIMING, epoch);
    }

    // ---- the log ----

    private static DriverState append(DriverState state, LogRecord entry, List<DriverEffect> effects) {
        effects.add(new DriverEffect.Append(state.epoch(), entry));
        List<LogRecord> longer = new ArrayList<>(state.unwritten());
        longer.add(entry);
        return state.log(state.stood(), longer);
    }

    /** The first records are durable, and nobody had claimed after that: what they are for may happen. */
    private static DriverState stand(DriverState state, long records, List<DriverEffect> effects) {
        DriverState now = state;
        while (now.stood() < records && !now.unwritten().isEmpty()) {
            LogRecord entry = now.unwritten().get(0);
            List<LogRecord> rest = now.unwritten().subList(1, now.unwritten().size());
            now = act(now.log(now.stood() + 1, rest), entry, effects);
        }
        return now;
    }

    private static DriverState act(DriverState state, LogRecord entry, List<DriverEffect> effects) {
        if (entry instanceof LogRecord.Seal) {
            return state.at(Phase.LEADING);
        }
        if (entry instanceof LogRecord.Add add) {
            effects.add(new DriverEffect.Acknowledge(
                    add.block().source(), add.block().last()));
            return state.added(add.block());
        }
        if (entry instanceof LogRecord.Plan plan) {
            return state.with(progress(state, plan.batch()).at(BatchProgress.Phase.PLANNED));
        }
        if (entry instanceof LogRecord.Prepared prepared) {
            return state.with(progress(state, prepared.batch()).at(BatchProgress.Phase.PREPARED))
                    .lastParts(prepared.parts());
        }
        long batch = ((LogRecord.Committed) entry).batch();
        effects.add(new DriverEffect.Clean(state.epoch(), batch));
        return state.committed(batch);
    }

    private static BatchProgress progress(DriverState state, long batch) {
        BatchProgress progress = state.batch(batch);
        if (progress == null) {
            throw new IllegalStateException("batch " + batch + " is logged and is not in flight");
        }
        return progress;
    }

    // ---- leading ----

    private DriverState lead(DriverState state, DriverEvent event, List<DriverEffect> effects) {
        if (event instanceof DriverEvent.Received received) {
            return received(state, received.block(), effects);
        }
        if (event instanceof DriverEvent.Due) {
            return due(state, effects);
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
            if (progress != null && progress.missing().contains(new SinkPart(unknown.sink(), unknown.partition()))) {
                commitSink(state, progress, new SinkPart(unknown.sink(), unknown.partition()), effects);
            }
        }
        return state;
    }

    /** Adds what is new of the block. What has a gap before it is not taken, and what is known is acknowledged again. */
    private DriverState received(DriverState state, LoggedBlock block, List<DriverEffect> effects) {
        long known = state.received(block.source());
        if (block.last() <= known) {
            if (block.last() <= state.acknowledged(block.source())) {
                effects.add(new DriverEffect.Acknowledge(block.source(), state.acknowledged(block.source())));
            }
            return state;
        }
        if (block.first() > known + 1
                || block.copies() < settings.copies()
                || state.unwritten().size() >= settings.unwritten()) {
            return state;
        }
        LoggedBlock unseen = block.after(known);
        return append(state.received(block.source(), block.last()), new LogRecord.Add(unseen), effects);
    }

    private DriverState due(DriverState state, List<DriverEffect> effects) {
        if (state.batches().size() >= settings.batches()) {
            return state;
        }
        LogRecord.Plan plan = new LogRecord.Plan(state.lastBatch() + 1, state.waiting());
        return append(state.planned(BatchProgress.planning(plan.batch(), plan.blocks())), plan, effects);
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
        LogRecord.Prepared prepared = new LogRecord.Prepared(won.batch(), won.allParts());
        return append(state.with(won.at(BatchProgress.Phase.PREPARING)), prepared, effects);
    }

    private static DriverState suspected(DriverState state, AttemptName attempt, List<DriverEffect> effects) {
        BatchProgress progress = running(state, attempt);
        boolean latest =
                progress != null && progress.launched().getOrDefault(attempt.partition(), 0) == attempt.number() + 1;
        return progress != null && latest ? launch(state, progress, attempt.partition(), effects) : state;
    }

    /** The batch of an attempt of this driver whose partition is not decided yet. */
    private static @Nullable BatchProgress running(DriverState state, AttemptName attempt) {
        BatchProgress progress = state.batch(attempt.batch());
        return progress != null
                        && progress.phase() == BatchProgress.Phase.RUNNING
                        && attempt.epoch() == state.epoch()
                        && progress.part(attempt.partition()) == null
                ? progress
                : null;
    }

    private static DriverState launch(
            DriverState state, BatchProgress progress, int partition, List<DriverEffect> effects) {
        int number = progress.launched().getOrDefault(partition, 0);
        AttemptName attempt = new AttemptName(state.epoch(), progress.batch(), partition, number);
        AttemptName previous = state.lastParts().isEmpty()
                ? null
                : state.lastParts().get(partition).attempt();
        effects.add(new DriverEffect.Run(attempt, progress.blocks(), previous));
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
                new LogRecord.Committed(progress.batch()),
                effects);
    }

    private static void commitSink(
            DriverState state, BatchProgress progress, SinkPart sinkPart, List<DriverEffect> effects) {
        Part part = progress.part(sinkPart.partition());
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
            BatchProgress after = progress(now, progress.batch());
            sunk = sunk && after.phase() == BatchProgress.Phase.COMMITTING;
        }
        return now;
    }

    private DriverState run(DriverState state, BatchProgress progress, List<DriverEffect> effects) {
        DriverState now = state.with(progress.at(BatchProgress.Phase.RUNNING));
        for (int partition = 0; partition < settings.partitions(); partition++) {
            now = launch(now, progress(now, progress.batch()), partition, effects);
        }
        return now;
    }

    private DriverState sink(DriverState state, BatchProgress progress, List<DriverEffect> effects) {
        Set<SinkPart> all = new TreeSet<>();
        for (int sink = 0; sink < settings.sinks(); sink++) {
            for (int partition : new TreeMap<>(progress.parts()).keySet()) {
                all.add(new SinkPart(sink, partition));
            }
        }
        BatchProgress sinking = progress.missing(all).at(BatchProgress.Phase.SINKING);
        if (all.isEmpty()) {
            return commit(state, sinking, effects);
        }
        all.forEach(sinkPart -> commitSink(state, sinking, sinkPart, effects));
        return state.with(sinking);
    }
}
