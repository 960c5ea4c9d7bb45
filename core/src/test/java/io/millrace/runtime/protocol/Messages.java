// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Messages to executors and sinks, and sets of them; both have numbers. */
final class Messages {

    private final Broken broken;
    private final Deeds deeds;
    private final Interned<DriverEffect> messages = new Interned<>();
    private final Interned<Set<Integer>> sets = new Interned<>();
    private final Map<Integer, int[]> members = new HashMap<>();
    private final PairTable with = new PairTable(this::computeWith);
    private final PairTable stillMatter = new PairTable(this::computeStillMatter);

    Messages(Broken broken, Deeds deeds) {
        this.broken = broken;
        this.deeds = deeds;
    }

    int number(DriverEffect message) {
        return messages.number(message);
    }

    DriverEffect message(int number) {
        return messages.thing(number);
    }

    int none() {
        return sets.number(Set.of());
    }

    /** The messages of a set, in a fixed order. */
    int[] of(int set) {
        return members.computeIfAbsent(
                set,
                number -> new TreeSet<>(sets.thing(number))
                        .stream().mapToInt(Integer::intValue).toArray());
    }

    int with(int set, int message) {
        return with.of(set, message);
    }

    private int computeWith(int set, int message) {
        Set<Integer> more = new TreeSet<>(sets.thing(set));
        more.add(message);
        return sets.number(Set.copyOf(more));
    }

    int without(int set, int message) {
        Set<Integer> fewer = new TreeSet<>(sets.thing(set));
        fewer.remove(message);
        return sets.number(Set.copyOf(fewer));
    }

    /**
     * Leaves out messages that can never change anything any more: an attempt whose file is there, or whose blocks are gone; what
     * a sink has, from a driver that is not newer than what it has seen. Files, blocks that are gone, fences and what sinks have
     * only grow, so such a message stays without effect, and worlds that differ only in it have the same future.
     */
    int stillMatter(int set, int durable) {
        return stillMatter.of(set, durable);
    }

    private int computeStillMatter(int set, int durable) {
        Set<Integer> matter = new TreeSet<>();
        for (int number : sets.thing(set)) {
            DriverEffect message = messages.thing(number);
            boolean returns =
                    broken == Broken.STATE_FILE_BY_BATCH || (broken.isLastValue() && message instanceof CommitSink);
            if (returns || deeds.after(durable, deeds.number(new Deeds.Deed.Deliver(message))) != durable) {
                matter.add(number);
            }
        }
        return sets.number(Set.copyOf(matter));
    }
}
