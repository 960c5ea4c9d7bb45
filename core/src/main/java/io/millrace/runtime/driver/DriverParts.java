// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.LostBatch;
import java.util.List;
import java.util.Map;

/**
 * What a driver has its work done by; each is used by the driver's thread only.
 *
 * @param schedule says when a batch is due
 * @param receivers start and move
 * @param dispatch tells executors
 * @param outputs are written
 * @param writing writes them, again and again if it must
 * @param lost what windows have lost
 * @param announcements tell listeners
 * @param attachments outputs that come and go
 * @param versions of the values that change between batches
 * @param control what is adjusted while the job runs
 * @param keeper keeps batches that are done
 * @param end brings the job to its end
 * @param blocks the block manager
 */
record DriverParts(
        BatchSchedule schedule,
        ReceiverTracker receivers,
        BatchDispatch dispatch,
        Outputs outputs,
        OutputWriting writing,
        LostBatches lost,
        Announcements announcements,
        Attachments attachments,
        BatchVersions versions,
        JobControl control,
        BatchKeeper keeper,
        JobEnd end,
        ActorRef<BlockManager.Command> blocks) {

    /**
     * Those of a job that has not begun.
     *
     * @param tick runs when a batch may be due, on any thread
     * @param fromExecutors where executors answer
     */
    static DriverParts of(
            DriverSetup setup,
            Listeners listeners,
            ActorRef<BlockManager.Command> blocks,
            ActorRef<Executor.Event> fromExecutors,
            Runnable tick) {
        BatchSchedule schedule = new BatchSchedule(setup, tick);
        BatchTime zero = schedule.zero();
        ReceiverTracker receivers = ReceiverTracker.of(
                setup.plan(),
                setup.durability()
                        .map(durability -> durability.history().lives())
                        .orElse(Map.of()));
        BatchDispatch dispatch = new BatchDispatch(
                setup.plan(), setup.settings(), setup.durability().isPresent(), zero, fromExecutors);
        Outputs outputs = new Outputs(setup.plan(), setup.time());
        OutputWriting writing = new OutputWriting(setup);
        Attachments attachments = new Attachments(setup.plan(), outputs, setup.outputThread());
        return new DriverParts(
                schedule,
                receivers,
                dispatch,
                outputs,
                writing,
                new LostBatches(setup.plan(), zero, lostBefore(setup)),
                new Announcements(listeners),
                attachments,
                new BatchVersions(setup.values(), setup.outputThread()),
                new JobControl(setup, schedule, receivers, listeners, blocks, attachments),
                new BatchKeeper(setup, zero, outputs, blocks),
                new JobEnd(setup, receivers, blocks, outputs, writing, listeners),
                blocks);
    }

    private static List<LostBatch> lostBefore(DriverSetup setup) {
        return setup.rerun()
                .map(Rerun::lost)
                .or(() -> setup.durability()
                        .map(durability -> durability.history().lost()))
                .orElse(List.of());
    }
}
