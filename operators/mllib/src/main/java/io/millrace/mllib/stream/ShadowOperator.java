// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.Current;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Version;
import io.millrace.operator.Versioned;
import java.util.List;
import java.util.Optional;

/** Has a candidate score each record besides the model in service; emits nothing while there is none. */
record ShadowOperator<M, T>(
        Versioned<M> served, Versioned<Optional<M>> candidate, ModelPrediction<? super M, ? super T> prediction)
        implements RecordOperator<T, Pair<List<String>, List<Object>>> {

    @Override
    public String kind() {
        return "shadow";
    }

    @Override
    public Step<T> open(StepContext context, Step<Pair<List<String>, List<Object>>> out) {
        return context.fresh(ShadowStep.class, context.current(served), context.current(candidate), prediction, out);
    }

    static final class ShadowStep<M, T> implements Step<T> {
        private final Current<M> served;
        private final Current<Optional<M>> candidate;
        private final ModelPrediction<M, T> prediction;
        private final Step<Pair<List<String>, List<Object>>> out;

        ShadowStep(
                Current<M> served,
                Current<Optional<M>> candidate,
                ModelPrediction<M, T> prediction,
                Step<Pair<List<String>, List<Object>>> out) {
            this.served = served;
            this.candidate = candidate;
            this.prediction = prediction;
            this.out = out;
        }

        @Override
        public void push(T record) throws Exception {
            if (candidate.value().isPresent()) {
                compare(record, served.version(), candidate.version());
            }
        }

        private void compare(T record, Version<M> inService, Version<Optional<M>> shadow) throws Exception {
            double was = Double.NaN;
            double would = Double.NaN;
            boolean servedFailed = false;
            boolean candidateFailed = false;
            try {
                was = prediction.predict(inService.value(), record);
            } catch (Exception e) {
                servedFailed = true;
            }
            try {
                would = prediction.predict(shadow.value().orElseThrow(), record);
            } catch (Exception e) {
                candidateFailed = true;
            }
            out.push(Pair.of(
                    List.of(inService.label(), shadow.label()),
                    ShadowTally.of(new ShadowComparison(record, was, servedFailed, would, candidateFailed))
                            .toList()));
        }
    }
}
