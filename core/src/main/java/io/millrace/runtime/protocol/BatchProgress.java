// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A batch that is planned and not committed.
 *
 * @param batch its number
 * @param blocks what it holds
 * @param phase where it is
 * @param launched how many attempts there were, by partition
 * @param parts the attempts that won, by partition
 * @param missing what sinks have not confirmed yet
 */
record BatchProgress(
        long batch,
        List<LoggedBlock> blocks,
        Phase phase,
        SortedMap<Integer, Integer> launched,
        SortedMap<Integer, Part> parts,
        SortedSet<SinkPart> missing) {

    /** Where a batch is; in this order. */
    enum Phase {
        /** Its plan is not durable yet. */
        PLANNING,
        /** It waits for the batch before to be prepared. */
        PLANNED,
        /** Executors attempt it. */
        RUNNING,
        /** The decision is not durable yet. */
        PREPARING,
        /** It waits for the sinks to have the batch before. */
        PREPARED,
        /** Sinks are given what it staged. */
        SINKING,
        /** All sinks have it, the log will say so. */
        COMMITTING
    }

    /** One partition for one sink. */
    record SinkPart(int sink, int partition) implements Comparable<SinkPart> {
        @Override
        public int compareTo(SinkPart other) {
            int bySink = Integer.compare(sink, other.sink);
            return bySink != 0 ? bySink : Integer.compare(partition, other.partition);
        }
    }

    BatchProgress {
        blocks = List.copyOf(blocks);
        launched = Collections.unmodifiableSortedMap(new TreeMap<>(launched));
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }

    static BatchProgress planning(long batch, List<LoggedBlock> blocks) {
        return new BatchProgress(batch, blocks, Phase.PLANNING, new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    BatchProgress at(Phase newPhase) {
        return new BatchProgress(batch, blocks, newPhase, launched, parts, missing);
    }

    BatchProgress launched(int partition) {
        SortedMap<Integer, Integer> more = new TreeMap<>(launched);
        more.merge(partition, 1, Integer::sum);
        return new BatchProgress(batch, blocks, phase, more, parts, missing);
    }

    BatchProgress won(Part part) {
        SortedMap<Integer, Part> more = new TreeMap<>(parts);
        more.put(part.attempt().partition(), part);
        return new BatchProgress(batch, blocks, phase, launched, more, missing);
    }

    BatchProgress missing(Set<SinkPart> sinkParts) {
        return new BatchProgress(batch, blocks, phase, launched, parts, new TreeSet<>(sinkParts));
    }

    BatchProgress confirmed(SinkPart sinkPart) {
        SortedSet<SinkPart> fewer = new TreeSet<>(missing);
        fewer.remove(sinkPart);
        return missing(fewer);
    }

    List<Part> allParts() {
        return new ArrayList<>(parts.values());
    }

    boolean isDecided() {
        return phase.compareTo(Phase.PREPARED) >= 0;
    }

    @Nullable
    Part part(int partition) {
        return parts.get(partition);
    }
}
