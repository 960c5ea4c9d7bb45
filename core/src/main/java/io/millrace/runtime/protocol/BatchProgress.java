// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A batch that is planned and not committed.
 *
 * @param plan what it holds
 * @param phase where it is
 * @param launched how many attempts there were, by partition
 * @param parts the attempts that won, by partition
 * @param missing what sinks have not confirmed yet
 */
record BatchProgress(
        BatchRecord.Plan plan,
        Phase phase,
        Map<Integer, Integer> launched,
        Map<Integer, Part> parts,
        Set<SinkPart> missing) {

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
    record SinkPart(int sink, int partition) {}

    /** Copies what is not immutable yet; what is, is shared. */
    BatchProgress {
        launched = Map.copyOf(launched);
        parts = Map.copyOf(parts);
        missing = Set.copyOf(missing);
    }

    static BatchProgress of(BatchRecord.Plan plan, Phase phase) {
        return new BatchProgress(plan, phase, Map.of(), Map.of(), Set.of());
    }

    long batch() {
        return plan.batch();
    }

    BatchProgress at(Phase newPhase) {
        return new BatchProgress(plan, newPhase, launched, parts, missing);
    }

    BatchProgress launched(int partition) {
        Map<Integer, Integer> more = new HashMap<>(launched);
        more.merge(partition, 1, Integer::sum);
        return new BatchProgress(plan, phase, more, parts, missing);
    }

    BatchProgress won(Part part) {
        Map<Integer, Part> more = new HashMap<>(parts);
        more.put(part.attempt().partition(), part);
        return new BatchProgress(plan, phase, launched, more, missing);
    }

    BatchProgress missing(Set<SinkPart> sinkParts) {
        return new BatchProgress(plan, phase, launched, parts, sinkParts);
    }

    BatchProgress confirmed(SinkPart sinkPart) {
        Set<SinkPart> fewer = new HashSet<>(missing);
        fewer.remove(sinkPart);
        return missing(fewer);
    }

    int launches(int partition) {
        return launched.getOrDefault(partition, 0);
    }

    /** The attempts that won, in the order of partitions. */
    List<Part> allParts() {
        return parts.values().stream()
                .sorted(Comparator.comparing(Part::attempt))
                .toList();
    }

    boolean isDecided() {
        return phase.compareTo(Phase.PREPARED) >= 0;
    }

    boolean isInAllSinks() {
        return phase == Phase.COMMITTING;
    }
}
