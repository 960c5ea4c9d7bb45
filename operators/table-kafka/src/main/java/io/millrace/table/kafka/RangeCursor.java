// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.AnalysisException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a query has read its topics, and what a batch has of them: so many offsets at most, of each partition in the share of what it has. Where the
 * partitions end is looked up in the background when all that is known is given. Thread-safe.
 */
final class RangeCursor implements BatchSource<String> {

    /** So many offsets are read by one task at most. */
    private static final long BLOCK_OFFSETS = 20_000;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final TopicEnds topics;
    private final Optional<TopicEnds.Found> fixed;
    private final long mostPerBatch;
    private final boolean failsOnLoss;
    private final Executor looking;
    private final Map<String, Long> next = new TreeMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final List<OffsetRange> announced = new ArrayList<>();
    private final Deque<List<OffsetRange>> again = new ArrayDeque<>();
    private boolean looks;
    private boolean begun;
    private Instant nextLook = Instant.MIN;
    private @Nullable ReceiverContext context;
    private @Nullable RuntimeException broken;

    /**
     * Nothing is read yet.
     *
     * @param fixed where everything ends, if that is known; otherwise it never does
     * @param mostPerBatch how many offsets a batch has at most
     * @param failsOnLoss whether the source ends when what was read is there no more
     * @param looking looks topics up, which may take long
     */
    RangeCursor(
            TopicEnds topics,
            Optional<TopicEnds.Found> fixed,
            long mostPerBatch,
            boolean failsOnLoss,
            Executor looking) {
        this.topics = topics;
        this.fixed = fixed;
        this.mostPerBatch = mostPerBatch;
        this.failsOnLoss = failsOnLoss;
        this.looking = looking;
    }

    /** Goes on where the job says that it was. */
    synchronized RangeCursor opened(ReceiverContext newContext) {
        context = newContext;
        next.clear();
        next.putAll(newest(newContext.offsets()));
        begun = !next.isEmpty();
        ends.clear();
        announced.clear();
        again.clear();
        again.addAll(newContext.replays());
        takeFixed();
        return this;
    }

    /** What is fixed counts from where the batches end that are read again. */
    private void takeFixed() {
        if (again.isEmpty() && fixed.isPresent()) {
            try {
                take(fixed.get());
            } catch (RuntimeException e) {
                broken = e;
            }
        }
    }

    @Override
    public synchronized List<Delivery.Whole<String>> next(Instant batch) {
        if (broken != null) {
            throw broken;
        }
        List<OffsetRange> planned = again.poll();
        if (planned != null) {
            planned.forEach(range -> range.moveOn(next));
            begun = true;
            takeFixed();
            return List.of(block(planned));
        }
        List<Delivery.Whole<String>> blocks = new ArrayList<>();
        if (!announced.isEmpty()) {
            blocks.add(new Delivery.Whole<>(List.of(), Receipt.NONE, announced));
            announced.clear();
        }
        for (OffsetRange range : share()) {
            for (long from = range.from(); from < range.to(); from += BLOCK_OFFSETS) {
                long to = Math.min(range.to(), from + BLOCK_OFFSETS);
                blocks.add(block(List.of(new OffsetRange(range.split(), from, to))));
            }
            next.put(range.split(), range.to());
        }
        ReceiverContext opened = context;
        if (fixed.isEmpty() && isAllGiven() && !looks && opened != null && !batch.isBefore(nextLook)) {
            looks = true;
            nextLook = batch.plus(BETWEEN_LOOKS);
            Set<String> known = Set.copyOf(next.keySet());
            looking.execute(() -> look(opened, known));
        }
        return blocks;
    }

    private static Delivery.Whole<String> block(List<OffsetRange> ranges) {
        List<String> texts = ranges.stream()
                .filter(range -> range.from() < range.to())
                .map(TopicRange::text)
                .toList();
        return new Delivery.Whole<>(texts, Receipt.NONE, ranges);
    }

    /** What the next batch has of each partition. */
    private List<OffsetRange> share() {
        long total = 0;
        for (Map.Entry<String, Long> end : ends.entrySet()) {
            total += Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L));
        }
        List<OffsetRange> ranges = new ArrayList<>();
        long left = mostPerBatch;
        for (Map.Entry<String, Long> position : next.entrySet()) {
            long from = position.getValue();
            long there = ends.getOrDefault(position.getKey(), 0L) - from;
            if (there > 0 && left > 0) {
                double part = (double) mostPerBatch * there / total;
                long count = total <= mostPerBatch ? there : Math.min(left, Math.max(1, (long) part));
                count = Math.min(count, there);
                ranges.add(new OffsetRange(position.getKey(), from, from + count));
                left -= count;
            }
        }
        return ranges;
    }

    private void look(ReceiverContext opened, Set<String> known) {
        try {
            TopicEnds.Found found = topics.look(known);
            synchronized (this) {
                if (context == opened) {
                    take(found);
                }
            }
        } catch (AnalysisException | IllegalStateException e) {
            synchronized (this) {
                broken = new IllegalStateException(e.getMessage(), e);
            }
        } catch (RuntimeException e) {
            opened.reportError("cannot look up where " + topics.topics().text() + " ends", e);
        } finally {
            synchronized (this) {
                looks = false;
            }
        }
    }

    /** Begins with partitions that are new, and notes where all end. */
    private void take(TopicEnds.Found found) {
        Set<TopicPartition> known =
                next.keySet().stream().map(TopicRange::partition).collect(Collectors.toSet());
        (begun ? found.firsts() : found.begins()).forEach((split, offset) -> {
            if (!known.contains(TopicRange.partition(split))) {
                begin(split, offset);
            }
        });
        begun = true;
        for (String split : List.copyOf(next.keySet())) {
            TopicPartition partition = TopicRange.partition(split);
            Long end = found.ends().get(partition);
            if (end != null && end < next.getOrDefault(split, 0L)) {
                cutOff(split, partition, end);
            } else if (end != null) {
                ends.put(split, end);
            }
        }
    }

    private void begin(String split, long offset) {
        next.put(split, offset);
        if (offset > 0) {
            announced.add(new OffsetRange(split, offset, offset));
        }
    }

    /** Offsets that were read are given again, as in a topic that was deleted and created anew: goes on at the end, as another split. */
    private void cutOff(String split, TopicPartition partition, long end) {
        String loss = partition + " was read up to " + next.get(split) + " but ends at " + end
                + ": its end was cut off, or the topic was deleted";
        if (failsOnLoss) {
            throw new IllegalStateException(loss);
        }
        ReceiverContext opened = context;
        if (opened != null) {
            opened.reportError(loss + "; going on", new IllegalStateException(loss));
        }
        next.remove(split);
        ends.remove(split);
        String other = partition + "~" + (TopicRange.cuts(split) + 1);
        begin(other, end);
        ends.put(other, end);
    }

    /** Of several splits of a partition the one that was begun last. */
    private static Map<String, Long> newest(Map<String, Long> offsets) {
        Map<TopicPartition, String> newest = new HashMap<>();
        offsets.keySet()
                .forEach(split -> newest.merge(
                        TopicRange.partition(split),
                        split,
                        (one, other) -> TopicRange.cuts(one) >= TopicRange.cuts(other) ? one : other));
        Map<String, Long> next = new TreeMap<>(offsets);
        next.keySet().retainAll(newest.values());
        return next;
    }

    private boolean isAllGiven() {
        return again.isEmpty()
                && ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Whether all that is known to be there is given. */
    synchronized boolean isDrained() {
        return context != null && announced.isEmpty() && isAllGiven();
    }
}
