// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.OffsetRange;

/** Records that were to be read are not in the topic any more, or what was read is not. The message names topic, partition and offsets. */
public final class OffsetsLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient OffsetRange range;

    OffsetsLostException(OffsetRange range, String reason) {
        this(range + " is lost: " + reason, range);
    }

    private OffsetsLostException(String message, OffsetRange range) {
        super(message);
        this.range = range;
    }

    /** A loss of all that there was from this offset on; how much that is, is not known. */
    static OffsetsLostException from(String partition, long offset, String reason) {
        return new OffsetsLostException(
                "what " + partition + " had from " + offset + " on is lost: " + reason,
                new OffsetRange(partition, offset, offset));
    }

    /** What is lost; its split is {@code topic-partition}. It is empty if its end is not known. */
    public OffsetRange range() {
        return range;
    }
}
