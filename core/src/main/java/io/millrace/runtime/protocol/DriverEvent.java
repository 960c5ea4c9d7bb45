// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;

/** What happens to a driver. Late, repeated and foreign events are ignored. */
public sealed interface DriverEvent {

    /**
     * The log is open: the epoch is claimed, after that the log was read, and what others append now is void.
     *
     * @param epoch the epoch that is claimed, from 1
     * @param committed the last batch before these records, which all sinks have; 0 if there is none
     * @param records all that counts, in its order
     */
    record Opened(long epoch, long committed, List<BatchRecord> records) implements DriverEvent {
        /** Copies the records. */
        public Opened {
            records = List.copyOf(records);
        }
    }

    /**
     * The first records that this driver has appended are durable; and after that there was no claim of a later epoch.
     *
     * @param records how many, since the log was opened; may grow by more than one
     */
    record Stood(long records) implements DriverEvent {}

    /** There is a claim of a later epoch, or somebody has refused this one. */
    record Fenced() implements DriverEvent {}

    /** The log could not be written or forced. What was written since is never trusted. */
    record LogFailed(String why) implements DriverEvent {}

    /** Blocks are there, in as many copies as they say. */
    record Received(List<LoggedBlock> blocks) implements DriverEvent {
        /** Copies the blocks. */
        public Received {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A batch is due. It is planned, maybe empty, unless as many batches as the settings allow are in flight.
     *
     * @param time the time of the batch in milliseconds since 1970
     * @param blocks what it takes of the blocks that wait
     * @param ranges what it takes from sources that can be read again; each begins where the last one of its source ended
     */
    record Due(long time, List<LoggedBlock> blocks, List<SourceRange> ranges) implements DriverEvent {
        /** Copies the lists. */
        public Due {
            blocks = List.copyOf(blocks);
            ranges = List.copyOf(ranges);
        }
    }

    /** An attempt is done, its files are durable. */
    record AttemptDone(Part part) implements DriverEvent {}

    /** An attempt is silent or slow, or has failed. It goes on, and another one is made beside it. */
    record AttemptSuspected(AttemptName attempt) implements DriverEvent {}

    /** The sink has this partition of the batch, from this driver or from an earlier one. */
    record SinkDone(int sink, long batch, int partition) implements DriverEvent {}

    /** Nobody knows whether the sink has it: it is asked again, for ever. Who sends this waits before. */
    record SinkUnknown(int sink, long batch, int partition) implements DriverEvent {}

    /** A planned block, or a file of what is prepared, is not there or is not what it was. */
    record DataLost(String what) implements DriverEvent {}
}
