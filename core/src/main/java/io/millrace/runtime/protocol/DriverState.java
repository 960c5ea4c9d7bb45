// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a driver knows. Immutable; changed by {@link DurableProtocol#step}, which copies what changes and shares what does not.
 *
 * @param phase whether it drives
 * @param epoch its epoch
 * @param stood how many of the records it has appended are durable and stand
 * @param unwritten records behind these, in their order
 * @param received by source, up to which number blocks are in the log or on their way there
 * @param acknowledged by source, up to which number blocks stand in the log
 * @param reached by source that can be read again, up to where it is planned
 * @param waiting blocks that stand and are in no batch
 * @param batches those that are planned and not committed, in their order
 * @param lastBatch the number of the last batch that was planned
 * @param lastParts the parts of the last batch that is prepared, by partition
 */
public record DriverState(
        Phase phase,
        long epoch,
        long stood,
        List<BatchRecord> unwritten,
        Map<String, Long> received,
        Map<String, Long> acknowledged,
        Map<String, Long> reached,
        List<LoggedBlock> waiting,
        List<BatchProgress> batches,
        long lastBatch,
        List<Part> lastParts) {

    /** Whether a driver drives. */
    public enum Phase {
        /** It has not opened the log. */
        NEW,
        /** It drives. */
        LEADING,
        /** It does nothing any more. */
        ENDED
    }

    /** Copies what is not immutable yet; what is, is shared. */
    public DriverState {
        unwritten = List.copyOf(unwritten);
        received = Map.copyOf(received);
        acknowledged = Map.copyOf(acknowledged);
        reached = Map.copyOf(reached);
        waiting = List.copyOf(waiting);
        batches = List.copyOf(batches);
        lastParts = List.copyOf(lastParts);
    }

    /** Before it opens the log. */
    public static DriverState initial() {
        return of(Phase.NEW, 0);
    }

    static DriverState of(Phase phase, long epoch) {
        return new DriverState(
                phase, epoch, 0, List.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of(), 0, List.of());
    }

    /** The same after this batch, which all sinks have. */
    DriverState after(long committed) {
        return new DriverState(
                phase,
                epoch,
                stood,
                unwritten,
                received,
                acknowledged,
                reached,
                waiting,
                batches,
                committed,
                lastParts);
    }

    /** How many batches are planned and not in all sinks. */
    public int batchesInFlight() {
        int inFlight = 0;
        for (BatchProgress progress : batches) {
            inFlight += progress.isInAllSinks() ? 0 : 1;
        }
        return inFlight;
    }

    /** How many blocks are on their way to the log. */
    int blocksOnTheirWay() {
        int onTheirWay = 0;
        for (BatchRecord entry : unwritten) {
            onTheirWay += entry instanceof BatchRecord.Add add ? add.blocks().size() : 0;
        }
        return onTheirWay;
    }

    /** The last batch that the log says is in all sinks; 0 if there is none. */
    public long lastCommitted() {
        return batches.isEmpty() ? lastBatch : batches.get(0).batch() - 1;
    }

    /** Up to which number records of this source are in the log or on their way there; 0 if none is. */
    public long received(String source) {
        return received.getOrDefault(source, 0L);
    }

    /** Up to which number records of this source count as received; 0 if none do. */
    public long acknowledged(String source) {
        return acknowledged.getOrDefault(source, 0L);
    }

    @Nullable
    BatchProgress batch(long number) {
        for (BatchProgress progress : batches) {
            if (progress.batch() == number) {
                return progress;
            }
        }
        return null;
    }

    BatchProgress known(long number) {
        BatchProgress progress = batch(number);
        if (progress == null) {
            throw new IllegalStateException("the log has a record of batch " + number + ", which is not in flight");
        }
        return progress;
    }

    DriverState log(long nowStood, List<BatchRecord> nowUnwritten) {
        return new DriverState(
                phase,
                epoch,
                nowStood,
                nowUnwritten,
                received,
                acknowledged,
                reached,
                waiting,
                batches,
                lastBatch,
                lastParts);
    }

    /** These blocks are on their way to the log. */
    DriverState received(List<LoggedBlock> blocks) {
        return new DriverState(
                phase,
                epoch,
                stood,
                unwritten,
                lasts(received, blocks),
                acknowledged,
                reached,
                waiting,
                batches,
                lastBatch,
                lastParts);
    }

    /** These blocks are in the log. */
    DriverState added(List<LoggedBlock> blocks) {
        List<LoggedBlock> longer = new ArrayList<>(waiting);
        longer.addAll(blocks);
        return new DriverState(
                phase,
                epoch,
                stood,
                unwritten,
                received,
                lasts(acknowledged, blocks),
                reached,
                longer,
                batches,
                lastBatch,
                lastParts);
    }

    private static Map<String, Long> lasts(Map<String, Long> before, List<LoggedBlock> blocks) {
        Map<String, Long> more = new HashMap<>(before);
        blocks.forEach(block -> more.put(block.source(), block.last()));
        return more;
    }

    /** Takes exactly the blocks of the plan from those that wait, and no others. */
    DriverState planned(BatchProgress progress) {
        BatchRecord.Plan plan = progress.plan();
        if (plan.batch() != lastBatch + 1) {
            throw new IllegalStateException("batch " + plan.batch() + " is planned after batch " + lastBatch);
        }
        Set<LoggedBlock> taken = new HashSet<>(plan.blocks());
        List<LoggedBlock> rest = new ArrayList<>(waiting);
        rest.removeIf(taken::contains);
        if (rest.size() + plan.blocks().size() != waiting.size()) {
            throw new IllegalStateException("batch " + plan.batch() + " holds " + plan.blocks()
                    + ", of which not all wait for a batch: " + waiting);
        }
        Map<String, Long> further = new HashMap<>(reached);
        for (SourceRange range : plan.ranges()) {
            Long end = further.put(range.source(), range.to());
            if (end != null && end != range.from()) {
                throw new IllegalStateException(
                        "batch " + plan.batch() + " holds " + range + ", the range before ended at " + end);
            }
        }
        List<BatchProgress> more = new ArrayList<>(batches);
        more.add(progress);
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, further, rest, more, plan.batch(), lastParts);
    }

    DriverState with(BatchProgress changed) {
        List<BatchProgress> all = new ArrayList<>(batches);
        all.replaceAll(progress -> progress.batch() == changed.batch() ? changed : progress);
        return batches(all);
    }

    DriverState prepared(BatchProgress decided, List<Part> parts) {
        DriverState now = with(decided.at(BatchProgress.Phase.PREPARED));
        return new DriverState(
                phase,
                epoch,
                stood,
                unwritten,
                received,
                acknowledged,
                reached,
                waiting,
                now.batches,
                lastBatch,
                parts);
    }

    DriverState committed(long batch) {
        if (batch != lastCommitted() + 1 || !known(batch).isDecided()) {
            throw new IllegalStateException(
                    "batch " + batch + " is committed and not prepared, or before batch " + (lastCommitted() + 1));
        }
        return batches(batches.subList(1, batches.size()));
    }

    private DriverState batches(List<BatchProgress> now) {
        return new DriverState(
                phase, epoch, stood, unwritten, received, acknowledged, reached, waiting, now, lastBatch, lastParts);
    }
}
