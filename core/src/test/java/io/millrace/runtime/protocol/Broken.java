// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/** A rule of the protocol that a mutant breaks. */
enum Broken {
    NOTHING,
    LOG_NOT_FENCED,
    /** Only in the explorer of the physical fence. */
    READ_BEFORE_CLAIM,
    /** Only in the explorer of the physical fence. */
    CHECK_BEFORE_APPEND,
    ACKNOWLEDGED_BEFORE_DURABLE,
    PLAN_REPLAY_CLEARS_QUEUE,
    STATE_FILE_BY_BATCH,
    SINK_BEFORE_PREPARED,
    COMMITTED_BEFORE_SINK,
    SINK_NOT_IDEMPOTENT,
    NO_DEDUPLICATION,
    BLOCKS_FREED_WITH_ATTEMPT,
    /** Even with messages that come at most once. */
    LAST_VALUE_UNGUARDED,
    /** A fence alone does not stop a driver's own message that comes again after a later batch. */
    LAST_VALUE_FENCED_ONLY,

    /** Breaks nothing: with messages that come at most once the fence is enough. */
    LAST_VALUE_FENCED_ONCE,
    /** Breaks nothing: what is older than what is there is refused, whoever sends it. */
    LAST_VALUE_GUARDED,
    /** Breaks nothing: what was decided is in the log, and the sink takes each batch once. */
    SINK_NOT_FENCED,
    /** Breaks nothing: what is prepared is not run again. */
    BLOCKS_FREED_AT_PREPARED;

    /** Whether sinks only keep the last value of a partition. */
    boolean isLastValue() {
        return name().startsWith("LAST_VALUE");
    }

    /** Whether messages come at most once, and only the answer to a driver's own message reaches it. */
    boolean deliversOnce() {
        return this == LAST_VALUE_UNGUARDED || this == LAST_VALUE_FENCED_ONCE;
    }

    boolean isSinkFenced() {
        return this != LAST_VALUE_UNGUARDED && this != LAST_VALUE_GUARDED && this != SINK_NOT_FENCED;
    }
}
