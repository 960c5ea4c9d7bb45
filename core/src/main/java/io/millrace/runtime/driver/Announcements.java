// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.BatchInfo;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the driver says to listeners, and in which words. */
final class Announcements {

    private final Listeners listeners;

    Announcements(Listeners listeners) {
        this.listeners = listeners;
    }

    void started(BatchTime zero) {
        listeners.tell(listener -> listener.onStarted(zero));
    }

    void interval(BatchTime last, Duration interval) {
        listeners.tell(listener -> listener.onBatchInterval(last, interval));
    }

    void executorAdded(ExecutorId executor) {
        listeners.tell(listener -> listener.onExecutorAdded(executor.toString()));
    }

    void executorLost(ExecutorId executor) {
        listeners.tell(listener -> listener.onExecutorLost(executor.toString()));
    }

    void receiverLost(int stream, ExecutorId executor) {
        listeners.tell(listener -> listener.onReceiverStopped(stream, executor + " died"));
    }

    /** A receiver said something that listeners may want to know. */
    void receiver(ReceiverSupervisor.Event event) {
        if (event instanceof ReceiverSupervisor.Started started) {
            listeners.tell(listener -> listener.onReceiverStarted(
                    started.stream(), started.name(), started.executor().toString()));
        } else if (event instanceof ReceiverSupervisor.Failed failed) {
            listeners.tell(listener -> listener.onReceiverError(failed.stream(), failed.message(), failed.reopening()));
        } else if (event instanceof ReceiverSupervisor.AtRisk atRisk) {
            listeners.tell(listener -> listener.onAtRisk(atRisk.stream(), atRisk.bytes()));
        } else if (event instanceof ReceiverSupervisor.Finished finished) {
            listeners.tell(listener -> listener.onReceiverStopped(finished.stream(), "its source is finished"));
        } else if (event instanceof ReceiverSupervisor.Stopped stopped) {
            listeners.tell(listener -> listener.onReceiverStopped(stopped.stream(), "the job stops"));
        } else if (event instanceof ReceiverSupervisor.Died died) {
            listeners.tell(listener -> listener.onReceiverError(died.stream(), died.cause(), true));
        }
    }

    /** The block manager said something that listeners may want to know. */
    void blocks(BlockManager.Event event) {
        if (event instanceof BlockManager.Registered registered) {
            listeners.tell(listener -> listener.onBlockReceived(Reports.of(registered.block())));
        } else if (event instanceof BlockManager.UnderReplicated under) {
            listeners.tell(listener -> listener.onUnderReplicated(under.blocks()));
        }
    }

    /** The batch has begun to run, if it has. */
    void batchStarted(BatchState state, BatchRecord record) {
        if (listeners.hearsStarts() && state.phase() == BatchState.Phase.RUNNING) {
            List<String> names = record.blocks().stream()
                    .map(block -> block.info().id().toString())
                    .toList();
            List<String> workers =
                    state.working().stream().sorted().map(ExecutorId::toString).toList();
            BatchTime batch = state.batch();
            listeners.tell(listener -> listener.onBatchStarted(batch, names, workers));
        }
    }

    /** The outputs of the batch are written. On the output thread only. */
    void batchWritten(BatchRecord record, Outputs.Written written, Instant ended) {
        if (!listeners.isEmpty()) {
            BatchInfo info = record.info(ended, written.outputs());
            written.failures()
                    .forEach(failed -> listeners.tellNow(listener ->
                            listener.onOutputFailed(record.batch(), failed.output(), failed.description())));
            listeners.tellNow(listener -> listener.onBatchCompleted(info));
        }
    }
}
