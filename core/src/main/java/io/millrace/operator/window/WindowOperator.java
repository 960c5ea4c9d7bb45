// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of the last batches together: at T those of the parent's batches in (T - length, T], as in Spark.
 *
 * @param length how long the window is, in batch intervals of the parent
 * @param slide how many of them lie between two windows
 * @param <T> records
 */
public record WindowOperator<T>(int length, int slide) implements PartitionOperator<T, Object, T, T> {

    @Override
    public String kind() {
        return "window";
    }

    @Override
    public Exchange exchange() {
        return Exchange.IN_PLACE;
    }

    @Override
    public boolean stateful() {
        return true;
    }

    /** Its length and its slide are times. */
    @Override
    public boolean needsFixedInterval() {
        return true;
    }

    @Override
    public int reach() {
        return length;
    }

    @Override
    public PartitionTask<Object, T> open(PartitionContext context, Step<T> out) {
        return new WindowTask<>(length, slide, context, out);
    }

    /**
     * Keeps the records of each batch as one entry of state, by batch time, until no window reaches back to it. So a batch costs what
     * it brings, and what it emits.
     */
    private static final class WindowTask<T> implements PartitionTask<Object, T> {
        private final int length;
        private final int slide;
        private final PartitionContext context;
        private final Step<T> out;
        private final State<Long, List<T>> panes;
        private List<T> arrived = new ArrayList<>();

        WindowTask(int length, int slide, PartitionContext context, Step<T> out) {
            this.length = length;
            this.slide = slide;
            this.context = context;
            this.out = out;
            this.panes = context.state();
        }

        @Override
        public void begin() {
            arrived = new ArrayList<>();
        }

        @Override
        @SuppressWarnings("unchecked")
        public void add(int input, Object key, int hash, Object value) {
            arrived.add((T) value);
        }

        @Override
        public void finish() throws Exception {
            long now = context.batchTime().millis();
            for (int entry = panes.nextDue(now); entry >= 0; entry = panes.nextDue(now)) {
                panes.remove(entry);
            }
            SliceTimes times = SliceTimes.of(context, length, slide, 1);
            List<T> newest = arrived;
            arrived = new ArrayList<>();
            if (!newest.isEmpty() && times.isSeen(now)) {
                int entry = panes.insert(now, StableHash.of(now), newest);
                panes.setTimer(entry, times.leave(now));
            }
            if (context.emits()) {
                emit();
            }
        }

        private void emit() throws Exception {
            List<Long> times = new ArrayList<>();
            for (int entry = 0; entry < panes.bound(); entry++) {
                if (panes.isLive(entry)) {
                    times.add(panes.key(entry));
                }
            }
            times.sort(null);
            for (Long time : times) {
                for (T record : panes.value(panes.find(time, StableHash.of(time)))) {
                    out.push(record);
                }
            }
        }
    }
}
