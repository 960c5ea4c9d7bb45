// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.RestoredState;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Learns from every batch, empty ones too, in order of arrival, and emits the model as numbers. The model is a state of the engine: it is
 * kept by several executors, and a batch that is attempted again, or fails, leaves no trace in it.
 */
record TrainOperator<P, M>(
        String kind, OnlineAlgorithm<P, M, ?> algorithm, M initial, Consumer<List<List<Double>>> onRestored)
        implements PartitionOperator<P, Object, byte[], List<List<Double>>>, RestoredState {

    @Override
    @SuppressWarnings("unchecked")
    public void restored(Object key, Object value) {
        onRestored.accept((List<List<Double>>) value);
    }

    @Override
    public Exchange exchange() {
        return Exchange.TO_ONE;
    }

    @Override
    public byte[] value(P record) {
        return algorithm.bytes().apply(record);
    }

    @Override
    public boolean stateful() {
        return true;
    }

    @Override
    public boolean worksOnNothing() {
        return true;
    }

    @Override
    public PartitionTask<Object, byte[]> open(PartitionContext context, Step<List<List<Double>>> out) {
        return new Training<>(algorithm, initial, context, out);
    }

    private static final class Training<P, M> implements PartitionTask<Object, byte[]> {
        private static final String KEY = "model";
        private static final int HASH = StableHash.of(KEY);

        private final OnlineAlgorithm<P, M, ?> algorithm;
        private final M initial;
        private final PartitionContext context;
        private final Step<List<List<Double>>> out;
        private final List<P> examples = new ArrayList<>();

        Training(
                OnlineAlgorithm<P, M, ?> algorithm, M initial, PartitionContext context, Step<List<List<Double>>> out) {
            this.algorithm = algorithm;
            this.initial = initial;
            this.context = context;
            this.out = out;
        }

        @Override
        public void begin() {
            examples.clear();
        }

        @Override
        public void add(int input, Object key, int hash, Object value) {
            examples.add(algorithm.example().apply((byte[]) value));
        }

        @Override
        public void finish() throws Exception {
            State<String, List<List<Double>>> state = context.state();
            int entry = state.find(KEY, HASH);
            M before = entry < 0 ? initial : algorithm.model().apply(state.value(entry));
            List<P> batch = List.copyOf(examples);
            examples.clear();
            List<List<Double>> learned;
            try {
                learned = algorithm.numbers().apply(algorithm.update().apply(before, batch));
            } catch (Throwable e) {
                context.guard().failed(batch, e);
                return;
            }
            if (entry < 0) {
                state.insert(KEY, HASH, learned);
            } else if (!learned.equals(state.value(entry))) {
                state.set(entry, learned);
            }
            out.push(learned);
        }
    }
}
