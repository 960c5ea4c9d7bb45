// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.actor.typed.ActorRef;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.BlockStore;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.time.TimeSource;
import java.util.Map;

/**
 * What the receivers of one executor share.
 *
 * @param executor the executor
 * @param receivers the job's receivers by input stream
 * @param settings the bounds
 * @param store where the executor keeps its blocks
 * @param buffers where the memory of blocks comes from
 * @param time the job's clock and timer
 * @param dispatcher the dispatcher that streams run on
 * @param blockManager who is told of blocks
 * @param driver who is told of everything else
 * @param logged true if blocks count only when the driver has logged them
 * @param crashPoints where it may die
 */
public record SupervisorSetup(
        ExecutorId executor,
        Map<Integer, Receiver<?>> receivers,
        IngestSettings settings,
        BlockStore store,
        BlockBuffers buffers,
        TimeSource time,
        String dispatcher,
        ActorRef<BlockManager.Command> blockManager,
        ActorRef<ReceiverSupervisor.Event> driver,
        boolean logged,
        CrashPoints crashPoints) {

    /** Copies the receivers. */
    public SupervisorSetup {
        receivers = Map.copyOf(receivers);
    }
}
