// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;
import java.util.SortedMap;

/** What happens to a driver. Late, repeated and foreign events are ignored. */
public sealed interface DriverEvent {

    /** It starts; this is the highest epoch that is claimed, 0 if there is none. */
    record Started(long highestClaim) implements DriverEvent {}

    /** The epoch is claimed for this driver, durably. */
    record Claimed(long epoch) implements DriverEvent {}

    /** Another driver has claimed the epoch before. */
    record ClaimTaken(long epoch) implements DriverEvent {}

    /** All segments of older epochs, each up to its last valid record; read after the claim. */
    record LogRead(SortedMap<Long, List<LogRecord>> segments) implements DriverEvent {}

    /** The first records of this driver's segment are durable: as many. */
    record Durable(long records) implements DriverEvent {}

    /** After the first records were durable, there was no claim of a later epoch. */
    record StillMine(long records) implements DriverEvent {}

    /** There is a claim of a later epoch, or somebody refused this one. */
    record Fenced() implements DriverEvent {}

    /** The log could not be written or forced. What was written is never trusted again. */
    record LogFailed() implements DriverEvent {}

    /** A block is there, in as many copies as it says. */
    record Received(LoggedBlock block) implements DriverEvent {}

    /** A batch is due. */
    record Due() implements DriverEvent {}

    /** An attempt is done, its files are durable. */
    record AttemptDone(Part part) implements DriverEvent {}

    /** An attempt is silent or slow, or has failed. */
    record AttemptSuspected(AttemptName attempt) implements DriverEvent {}

    /** The sink has this part of the batch, from this driver or an earlier one. */
    record SinkDone(int sink, long batch, int partition) implements DriverEvent {}

    /** Nobody knows whether the sink has it. */
    record SinkUnknown(int sink, long batch, int partition) implements DriverEvent {}

    /** A planned block or a prepared file is not there or is not what it was. */
    record DataLost(long batch) implements DriverEvent {}
}
