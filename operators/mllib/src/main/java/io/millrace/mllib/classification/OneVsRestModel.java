// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.ClassificationModel;
import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Json;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * One classifier of two classes per class: each says how much a vector is of its class rather than of any other. The
 * raw prediction has what each says of its class 1; the prediction is the first of the largest, -1 if all are NaN or
 * minus infinity. Columns and thresholds of the classifiers inside do not count. As Spark's {@code OneVsRestModel}.
 */
public final class OneVsRestModel extends ClassificationModel {

    private final List<ClassificationModel> models;
    private final @Nullable Attribute label;
    /** What the classifiers say, one array each per thread. */
    private final ThreadLocal<double[][]> answers;

    /**
     * A model.
     *
     * @param label what is known of the label, and so of the prediction; null if nothing is
     * @param models one per class, with two classes each
     */
    public OneVsRestModel(Params params, @Nullable Attribute label, List<? extends ClassificationModel> models) {
        super(params);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no models, there must be one per class");
        }
        for (ClassificationModel model : models) {
            if (model.rawSize() < 2) {
                throw new IllegalArgumentException("model " + model.uid() + " has only one class");
            }
        }
        this.models = List.copyOf(models);
        this.label = label;
        answers = ThreadLocal.withInitial(() ->
                this.models.stream().map(model -> new double[model.rawSize()]).toArray(double[][]::new));
    }

    static OneVsRestModel load(SavedStage saved) {
        int count = saved.metadata().getInt("numClasses");
        if (count < 1) {
            throw saved.failure("numClasses is " + count + ", must be 1 or more");
        }
        List<ClassificationModel> models = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            models.add(saved.loadChild(saved.directory().child("model_" + i), ClassificationModel.class));
        }
        return new OneVsRestModel(saved.params(), label(saved), models);
    }

    private static @Nullable Attribute label(SavedStage saved) {
        try {
            if (saved.metadata().json().get("labelMetadata") instanceof String text) {
                Object attribute = Json.parseObject(
                                text, saved.directory().limits().depth())
                        .get("ml_attr");
                return attribute == null ? null : Attribute.fromJson((Map<?, ?>) attribute);
            }
        } catch (IOException | IllegalArgumentException | ArithmeticException | ClassCastException e) {
            throw saved.failure("labelMetadata is not that of a column: " + e.getMessage());
        }
        throw saved.failure("labelMetadata is missing");
    }

    @Override
    public int numFeatures() {
        return models.get(0).numFeatures();
    }

    @Override
    public int numClasses() {
        return models.size();
    }

    /** The classifiers, in the order of the classes. */
    public List<ClassificationModel> models() {
        return models;
    }

    @Override
    public String nullFeaturesMessage() {
        return models.get(0).nullFeaturesMessage();
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        double[][] said = answers.get();
        for (int i = 0; i < raw.length; i++) {
            models.get(i).fillRaw(features, said[i]);
            raw[i] = said[i][1];
        }
    }

    @Override
    protected double rawToPrediction(double[] raw) {
        int best = -1;
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] > largest) {
                largest = raw[i];
                best = i;
            }
        }
        return best;
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        int raw = rawPredictionCol().isEmpty() ? -1 : plan.add(classesField(rawPredictionCol()));
        int prediction = predictionCol().isEmpty()
                ? -1
                : plan.add(Field.of(predictionCol(), DataType.DOUBLE).withAttributes(label));
        if (raw < 0 && prediction < 0) {
            return;
        }
        for (ClassificationModel model : models) {
            if (model instanceof ProbabilisticClassificationModel probabilistic) {
                probabilistic.checkThresholds();
            }
        }
        plan.step(slots -> {
            DenseVector values = predictRaw(features(slots[in]));
            if (raw >= 0) {
                slots[raw] = values;
            }
            if (prediction >= 0) {
                slots[prediction] = rawToPrediction(values.values());
            }
            return true;
        });
    }
}
