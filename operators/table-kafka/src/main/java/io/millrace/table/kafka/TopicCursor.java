// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.source.RangeCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a query has read its topics, and what a batch has of them: so many offsets at most, of each partition in the share of what it has.
 */
final class TopicCursor implements RangeCursor<TopicEnds.Found> {

    /** So many offsets are read by one task at most. */
    private static final long BLOCK_OFFSETS = 20_000;

    private final TopicEnds topics;
    private final long mostPerBatch;
    private final boolean failsOnLoss;
    private final Map<String, Long> next = new TreeMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final List<OffsetRange> announced = new ArrayList<>();
    private boolean begun;

    /**
     * Nothing is read yet.
     *
     * @param mostPerBatch how many offsets a batch has at most
     * @param failsOnLoss whether the source ends when what was read is there no more
     */
    TopicCursor(TopicEnds topics, long mostPerBatch, boolean failsOnLoss) {
        this.topics = topics;
        this.mostPerBatch = mostPerBatch;
        this.failsOnLoss = failsOnLoss;
    }

    @Override
    public void begin(Map<String, Long> offsets) {
        next.clear();
        next.putAll(newest(TopicRange.withoutMarks(offsets)));
        begun = !next.isEmpty();
        ends.clear();
        announced.clear();
    }

    @Override
    public void given(List<OffsetRange> ranges) {
        Map<String, Long> known = new HashMap<>(next);
        ranges.forEach(range -> range.moveOn(known));
        next.clear();
        next.putAll(newest(TopicRange.withoutMarks(known)));
        begun = true;
    }

    @Override
    public Callable<TopicEnds.Found> look() {
        Set<String> known = Set.copyOf(next.keySet());
        return () -> topics.look(known);
    }

    @Override
    public List<List<OffsetRange>> next() {
        List<List<OffsetRange>> blocks = new ArrayList<>();
        if (!announced.isEmpty()) {
            blocks.add(List.copyOf(announced));
            announced.clear();
        }
        for (OffsetRange range : share()) {
            for (long from = range.from(); from < range.to(); from += BLOCK_OFFSETS) {
                long to = Math.min(range.to(), from + BLOCK_OFFSETS);
                blocks.add(List.of(new OffsetRange(range.split(), from, to)));
            }
            next.put(range.split(), range.to());
        }
        return blocks;
    }

    @Override
    public boolean isAllGiven() {
        return announced.isEmpty()
                && ends.entrySet().stream().allMatch(end -> next.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public String text(OffsetRange range) {
        return TopicRange.text(range);
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

    /** Begins with partitions that are new, and notes where all end. */
    @Override
    public void take(TopicEnds.Found found, ReceiverContext context) {
        Set<TopicPartition> known =
                next.keySet().stream().map(TopicRange::partition).collect(Collectors.toSet());
        (begun ? found.firsts() : found.begins()).forEach((split, offset) -> {
            if (!known.contains(TopicRange.partition(split))) {
                begin(split, offset);
                mark(split, offset);
            }
        });
        begun = true;
        for (String split : List.copyOf(next.keySet())) {
            TopicPartition partition = TopicRange.partition(split);
            Long end = found.ends().get(partition);
            if (end != null && end < next.getOrDefault(split, 0L)) {
                cutOff(split, partition, end, context);
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

    /** Where the query begins with a partition that is empty may be another place next time. */
    private void mark(String split, long offset) {
        if (offset == 0 && !begun && !topics.start().equals(Offsets.earliest())) {
            announced.add(TopicRange.mark(split));
        }
    }

    /** Offsets that were read are given again, as in a topic that was deleted and created anew: goes on at the end, as another split. */
    private void cutOff(String split, TopicPartition partition, long end, ReceiverContext context) {
        String loss = partition + " was read up to " + next.get(split) + " but ends at " + end
                + ": its end was cut off, or the topic was deleted";
        if (failsOnLoss) {
            throw new IllegalStateException(loss);
        }
        context.reportError(loss + "; going on", new IllegalStateException(loss));
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
}
