// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import org.jspecify.annotations.Nullable;

/** What is to be done because of a {@link DriverEvent}. */
public sealed interface DriverEffect {

    /**
     * Append the record, behind all that was appended before. Force it, unless it {@linkplain BatchRecord#mayWait may wait} for
     * the next one; then look for a claim of a later epoch; then say {@link DriverEvent.Stood} or {@link DriverEvent.Fenced}.
     * One force and one look may do for many records.
     */
    record Append(BatchRecord entry) implements DriverEffect {}

    /** Tell the source that all up to this number counts as received. */
    record Acknowledge(String source, long last) implements DriverEffect {}

    /**
     * Have an executor attempt a partition of a planned batch.
     *
     * @param attempt names the files that it writes
     * @param plan what the batch holds
     * @param previous the part of this partition in the batch before, whose state it goes by; null for the first batch
     */
    record Run(
            AttemptName attempt,
            BatchRecord.Plan plan,
            @Nullable Part previous) implements DriverEffect {}

    /** Give the sink what the part has staged, unless it has this partition of the batch or has seen a later epoch. */
    record CommitSink(long epoch, int sink, Part part) implements DriverEffect {}

    /** Blocks and staged output of the batches up to this one, and the attempts at them that lost, may go. */
    record Clean(long batch) implements DriverEffect {}

    /** End this process. No effect comes after it. */
    record Exit(Reason reason, String why) implements DriverEffect {}

    /** Why a driver ends. */
    enum Reason {
        /** Another driver has taken over. */
        FENCED(75),
        /** The log cannot be trusted any more. */
        LOG_FAILED(74),
        /** Something that was acknowledged is not there. Nothing goes on without it silently. */
        DATA_LOST(65);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /** The exit code of the process. */
        public int code() {
            return code;
        }
    }
}
