// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.block.BlockManager;
import java.time.Duration;
import java.time.Instant;

/**
 * What is adjusted while the job runs: the batch interval, which outputs are attached, how fast receivers may read, and who listens.
 * Used by the driver's thread only.
 */
final class JobControl {

    private final BatchSchedule schedule;
    private final ReceiverTracker receivers;
    private final Listeners listeners;
    private final Announcements announcements;
    private final ActorRef<BlockManager.Command> blocks;
    private final StreamRates rates;
    private final Attachments attachments;
    private Duration interval;

    JobControl(
            DriverSetup setup,
            BatchSchedule schedule,
            ReceiverTracker receivers,
            Listeners listeners,
            ActorRef<BlockManager.Command> blocks,
            Attachments attachments) {
        this.schedule = schedule;
        this.receivers = receivers;
        this.listeners = listeners;
        this.announcements = new Announcements(listeners);
        this.blocks = blocks;
        this.attachments = attachments;
        this.interval = setup.settings().interval();
        this.rates = new StreamRates(
                setup.settings().rates(), interval, setup.plan().sources().size());
    }

    /** Something is to be changed. */
    void change(JobChange change) {
        if (change instanceof JobChange.Interval changed) {
            schedule.interval(changed.interval());
        } else if (change instanceof JobChange.Attach attach) {
            attachments.attach(attach.output());
        } else if (change instanceof JobChange.Detach detach) {
            attachments.detach(detach.output());
        } else if (change instanceof JobChange.AddListener added) {
            listeners.add(added.listener());
            blocks.tell(new BlockManager.Announce(listeners.hearsBlocks()));
        } else if (change instanceof JobChange.RemoveListener removed) {
            listeners.remove(removed.listener());
            blocks.tell(new BlockManager.Announce(listeners.hearsBlocks()));
        }
    }

    /** A batch begins: changes that waited for it take effect. */
    void begins(BatchClock.Due due) {
        attachments.begins(due.batch());
        if (!schedule.interval().equals(interval)) {
            interval = schedule.interval();
            receivers.interval(interval);
            rates.batchInterval(interval);
            announcements.interval(due.batch(), interval);
        }
    }

    /** A batch is done. */
    void completed(BatchRecord batch, Instant ended) {
        receivers.rates(rates.completed(batch, ended));
    }
}
