// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.PartitionTask;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.RepeatedRows;
import io.millrace.runtime.state.RepeatedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Feeds an operator with rows that repeat keys: one after the other in order of arrival or, if all have the same value and the operator
 * likes it, key by key.
 *
 * <p>Key by key is faster, since what the operator has of a key is at hand from the second record on. Equal records of a key can stand
 * for each other, so nobody can tell as long as the operator has nothing to tell of a record but changes its state. Once it has, the
 * rest goes in order of arrival: what was done ahead is left out, and what the operator had to tell comes when it is the record's turn.
 */
final class RepeatedFeed {

    /** The rows of one task of the level below, and how many there are of each key that have not been taken. */
    private static final class Source {
        private final RepeatedRows rows;
        private final RepeatedRun run;
        private final int[] counts;

        Source(RepeatedRows rows) {
            this.rows = rows;
            this.run = new RepeatedRun(rows);
            this.counts = new int[rows.distinct()];
        }
    }

    private final PartitionTask<Object, Object> task;
    private final int input;
    private final List<PairBuffer.Segment> segments;
    private final IdentityHashMap<PairBuffer, Source> sources = new IdentityHashMap<>();

    RepeatedFeed(PartitionTask<Object, Object> task, int input, List<PairBuffer.Segment> segments) {
        this.task = task;
        this.input = input;
        this.segments = segments;
        for (PairBuffer.Segment segment : segments) {
            sources.computeIfAbsent(
                    segment.buffer(),
                    buffer -> new Source(Objects.requireNonNull(
                            buffer.repeated(), "all rows of an input must repeat keys or none")));
        }
    }

    void feed() throws Exception {
        if (task.prefersEqual() && allEqual()) {
            feedByKey();
        } else {
            feedInOrder();
        }
    }

    private boolean allEqual() {
        @Nullable RepeatedRows first = null;
        for (Source source : sources.values()) {
            if (first == null) {
                first = source.rows;
            }
            if (!source.rows.sameValues(first)) {
                return false;
            }
        }
        return first != null;
    }

    private void feedInOrder() throws Exception {
        for (PairBuffer.Segment segment : segments) {
            RepeatedRun run = source(segment).run;
            for (int next = segment.from(); next < segment.to(); ) {
                next = run.read(next, segment.to());
                task.addAll(input, run);
            }
        }
    }

    /** Keys come in the order in which they arrived first. */
    @SuppressWarnings("NullAway") // keys and values may be null if the user's are
    private void feedByKey() throws Exception {
        List<Source> order = new ArrayList<>();
        List<int[]> arrivals = new ArrayList<>();
        for (PairBuffer.Segment segment : segments) {
            Source source = source(segment);
            order.add(source);
            arrivals.add(source.rows.count(segment.from(), segment.to(), source.counts));
        }
        for (int i = 0; i < order.size(); i++) {
            Source source = order.get(i);
            RepeatedRows rows = source.rows;
            for (int number : arrivals.get(i)) {
                int taken =
                        task.addEqual(input, rows.key(number), rows.hash(number), rows.value(0), source.counts[number]);
                source.counts[number] -= taken;
                if (task.isUnsettled()) {
                    feedRest(rows.key(number));
                    return;
                }
            }
        }
    }

    /** All rows in order of arrival, but as many of each key as were taken ahead; the last one of this key is unsettled. */
    private void feedRest(@Nullable Object unsettledKey) throws Exception {
        KeyNumbers keys = new KeyNumbers();
        int last = keys.of(unsettledKey);
        int[] ahead = new int[1];
        for (Source source : sources.values()) {
            int[] all = new int[source.counts.length];
            source.rows.count(0, source.rows.size(), all);
            for (int number = 0; number < all.length; number++) {
                int key = keys.of(source.rows.key(number));
                if (key >= ahead.length) {
                    ahead = Arrays.copyOf(ahead, 2 * key);
                }
                ahead[key] += all[number] - source.counts[number];
                source.counts[number] = key;
            }
        }
        for (PairBuffer.Segment segment : segments) {
            Source source = source(segment);
            for (int next = segment.from(); next < segment.to(); ) {
                next = source.run.read(next, segment.to());
                feedRest(source, ahead, last);
            }
        }
    }

    /** What a run has read, with the number of each key among all keys in place of its count. */
    private void feedRest(Source source, int[] ahead, int last) throws Exception {
        int[] numbers = source.run.numbers();
        int size = source.run.size();
        int left = 0;
        for (int i = 0; i < size; i++) {
            int key = source.counts[numbers[i]];
            if (ahead[key] == 0) {
                numbers[left++] = numbers[i];
            } else if (--ahead[key] == 0 && key == last) {
                source.run.keep(left);
                task.addAll(input, source.run);
                left = 0;
                task.settle();
            }
        }
        source.run.keep(left);
        task.addAll(input, source.run);
    }

    private Source source(PairBuffer.Segment segment) {
        return Objects.requireNonNull(sources.get(segment.buffer()));
    }
}
