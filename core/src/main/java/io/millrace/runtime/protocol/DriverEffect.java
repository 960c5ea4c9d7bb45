// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done because of a {@link DriverEvent}. Those that touch the log are done in the order in which they come. */
public sealed interface DriverEffect {

    /** Create the claim of the epoch, if there is none, and force it. */
    record Claim(long epoch) implements DriverEffect {}

    /** Read the segments of all epochs before this one. */
    record ReadLog(long epoch) implements DriverEffect {}

    /** Write the record to the segment of this epoch and force it; several may be forced at once. */
    record Append(long epoch, LogRecord entry) implements DriverEffect {}

    /** See whether the epoch is claimed; if not, this many records of the segment before it stand. */
    record LookForClaim(long epoch, long records) implements DriverEffect {}

    /** Tell the source that all up to this number counts as received. */
    record Acknowledge(String source, long last) implements DriverEffect {}

    /**
     * Have an executor attempt a partition of a planned batch.
     *
     * @param previous whose state it goes by; null before the first batch
     */
    record Run(
            AttemptName attempt,
            List<LoggedBlock> blocks,
            @Nullable AttemptName previous) implements DriverEffect {
        /** Copies the blocks. */
        public Run {
            blocks = List.copyOf(blocks);
        }
    }

    /** Give the sink what the part has staged, unless it has this partition of the batch or has seen a later epoch. */
    record CommitSink(long epoch, int sink, Part part) implements DriverEffect {}

    /** Blocks and staged output of the batch, and the attempts at it that lost, may go. */
    record Clean(long epoch, long batch) implements DriverEffect {}

    /** End this process. */
    record Exit(Reason reason) implements DriverEffect {}

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
