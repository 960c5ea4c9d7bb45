// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.function.MapFunction;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.operator.Current;
import io.millrace.operator.Exchange;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.operator.Versioned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Scores the records of a partition in blocks. A block in which the model refuses a vector is scored one by one, so that each record goes by
 * the error policy for itself.
 */
record BlockScoringOperator<M extends PredictionModel, T>(
        @Nullable M fixed, @Nullable Versioned<M> versioned, MapFunction<? super T, ? extends Vector> features)
        implements PartitionOperator<T, Object, T, Pair<T, Double>> {

    private static final int BLOCK = 1024;

    @Override
    public String kind() {
        return "scoreInBlocks";
    }

    @Override
    public Exchange exchange() {
        return Exchange.IN_PLACE;
    }

    @Override
    public PartitionTask<Object, T> open(PartitionContext context, Step<Pair<T, Double>> out) {
        if (versioned != null) {
            Current<M> current = context.current(versioned);
            return new Blocks<>(current::value, features, context.guard(), out);
        }
        M model = Objects.requireNonNull(fixed);
        return new Blocks<>(() -> model, features, context.guard(), out);
    }

    private static final class Blocks<T> implements PartitionTask<Object, T> {
        private final Supplier<? extends PredictionModel> model;
        private final MapFunction<? super T, ? extends Vector> features;
        private final Guard guard;
        private final Step<Pair<T, Double>> out;
        private final List<T> records = new ArrayList<>();
        private final List<Vector> vectors = new ArrayList<>();

        Blocks(
                Supplier<? extends PredictionModel> model,
                MapFunction<? super T, ? extends Vector> features,
                Guard guard,
                Step<Pair<T, Double>> out) {
            this.model = model;
            this.features = features;
            this.guard = guard;
            this.out = out;
        }

        @Override
        public void begin() {
            records.clear();
            vectors.clear();
        }

        @Override
        @SuppressWarnings("unchecked")
        public void add(int input, Object key, int hash, Object value) throws Exception {
            T record = (T) value;
            Vector vector;
            try {
                vector = Objects.requireNonNull(features.apply(record), "the features of the record are null");
            } catch (Throwable e) {
                guard.failed(record, e);
                return;
            }
            records.add(record);
            vectors.add(vector);
            if (records.size() == BLOCK) {
                score();
            }
        }

        @Override
        public void finish() throws Exception {
            score();
        }

        private void score() throws Exception {
            PredictionModel now = model.get();
            Vector[] block = vectors.toArray(new Vector[0]);
            List<T> scored = List.copyOf(records);
            begin();
            double[] predictions = new double[block.length];
            boolean whole = predictAll(now, block, predictions);
            for (int i = 0; i < block.length; i++) {
                double prediction;
                try {
                    prediction = whole ? predictions[i] : now.predict(block[i]);
                } catch (Throwable e) {
                    guard.failed(scored.get(i), e);
                    continue;
                }
                out.push(Pair.of(scored.get(i), prediction));
            }
        }

        private static boolean predictAll(PredictionModel model, Vector[] block, double[] predictions) {
            try {
                model.predictAll(block, 0, predictions);
                return true;
            } catch (RuntimeException e) {
                Arrays.fill(predictions, 0);
                return false;
            }
        }
    }
}
