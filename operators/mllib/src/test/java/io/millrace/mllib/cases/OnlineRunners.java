// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.online.DecayUnit;
import io.millrace.mllib.online.LabeledPoint;
import io.millrace.mllib.online.OnlineLinearModel;
import io.millrace.mllib.online.SgdSettings;
import io.millrace.mllib.online.StreamingKMeans;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.mllib.online.StreamingLinearRegressionWithSGD;
import io.millrace.mllib.online.StreamingLogisticRegressionWithSGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Feeds the online learners the batches of their cases. */
final class OnlineRunners {

    private OnlineRunners() {}

    static List<Map<String, Object>> kMeans(Map<?, ?> description, List<Map<?, ?>> batches, List<Map<?, ?>> expected) {
        int k = ((Number) description.get("k")).intValue();
        DecayUnit unit = DecayUnit.of((String) description.get("timeUnit"));
        StreamingKMeans learner = description.get("halfLife") == null
                ? new StreamingKMeans(k, CaseValues.number(description.get("decayFactor")), unit)
                : new StreamingKMeans(k).withHalfLife(CaseValues.number(description.get("halfLife")), unit);
        StreamingKMeansModel model = learner.initialModel(
                vectors(description.get("initialCenters")), doubles(description.get("initialWeights")));
        List<Map<String, Object>> states = new ArrayList<>();
        for (Map<?, ?> batch : batches) {
            model = learner.update(model, vectors(batch.get("points")));
            Map<String, Object> state = new HashMap<>();
            state.put("batch", batch.get("batch"));
            state.put(
                    "centers",
                    model.clusterCenters().stream()
                            .map(center -> list(center.toArray()))
                            .toList());
            state.put("weights", list(model.clusterWeights()));
            states.add(state);
        }
        return states;
    }

    static List<Map<String, Object>> linear(Map<?, ?> description, List<Map<?, ?>> batches, List<Map<?, ?>> expected) {
        StreamingLinearRegressionWithSGD learner = new StreamingLinearRegressionWithSGD(settings(description));
        return learn(learner.initialModel(initialWeights(description)), learner::update, batches, expected);
    }

    static List<Map<String, Object>> logistic(
            Map<?, ?> description, List<Map<?, ?>> batches, List<Map<?, ?>> expected) {
        StreamingLogisticRegressionWithSGD learner = new StreamingLogisticRegressionWithSGD(settings(description));
        return learn(learner.initialModel(initialWeights(description)), learner::update, batches, expected);
    }

    private static <M extends OnlineLinearModel> List<Map<String, Object>> learn(
            M initial, BiFunction<M, List<LabeledPoint>, M> update, List<Map<?, ?>> batches, List<Map<?, ?>> expected) {
        M model = initial;
        List<Map<String, Object>> states = new ArrayList<>();
        for (int i = 0; i < batches.size(); i++) {
            List<LabeledPoint> points = new ArrayList<>();
            for (Object point : (List<?>) batches.get(i).get("points")) {
                Map<?, ?> json = (Map<?, ?>) point;
                points.add(new LabeledPoint(CaseValues.number(json.get("label")), vector(json.get("features"))));
            }
            model = update.apply(model, points);
            List<Object> probes = new ArrayList<>();
            for (Object probe : (List<?>) expected.get(i).get("probe")) {
                Object features = ((Map<?, ?>) probe).get("features");
                probes.add(Map.of("features", features, "prediction", model.predict(vector(features))));
            }
            Map<String, Object> state = new HashMap<>();
            state.put("batch", batches.get(i).get("batch"));
            state.put("weights", list(model.weights().toArray()));
            state.put("intercept", model.intercept());
            state.put("probe", probes);
            states.add(state);
        }
        return states;
    }

    private static SgdSettings settings(Map<?, ?> description) {
        return new SgdSettings(
                CaseValues.number(description.get("stepSize")),
                ((Number) description.get("numIterations")).intValue(),
                CaseValues.number(description.get("regParam")),
                CaseValues.number(description.get("miniBatchFraction")),
                CaseValues.number(description.get("convergenceTol")));
    }

    private static Vector initialWeights(Map<?, ?> description) {
        return vector(description.get("initialWeights"));
    }

    private static List<Vector> vectors(Object json) {
        List<Vector> vectors = new ArrayList<>();
        for (Object element : (List<?>) json) {
            vectors.add(vector(element));
        }
        return vectors;
    }

    private static Vector vector(Object json) {
        return Vectors.dense(doubles(json));
    }

    private static double[] doubles(Object json) {
        return ((List<?>) json).stream().mapToDouble(CaseValues::number).toArray();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
