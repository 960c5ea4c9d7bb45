// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.BatchProgress.Phase;
import io.millrace.runtime.protocol.LogRecord.Add;
import io.millrace.runtime.protocol.LogRecord.Plan;
import io.millrace.runtime.protocol.LogRecord.Prepared;
import io.millrace.runtime.protocol.LogRecord.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the segments of all drivers say together. */
public final class Replay {

    private Replay() {}

    /**
     * How many records of each segment count: the newest one that has records counts wholly, those before it as far as its seal
     * says.
     */
    public static SortedMap<Long, Integer> lengths(SortedMap<Long, List<LogRecord>> segments) {
        TreeMap<Long, Integer> lengths = new TreeMap<>();
        for (long epoch : new TreeMap<>(segments).descendingKeySet()) {
            List<LogRecord> segment = segments.getOrDefault(epoch, List.of());
            if (!segment.isEmpty()) {
                if (!(segment.get(0) instanceof Seal seal)) {
                    throw new IllegalStateException("the segment of epoch " + epoch + " does not begin with a seal");
                }
                lengths.putAll(seal.lengths());
                lengths.put(epoch, segment.size());
                return lengths;
            }
        }
        return lengths;
    }

    /** The records that count, in their order. */
    public static List<LogRecord> effective(SortedMap<Long, List<LogRecord>> segments) {
        List<LogRecord> all = new ArrayList<>();
        lengths(segments).forEach((epoch, length) -> {
            List<LogRecord> segment = segments.getOrDefault(epoch, List.of());
            if (segment.size() < length) {
                throw new IllegalStateException("the segment of epoch " + epoch + " has " + segment.size()
                        + " records, and it was sealed with " + length);
            }
            all.addAll(segment.subList(0, length));
        });
        return all;
    }

    /** What a driver knows that has read these records. */
    static DriverState into(DriverState state, List<LogRecord> records) {
        DriverState now = state;
        for (LogRecord entry : records) {
            if (entry instanceof Add add) {
                now = now.received(add.block().source(), add.block().last()).added(add.block());
            } else if (entry instanceof Plan plan) {
                now = now.planned(
                        BatchProgress.planning(plan.batch(), plan.blocks()).at(Phase.PLANNED));
            } else if (entry instanceof Prepared prepared) {
                now = prepared(now, prepared).lastParts(prepared.parts());
            } else if (entry instanceof LogRecord.Committed committed) {
                now = now.committed(committed.batch());
            }
        }
        return now;
    }

    private static DriverState prepared(DriverState state, Prepared prepared) {
        BatchProgress progress = state.batch(prepared.batch());
        if (progress == null) {
            throw new IllegalStateException("batch " + prepared.batch() + " is prepared and was not planned");
        }
        BatchProgress decided = progress.at(Phase.PREPARED);
        for (Part part : prepared.parts()) {
            decided = decided.won(part);
        }
        return state.with(decided);
    }
}
