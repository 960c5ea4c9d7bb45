// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a partition is begun of which nothing is known: in the first run of a job. A partition that comes later begins at its beginning. */
public sealed interface StartingOffsets {

    /** At the oldest record that there is. */
    static StartingOffsets earliest() {
        return new Earliest();
    }

    /**
     * Behind the newest record that there is when the receiver opens. This is fixed as soon as the first block counts as received, which comes at once, without records.
     */
    static StartingOffsets latest() {
        return new Latest();
    }

    /** At these offsets; a partition that is not among them begins at its beginning. */
    static StartingOffsets at(Map<TopicPartition, Long> offsets) {
        return new At(offsets);
    }

    /** At the first record that is not older than this; behind the newest if all are. */
    static StartingOffsets since(Instant time) {
        return new Since(time);
    }

    /** At the oldest record. */
    record Earliest() implements StartingOffsets {}

    /** Behind the newest record. */
    record Latest() implements StartingOffsets {}

    /**
     * At given offsets.
     *
     * @param offsets the first to be read
     */
    record At(Map<TopicPartition, Long> offsets) implements StartingOffsets {
        /** Checks and copies the offsets. */
        public At {
            offsets = Map.copyOf(offsets);
            offsets.forEach((partition, offset) -> {
                if (offset < 0) {
                    throw new IllegalArgumentException(
                            "the offset of " + partition + " must be >= 0, but is " + offset);
                }
            });
        }
    }

    /**
     * At a time.
     *
     * @param time of the first record
     */
    record Since(Instant time) implements StartingOffsets {}
}
