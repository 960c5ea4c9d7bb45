// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.batch.BatchClock;
import java.time.Duration;
import java.time.Instant;

/**
 * What is adjusted while the job runs: the batch interval, which outputs are attached, and how fast receivers may read. Used by the
 * driver's thread only.
 */
final class JobControl {

    private final BatchSchedule schedule;
    private final ReceiverTracker receivers;
    private final Announcements announcements;
    private final StreamRates rates;
    private final Attachments attachments;
    private Duration interval;

    JobControl(
            DriverSetup setup,
            BatchSchedule schedule,
            ReceiverTracker receivers,
            Announcements announcements,
            Attachments attachments) {
        this.schedule = schedule;
        this.receivers = receivers;
        this.announcements = announcements;
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
