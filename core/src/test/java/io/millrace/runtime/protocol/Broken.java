// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/** A rule of the protocol that a mutant breaks. */
enum Broken {
    NOTHING,
    LOG_NOT_FENCED,
    READ_BEFORE_CLAIM,
    CHECK_BEFORE_APPEND,
    ACKNOWLEDGED_BEFORE_DURABLE,
    PLAN_REPLAY_CLEARS_QUEUE,
    STATE_FILE_BY_BATCH,
    SINK_BEFORE_PREPARED,
    COMMITTED_BEFORE_SINK,
    SINK_NOT_IDEMPOTENT,
    NO_DEDUPLICATION,
    BLOCKS_FREED_WITH_ATTEMPT,
    LAST_VALUE_UNGUARDED,
    /** Breaks nothing as long as no message to a sink is delivered twice. */
    LAST_VALUE_FENCED_ONLY,
    /** Breaks nothing. */
    LAST_VALUE_GUARDED,
    /** Breaks nothing. */
    SINK_NOT_FENCED,
    /** Breaks nothing. */
    BLOCKS_FREED_AT_PREPARED;

    boolean isLastValue() {
        return this == LAST_VALUE_UNGUARDED || this == LAST_VALUE_FENCED_ONLY || this == LAST_VALUE_GUARDED;
    }
}
