// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * Claims and segments as they are on the disk. Immutable.
 *
 * @param claims the highest epoch that is claimed
 * @param segments those that there are, by rising epochs
 */
record DurableLog(long claims, List<Segment> segments) {

    /**
     * What one driver has appended.
     *
     * @param older what counted of older segments when this one was begun
     */
    record Segment(long epoch, List<Evidence.Logged> older, List<BatchRecord> records) {}

    static DurableLog empty() {
        return new DurableLog(0, List.of());
    }

    DurableLog claimed() {
        return new DurableLog(claims + 1, segments);
    }

    /** A new segment; what others append to theirs from now on is void. */
    DurableLog sealed(long epoch, DurableLog read) {
        List<Segment> more = new ArrayList<>(segments);
        more.add(new Segment(epoch, read.effective(), List.of()));
        more.sort((one, other) -> Long.compare(one.epoch(), other.epoch()));
        return new DurableLog(claims, List.copyOf(more));
    }

    DurableLog appended(long epoch, List<BatchRecord> entries) {
        List<Segment> changed = new ArrayList<>(segments);
        changed.replaceAll(segment -> {
            if (segment.epoch() != epoch) {
                return segment;
            }
            List<BatchRecord> longer = new ArrayList<>(segment.records());
            longer.addAll(entries);
            return new Segment(epoch, segment.older(), List.copyOf(longer));
        });
        return new DurableLog(claims, List.copyOf(changed));
    }

    /** All of the newest segment, and what it says that counts of those before. */
    List<Evidence.Logged> effective() {
        if (segments.isEmpty()) {
            return List.of();
        }
        Segment newest = segments.get(segments.size() - 1);
        List<Evidence.Logged> all = new ArrayList<>(newest.older());
        newest.records().forEach(entry -> all.add(new Evidence.Logged(newest.epoch(), entry)));
        return List.copyOf(all);
    }

    List<BatchRecord> records() {
        return effective().stream().map(Evidence.Logged::entry).toList();
    }
}
