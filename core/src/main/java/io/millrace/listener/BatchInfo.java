// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The figures of one batch: Spark's, and where the time before it went.
 *
 * @param batchTime the end of the batch
 * @param blocks how many blocks it held
 * @param bytes how many bytes they had
 * @param records how many records were read from them
 * @param submitted when the batch was due
 * @param started when its processing began
 * @param ended when its last output was done
 * @param blockWait the longest time that a record waited for its block to be cut
 * @param replication the longest time that a cut block waited for its copies
 * @param attempts how often it was attempted; more than 1 if an executor died
 * @param absorbedIntervals how many batch intervals before it had no batch of their own, because the one before was late
 * @param skipped records left out by {@code SKIP}
 * @param deadLetters records set aside
 * @param malformed lines that were not UTF-8
 * @param rejected lines that were too long
 * @param outputs what became of each output that had a batch
 * @param versions the version of each versioned value that it was processed with, in the order in which they were defined
 */
public record BatchInfo(
        BatchTime batchTime,
        int blocks,
        long bytes,
        long records,
        Instant submitted,
        Instant started,
        Instant ended,
        Duration blockWait,
        Duration replication,
        int attempts,
        int absorbedIntervals,
        long skipped,
        long deadLetters,
        long malformed,
        long rejected,
        List<OutputInfo> outputs,
        List<VersionInfo> versions) {

    /** Copies the lists. */
    public BatchInfo {
        outputs = List.copyOf(outputs);
        versions = List.copyOf(versions);
    }

    /** How long the batch waited for its turn. */
    public Duration schedulingDelay() {
        return Duration.between(submitted, started);
    }

    /** How long it was worked on. */
    public Duration processingDelay() {
        return Duration.between(started, ended);
    }

    /** From when it was due to when it was done. */
    public Duration totalDelay() {
        return Duration.between(submitted, ended);
    }

    /** True if every output did its work. */
    public boolean succeeded() {
        return outputs.stream().allMatch(output -> output.failure().isEmpty());
    }
}
