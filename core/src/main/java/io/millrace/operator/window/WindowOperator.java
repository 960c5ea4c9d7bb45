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
    public PartitionTask<Object, T> open(PartitionContext context, Step<T> out) {
        return new WindowTask<>(length, context, out);
    }

    /** Keeps the records of each batch as one entry of state, by batch time. */
    private static final class WindowTask<T> implements PartitionTask<Object, T> {
        private final int length;
        private final PartitionContext context;
        private final Step<T> out;
        private final State<Long, List<T>> panes;
        private List<T> arrived = new ArrayList<>();

        WindowTask(int length, PartitionContext context, Step<T> out) {
            this.length = length;
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
            long oldest = now - length * context.parentSlideMillis();
            List<Long> times = new ArrayList<>();
            for (int entry = 0; entry < panes.bound(); entry++) {
                if (panes.isLive(entry)) {
                    if (panes.key(entry) <= oldest) {
                        panes.remove(entry);
                    } else {
                        times.add(panes.key(entry));
                    }
                }
            }
            List<T> newest = arrived;
            arrived = new ArrayList<>();
            if (!newest.isEmpty()) {
                panes.insert(now, StableHash.of(now), newest);
                times.add(now);
            }
            if (context.emits()) {
                times.sort(null);
                for (Long time : times) {
                    for (T record : panes.value(panes.find(time, StableHash.of(time)))) {
                        out.push(record);
                    }
                }
            }
        }
    }
}
