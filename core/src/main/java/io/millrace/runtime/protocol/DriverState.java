// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a driver knows. Immutable; changed by {@link DurableProtocol#step}.
 *
 * @param phase how far it is with taking over
 * @param epoch its epoch, or the one it tries to claim
 * @param stood how many records of its segment are durable and stand
 * @param unwritten records behind these, in their order
 * @param received by source, up to which number blocks are in the log or on their way there
 * @param acknowledged by source, up to which number blocks stand in the log
 * @param waiting blocks that stand and are in no batch
 * @param batches those that are planned and not committed, in their order
 * @param lastBatch the number of the last batch that was planned
 * @param lastParts the parts of the last batch that is prepared, by partition
 */
public record DriverState(
        Phase phase,
        long epoch,
        long stood,
        List<LogRecord> unwritten,
        SortedMap<String, Long> received,
        SortedMap<String, Long> acknowledged,
        List<LoggedBlock> waiting,
        List<BatchProgress> batches,
        long lastBatch,
        List<Part> lastParts) {

    /** How far a driver is with taking over. */
    public enum Phase {
        /** It has not started. */
        NEW,
        /** It claims an epoch. */
        CLAIMING,
        /** It reads what drivers before it have logged. */
        READING,
        /** It closes the log of drivers before it. */
        SEALING,
        /** It drives. */
        LEADING,
        /** It does nothing any more. */
        ENDED
    }

    /** Copies what is in it. */
    public DriverState {
        unwritten = List.copyOf(unwritten);
        received = Collections.unmodifiableSortedMap(new TreeMap<>(received));
        acknowledged = Collections.unmodifiableSortedMap(new TreeMap<>(acknowledged));
        waiting = List.copyOf(waiting);
        batches = List.copyOf(batches);
        lastParts = List.copyOf(lastParts);
    }

    /** Before it starts. */
    public static DriverState initial() {
        return of(Phase.NEW, 0);
    }

    static DriverState of(Phase phase, long epoch) {
        return new DriverState(
                phase, epoch, 0, List.of(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of(), 0, List.of());
    }

    /** How many batches are planned and not committed. */
    public int batchesInFlight() {
        return batches.size();
    }

    long received(String source) {
        return received.getOrDefault(source, 0L);
    }

    long acknowledged(String source) {
        return acknowledged.getOrDefault(source, 0L);
    }

    @Nullable
    BatchProgress batch(long number) {
        return batches.stream()
                .filter(progress -> progress.batch() == number)
                .findFirst()
                .orElse(null);
    }

    DriverState at(Phase newPhase) {
        return new DriverState(
                newPhase, epoch, stood, unwritten, received, acknowledged, waiting, batches, lastBatch, lastParts);
    }

    DriverState log(long nowStood, List<LogRecord> nowUnwritten) {
        return new DriverState(
                phase, epoch, nowStood, nowUnwritten, received, acknowledged, waiting, batches, lastBatch, lastParts);
    }

    DriverState received(String source, long last) {
        SortedMap<String, Long> more = new TreeMap<>(received);
        more.put(source, last);
        return new DriverState(
                phase, epoch, stood, unwritten, more, acknowledged, waiting, batches, lastBatch, lastParts);
    }

    DriverState added(LoggedBlock block) {
        SortedMap<String, Long> more = new TreeMap<>(acknowledged);
        more.put(block.source(), block.last());
        List<LoggedBlock> longer = new ArrayList<>(waiting);
        longer.add(block);
        return new DriverState(phase, epoch, stood, unwritten, received, more, longer, batches, lastBatch, lastParts);
    }

    /** Takes exactly the blocks of the plan from those that wait, and no others. */
    DriverState planned(BatchProgress progress) {
        List<LoggedBlock> rest = new ArrayList<>(waiting);
        rest.removeAll(progress.blocks());
        List<BatchProgress> more = new ArrayList<>(batches);
        more.add(progress);
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, rest, more, progress.batch(), lastParts);
    }

    DriverState with(BatchProgress changed) {
        List<BatchProgress> all = batches.stream()
                .map(progress -> progress.batch() == changed.batch() ? changed : progress)
                .toList();
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, waiting, all, lastBatch, lastParts);
    }

    DriverState lastParts(List<Part> parts) {
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, waiting, batches, lastBatch, parts);
    }

    DriverState committed(long batch) {
        List<BatchProgress> rest =
                batches.stream().filter(progress -> progress.batch() != batch).toList();
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, waiting, rest, lastBatch, lastParts);
    }
}
