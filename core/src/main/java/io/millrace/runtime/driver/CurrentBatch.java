// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchEffect;
import io.millrace.runtime.batch.BatchEvent;
import io.millrace.runtime.batch.BatchProtocol;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch that is under way: what was gathered of it, and what the {@linkplain BatchProtocol protocol} says comes next, which it has
 * done. Used by the driver's thread only.
 */
final class CurrentBatch {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentBatch.class);

    /** What the driver does for it. */
    interface Outside {

        /** After so long it calls {@link #sealOverdue}. */
        Timer.Scheduled sealOverdueAfter(Duration delay, BatchTime batch);

        /** Told by any thread: outputs have the batch. It calls {@link #written}, on its own thread. */
        void tellWritten(BatchTime batch, Outputs.Written written, Instant ended);

        /** Told by any thread: it does this on its own, unless the job is over by then. */
        void run(Runnable what);

        /** What earlier runs have left is written, so that batches may come. */
        void goIfPossible();
    }

    private final DriverSetup setup;
    private final DriverParts parts;
    private final Outside outside;
    private final Optional<DurableJob> durable;
    private BatchState state;
    private BatchRecord record;
    private Timer.Scheduled sealLimit = () -> {};
    private boolean going;
    private List<LostBatch> lostBefore = List.of();

    /** None is under way. */
    CurrentBatch(DriverSetup setup, DriverParts parts, Outside outside) {
        this.setup = setup;
        this.parts = parts;
        this.outside = outside;
        BatchTime zero = parts.schedule().zero();
        this.durable = setup.durability()
                .map(durability ->
                        new DurableJob(setup, durability, zero, parts.blocks(), outside::run, new DurableOutside()));
        this.state = BatchState.initial(zero);
        this.record = new BatchRecord(
                setup.plan(),
                zero,
                0,
                List.of(),
                parts.versions().infos(),
                setup.time().now());
    }

    /** Where the protocol is. */
    BatchState state() {
        return state;
    }

    /** What was gathered of this batch, or of the last one if none is under way. */
    BatchRecord record() {
        return record;
    }

    boolean isIdle() {
        return state.phase() == BatchState.Phase.IDLE;
    }

    /** What makes the job durable, if it is. */
    Optional<DurableJob> durable() {
        return durable;
    }

    /** Whether batches come. */
    boolean isGoing() {
        return going;
    }

    /** From now on batches come. */
    void go() {
        going = true;
        beginIfDue();
    }

    /** Begins the next batch, if it is due and none is under way. */
    void beginIfDue() {
        if (parts.end().isOver() || !going || !isIdle()) {
            return;
        }
        parts.schedule().take().ifPresent(due -> {
            parts.control().begins(due);
            parts.versions().begins(due.batch());
            record = new BatchRecord(
                    parts.attachments().plan(),
                    due.batch(),
                    due.absorbed(),
                    parts.lost().heldIn(due.batch(), parts.attachments().plan()),
                    parts.versions().infos(),
                    setup.time().now());
            heard(new BatchEvent.Due(due.batch(), parts.receivers().running()));
        });
    }

    // ---- what happens ----

    /** Something has happened that the protocol decides about. */
    void heard(BatchEvent event) {
        BatchProtocol.Step step = BatchProtocol.step(state, event);
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    /** Receivers had time enough to cut what they have for a batch. */
    void sealOverdue(BatchTime batch) {
        if (batch.equals(state.batch()) && state.phase() == BatchState.Phase.SEALING) {
            parts.receivers().overdue();
        }
        heard(new BatchEvent.SealOverdue(batch));
    }

    /** The block manager says which blocks are in a batch. */
    void allocated(BlockManager.Allocated allocated) {
        if (allocated.batch().equals(state.batch()) && state.phase() == BatchState.Phase.ALLOCATING) {
            record.attempt(allocated.blocks(), setup.time().now());
            parts.dispatch().allocated(allocated);
            runIfPossible();
            parts.announcements().batchStarted(state, record);
        }
    }

    /** Runs the batch whose blocks are known, unless an executor is missing that must come first. */
    void runIfPossible() {
        if (state.phase() == BatchState.Phase.ALLOCATING) {
            parts.dispatch()
                    .participants(state.batch())
                    .ifPresent(participants -> heard(new BatchEvent.Allocated(state.batch(), participants)));
        }
    }

    /** An executor has done its part. */
    void done(Executor.Done done) {
        if (state.isWaitingFor(done.batch(), done.attempt(), done.executor())) {
            record.done(done);
            parts.dispatch().done(done.stateKeys());
        }
        Set<Integer> failed = record.plan()
                .withDependants(
                        record.failures().stream().map(NodeFailure::node).toList());
        heard(new BatchEvent.Done(done.batch(), done.attempt(), done.executor(), done.stagedBy(), failed));
    }

    /** Outputs have a batch. */
    void written(BatchTime batch, Outputs.Written written, Instant ended) {
        written.failures().forEach(this::outputFailed);
        durable.ifPresent(job -> job.batches().written());
        parts.control().completed(record, ended);
        parts.end().batchDone(record.records());
        heard(new BatchEvent.Written(batch));
    }

    private void outputFailed(Outputs.Failure failed) {
        LOG.error("output={} {}", failed.output(), failed.description(), failed.cause());
        setup.parent().tell(new Driver.OutputFailed(failed.description(), failed.cause()));
    }

    // ---- what comes next ----

    private void carryOut(BatchEffect effect) {
        if (effect instanceof BatchEffect.AskSeal ask) {
            sealLimit = outside.sealOverdueAfter(
                    setup.settings().sealTimeout(parts.schedule().interval()), ask.batch());
            parts.receivers().seal(ask.batch(), ask.streams());
        } else if (effect instanceof BatchEffect.Allocate allocate) {
            sealLimit.cancel();
            parts.dispatch().allocating();
            parts.blocks().tell(new BlockManager.Allocate(allocate.batch()));
        } else if (effect instanceof BatchEffect.Run) {
            durable.ifPresentOrElse(
                    job -> job.batches().run(record.batch(), record.absorbed(), record.blocks(), this::run), this::run);
        } else if (effect instanceof BatchEffect.Write && isStoppedByFailure()) {
            stopByFailure(record.failed().orElseThrow());
        } else if (effect instanceof BatchEffect.Write write) {
            setup.crashPoints().reached(CrashPoint.BEFORE_OUTPUT, Optional.empty());
            lostBefore = parts.lost().all();
            parts.lost().batchDone(record.batch(), record.plan(), record.failures());
            durable.ifPresentOrElse(job -> log(job, write.failed()), () -> write(Optional.empty()));
        } else if (effect instanceof BatchEffect.Commit commit) {
            commit(commit);
        }
    }

    private boolean isStoppedByFailure() {
        return setup.settings().stopOnFailedBatch() && record.failed().isPresent();
    }

    /** The job ends before anything of the batch counts. */
    private void stopByFailure(NodeFailure failure) {
        String description = failure.failed().describe();
        LOG.error("batch={} fails the job: {}", record.batch(), description, failure.cause());
        setup.parent().tell(new Driver.OutputFailed(description, failure.cause()));
        parts.end()
                .fail("The batch " + record.batch() + " has failed, and nothing of it counts"
                        + (durable.isPresent() ? "; it is run again when the job is started again" : "") + ": "
                        + description);
    }

    private void run() {
        if (state.phase() == BatchState.Phase.RUNNING) {
            parts.dispatch()
                    .run(state, parts.attachments().taps(), parts.versions().numbers());
        }
    }

    /** The log is told what the batch is, before outputs are. */
    private void log(DurableJob job, Set<Integer> failed) {
        record.staged(
                parts.outputs().staged(record.batch(), parts.schedule().zero(), record.collected(), record.failures()));
        boolean changesNothing = record.changesNothing() && parts.lost().all().equals(lostBefore);
        job.batches().done(record, failed, parts.lost().all(), changesNothing);
    }

    private void write(Optional<LoggedBatch> logged) {
        BatchRecord written = record;
        parts.writing()
                .begin(
                        () -> parts.outputs()
                                .begin(
                                        written.batch(),
                                        parts.schedule().zero(),
                                        written.collected(),
                                        written.failures(),
                                        logged),
                        done -> {
                            Instant ended = setup.time().now();
                            parts.announcements().batchWritten(written, done, ended);
                            outside.tellWritten(written.batch(), done, ended);
                        },
                        this::failLater);
    }

    private void failLater(String why) {
        outside.run(() -> parts.end().fail(why));
    }

    private void commit(BatchEffect.Commit commit) {
        setup.crashPoints().reached(CrashPoint.BEFORE_COMMIT, Optional.empty());
        parts.dispatch().commit(commit);
        parts.keeper().completed(record, commit.failed(), lostBefore);
        setup.crashPoints().reached(CrashPoint.AFTER_COMMIT, Optional.empty());
        durable.ifPresent(job -> job.committed(record.batch(), parts.lost().all(), parts.dispatch()));
        parts.dispatch().sendState();
        parts.end().endIfDrained(state);
        beginIfDue();
    }

    /** What the log has done for it. */
    private final class DurableOutside implements DurableBatches.Outside {

        @Override
        public void whenStood(long records, long sequence) {
            outside.run(() -> durable.ifPresent(job -> job.batches().stood(records, sequence)));
        }

        @Override
        public void write(LoggedBatch batch) {
            CurrentBatch.this.write(Optional.of(batch));
        }

        @Override
        public void writeAgain(LoggedBatch batch, JournalEntry.Prepared prepared, List<Collected> staged) {
            parts.writing()
                    .begin(
                            () -> parts.outputs().again(prepared.batch(), staged, batch),
                            done -> outside.run(() -> {
                                done.failures().forEach(CurrentBatch.this::outputFailed);
                                durable.ifPresent(job -> job.batches().written());
                                outside.goIfPossible();
                            }),
                            CurrentBatch.this::failLater);
        }

        @Override
        public void exit(String why) {
            parts.end().fail(why);
        }
    }
}
