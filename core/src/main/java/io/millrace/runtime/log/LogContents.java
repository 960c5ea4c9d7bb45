// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was found in a log. */
public final class LogContents {

    private final Optional<UUID> logId;
    private final List<SealedSegment> segments;
    private final long nextSequence;
    private final long tornBytes;

    LogContents(Optional<UUID> logId, List<SealedSegment> segments, long nextSequence, long tornBytes) {
        this.logId = logId;
        this.segments = List.copyOf(segments);
        this.nextSequence = nextSequence;
        this.tornBytes = tornBytes;
    }

    /** The identity of the log; empty if nothing was ever written. */
    public Optional<UUID> logId() {
        return logId;
    }

    /** The files that count, relative to the storage, in their order. */
    public List<String> files() {
        return segments.stream().map(segment -> segment.id().path()).toList();
    }

    /** How many bytes of each of these files count, in the same order. */
    public List<Long> fileBytes() {
        return segments.stream().map(SealedSegment::length).toList();
    }

    /** The number that the next record will have; the first ever has 1. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Bytes at the end that belong to a commit that was never finished. */
    public long tornBytes() {
        return tornBytes;
    }

    List<SealedSegment> segments() {
        return segments;
    }
}
