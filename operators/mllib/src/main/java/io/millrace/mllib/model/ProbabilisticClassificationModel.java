// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** A classifier that also gives a probability per class, and can weigh them by thresholds. */
public abstract class ProbabilisticClassificationModel extends ClassificationModel {

    private final String probabilityCol;
    private final double @Nullable [] thresholds;

    protected ProbabilisticClassificationModel(Params params) {
        super(params);
        probabilityCol = params.getString("probabilityCol", "probability");
        thresholds = params.doubles("thresholds");
    }

    public final String probabilityCol() {
        return probabilityCol;
    }

    /** Whether there is a threshold per class. */
    protected final boolean hasThresholds() {
        return thresholds != null;
    }

    /** The thresholds, or null. Not copied. */
    protected final double @Nullable [] thresholds() {
        return thresholds;
    }

    /** Turns a raw prediction into probabilities, in place. */
    protected abstract void rawToProbability(double[] raw);

    /** The probabilities for one vector, as Spark's {@code model.predictProbability(features)}. */
    public final DenseVector predictProbability(Vector features) {
        double[] values = new double[rawSize()];
        predictRaw(features, values);
        rawToProbability(values);
        return new DenseVector(values);
    }

    @Override
    public double predict(Vector features) {
        double[] values = rawInScratch(features);
        if (thresholds == null) {
            return rawToPrediction(values);
        }
        rawToProbability(values);
        return probabilityToPrediction(values);
    }

    @Override
    protected double rawToPrediction(double[] raw) {
        if (thresholds == null) {
            return argmax(raw);
        }
        double[] probability = raw.clone();
        rawToProbability(probability);
        return probabilityToPrediction(probability);
    }

    /**
     * The class that follows from the probabilities: the first of the largest, each divided by its threshold. 0/0 never
     * wins; anything else over 0 always does.
     */
    protected double probabilityToPrediction(double[] probability) {
        if (thresholds == null) {
            return argmax(probability);
        }
        int best = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < probability.length; i++) {
            double scaled = probability[i] / thresholds[i];
            if (scaled > largest) {
                largest = scaled;
                best = i;
            }
        }
        return best;
    }

    /**
     * Refuses a model whose thresholds are not one per class. Spark loads it and refuses to score.
     *
     * @throws IllegalArgumentException as Spark throws it
     */
    public final void checkThresholds() {
        if (thresholds != null && thresholds.length != numClasses()) {
            throw new IllegalArgumentException(
                    "requirement failed: " + getClass().getSimpleName()
                            + ".transform() called with non-matching numClasses and thresholds.length. numClasses="
                            + numClasses() + ", but thresholds has length " + thresholds.length);
        }
    }

    @Override
    public void plan(RowPlan plan) {
        checkThresholds();
        int in = plan.vectorSlot(featuresCol());
        int raw = rawPredictionCol().isEmpty() ? -1 : plan.add(classesField(rawPredictionCol()));
        int probability = probabilityCol.isEmpty() ? -1 : plan.add(classesField(probabilityCol));
        int prediction = predictionCol().isEmpty() ? -1 : plan.add(predictionField());
        if (raw < 0 && probability < 0 && prediction < 0) {
            return;
        }
        plan.step(slots -> {
            Vector features = features(slots[in]);
            double[] rawValues = null;
            double[] probabilities = null;
            if (raw >= 0) {
                DenseVector values = predictRaw(features);
                slots[raw] = values;
                rawValues = values.values();
            }
            if (probability >= 0) {
                DenseVector values = predictProbability(features, rawValues);
                slots[probability] = values;
                probabilities = values.values();
            }
            if (prediction >= 0) {
                slots[prediction] = rawValues != null
                        ? rawToPrediction(rawValues)
                        : probabilities != null ? probabilityToPrediction(probabilities) : predict(features);
            }
            return true;
        });
    }

    private DenseVector predictProbability(Vector features, double @Nullable [] raw) {
        if (raw == null) {
            return predictProbability(features);
        }
        double[] values = raw.clone();
        rawToProbability(values);
        return new DenseVector(values);
    }
}
