// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.time.Duration;
import java.time.Instant;

/**
 * The end of a batch, by which the batch is named: a multiple of the batch interval since the epoch, as in Spark.
 *
 * @param millis milliseconds since the epoch
 */
public record BatchTime(long millis) implements Comparable<BatchTime> {

    /** The batch time after so much more time. */
    public BatchTime plus(Duration duration) {
        return new BatchTime(millis + duration.toMillis());
    }

    /** The batch time so much earlier. */
    public BatchTime minus(Duration duration) {
        return new BatchTime(millis - duration.toMillis());
    }

    /** This time as an instant. */
    public Instant instant() {
        return Instant.ofEpochMilli(millis);
    }

    @Override
    public int compareTo(BatchTime other) {
        return Long.compare(millis, other.millis);
    }

    /** Spark's form: {@code 1479 ms}. */
    @Override
    public String toString() {
        return millis + " ms";
    }
}
