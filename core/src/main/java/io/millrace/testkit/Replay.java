// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.driver.KeptBatch;
import io.millrace.runtime.driver.KeptRun;
import java.time.Duration;
import java.time.Instant;

/**
 * Runs the batches of a {@link Recording} again, in virtual time, and keeps what every operator emitted.
 *
 * <pre>{@code
 * Replay.of(Recording.load(file)).against(WordCount::define).verify();   // a regression test
 * }</pre>
 *
 * <p>The job begins with the state of before the first batch. Every batch has the time that it had, the blocks that it had, on the
 * executors that held them, and the intervals that it absorbed; partitions, slots and rules for text are as they were. Receivers are not
 * opened and sinks are not touched. State belongs to the operator that has the name of the one that had it, so operators with state keep
 * their names, or are {@linkplain io.millrace.stream.DStream#named given} them.
 */
public final class Replay {

    private final Recording recording;

    private Replay(Recording recording) {
        this.recording = recording;
    }

    /** A replay of all batches of a recording. */
    public static Replay of(Recording recording) {
        return new Replay(recording);
    }

    /**
     * Runs a job over the batches.
     *
     * @throws IllegalStateException if the job has another number of inputs than the one that was recorded, or lacks an operator that had
     *     a state; the message names it
     */
    public ReplayRun against(ReplayableJob job) {
        KeptRun kept = recording.run();
        Duration interval = Duration.ofMillis(kept.job().intervalMillis());
        Rewiring rewiring = new Rewiring(kept);
        Instant start = kept.batches().get(0).batch().instant().minus(interval);
        try (BatchHarness harness =
                builder(kept.job(), interval).startAt(start).replaying(rewiring).build()) {
            job.define(harness.context());
            harness.start();
            for (KeptBatch batch : kept.batches()) {
                harness.inject(batch.blocks());
                harness.runBatchAt(batch.batch().instant());
            }
            return new ReplayRun(recording, rewiring, harness.batches());
        }
    }

    private static BatchHarnessBuilder builder(KeptRun.Job job, Duration interval) {
        return BatchHarness.builder("replay")
                .batchInterval(interval)
                .executors(job.executor().executors())
                .slots(job.executor().slots())
                .replication(job.replication())
                .serializeMessages(false)
                .set("partitions", job.executor().partitions())
                .set("block-tasks", job.executor().blockTasks())
                .set("text.max-line-bytes", job.executor().maxLineBytes())
                .set("text.malformed", job.executor().malformed().name().replace('_', '-'));
    }
}
