// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the job to its end: finds out when nothing is left, or gives up, and says what is left. Used by the driver's thread only. */
final class JobEnd {

    private static final Logger LOG = LoggerFactory.getLogger(JobEnd.class);

    private final DriverSetup setup;
    private final ReceiverTracker receivers;
    private final ActorRef<BlockManager.Command> blocks;
    private final Outputs outputs;
    private final OutputWriting writing;
    private final Listeners listeners;
    private final Ending ending = new Ending();

    JobEnd(
            DriverSetup setup,
            ReceiverTracker receivers,
            ActorRef<BlockManager.Command> blocks,
            Outputs outputs,
            OutputWriting writing,
            Listeners listeners) {
        this.setup = setup;
        this.receivers = receivers;
        this.blocks = blocks;
        this.outputs = outputs;
        this.writing = writing;
        this.listeners = listeners;
    }

    /** True if nothing more is done. */
    boolean isOver() {
        return ending.isOver();
    }

    /** One more batch is done. */
    void batchDone(long records) {
        ending.batchDone(records);
    }

    /** The job is told to end when everything is processed; false if it was told before. */
    boolean stop() {
        boolean first = ending.stop();
        if (first) {
            receivers.stop();
        }
        return first;
    }

    /** Asks whether anything is left, when nothing more can come. */
    void endIfDrained(BatchState state) {
        if (ending.isStopping()
                && !ending.isOver()
                && receivers.allStopped()
                && state.phase() == BatchState.Phase.IDLE) {
            blocks.tell(new BlockManager.CountWaiting());
        }
    }

    /** So much is left. */
    void waiting(BlockManager.Waiting waiting, BatchState state, BatchRecord record) {
        boolean idle = state.phase() == BatchState.Phase.IDLE;
        if (ending.isOver()) {
            sayStopped(waiting, idle ? Optional.empty() : Optional.of(record));
        } else if (waiting.blocks() == 0 && idle && receivers.allStopped()) {
            end(true);
        }
    }

    /** The state of so many partitions is kept by nobody any more. */
    void stateLost(long partitions) {
        fail("The state of " + partitions + " partitions is lost: every executor that kept it died ("
                + setup.settings().replication() + " kept it)");
    }

    /** No copy is left of these blocks. */
    void dataLost(List<BlockInfo> lost) {
        fail("Data is lost: no copy is left of the blocks "
                + lost.stream().map(info -> info.id().toString()).collect(Collectors.joining(", "))
                + " ("
                + lost.stream().mapToLong(BlockInfo::bytes).sum() + " bytes)");
    }

    /** The job cannot go on. */
    void fail(String why) {
        if (!ending.isOver()) {
            ending.fail(why);
            LOG.error("the job fails: {}", why);
            end(false);
        }
    }

    /** Nothing more is done; {@code drained} says whether all that was received is processed. */
    void end(boolean drained) {
        if (ending.end(drained)) {
            writing.stop();
            blocks.tell(new BlockManager.CountWaiting());
        }
    }

    /** Says that the job is over. An output that hangs, which may be why it is, is not waited for. */
    private void sayStopped(BlockManager.Waiting waiting, Optional<BatchRecord> running) {
        ending.report(waiting, running).ifPresent(report -> {
            Driver.Stopped stopped = new Driver.Stopped(report, ending.failure());
            setup.outputThread().execute(() -> {
                outputs.close();
                listeners.tellNow(listener -> listener.onStopped(report));
                if (ending.isDrained()) {
                    setup.parent().tell(stopped);
                }
            });
            if (!ending.isDrained()) {
                setup.parent().tell(stopped);
            }
        });
    }
}
