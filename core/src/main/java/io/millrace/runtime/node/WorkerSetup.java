// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorRef;
import io.millrace.operator.SourceOperator;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.BlockStore;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.ingest.SupervisorSetup;
import io.millrace.time.TimeSource;
import java.util.HashMap;
import java.util.Map;

/**
 * What an executor is given.
 *
 * @param id which it is
 * @param job the plan
 * @param settings the settings
 * @param threads where its tasks run
 * @param buffers where the memory of blocks comes from
 * @param time the clock and the timer
 * @param blocks the block manager
 * @param receiverEvents who hears of receivers
 * @param logged true if blocks count only when the driver has logged them
 * @param crashPoints where it may die
 */
record WorkerSetup(
        ExecutorId id,
        PlannedJob job,
        Settings settings,
        Threads threads,
        BlockBuffers buffers,
        TimeSource time,
        ActorRef<BlockManager.Command> blocks,
        ActorRef<ReceiverSupervisor.Event> receiverEvents,
        boolean logged,
        CrashPoints crashPoints) {

    SupervisorSetup ingest(BlockStore store) {
        Map<Integer, Receiver<?>> receivers = new HashMap<>();
        for (int stream = 0; stream < job.plan().sources().size(); stream++) {
            receivers.put(
                    stream,
                    ((SourceOperator<?>) job.plan().sources().get(stream).node().operator()).receiver());
        }
        return new SupervisorSetup(
                id,
                receivers,
                settings.ingest(),
                store,
                buffers,
                time,
                Node.DISPATCHER,
                blocks,
                receiverEvents,
                logged,
                crashPoints);
    }
}
