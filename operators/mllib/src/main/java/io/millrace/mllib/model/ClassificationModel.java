// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;

/** A model that tells the class of a vector, with a number per class: {@code rawPrediction}. */
public abstract class ClassificationModel extends PredictionModel {

    private final String rawPredictionCol;
    private final ThreadLocal<DenseVector> scratch =
            ThreadLocal.withInitial(() -> new DenseVector(new double[rawSize()]));

    protected ClassificationModel(Params params) {
        super(params);
        rawPredictionCol = params.getString("rawPredictionCol", "rawPrediction");
    }

    public final String rawPredictionCol() {
        return rawPredictionCol;
    }

    public abstract int numClasses();

    /** The length of raw predictions: the number of classes, but for a binomial regression of one class, which has two. */
    public int rawSize() {
        return numClasses();
    }

    /**
     * Fills {@code raw} with the raw prediction. All arithmetic of a family is here.
     *
     * @param raw an array of {@link #rawSize()} zeros
     */
    protected abstract void predictRaw(Vector features, double[] raw);

    /**
     * Fills an array of the caller's with the raw prediction.
     *
     * @param raw an array of {@link #rawSize()} numbers, whatever they are
     */
    public final void fillRaw(Vector features, double[] raw) {
        Arrays.fill(raw, 0.0);
        predictRaw(features, raw);
    }

    /** The raw prediction for one vector, as Spark's {@code model.predictRaw(features)}. */
    public final DenseVector predictRaw(Vector features) {
        double[] raw = new double[rawSize()];
        predictRaw(features, raw);
        return new DenseVector(raw);
    }

    /** The class that follows from the raw prediction: the first of the largest. The array must not be changed. */
    protected double rawToPrediction(double[] raw) {
        return argmax(raw);
    }

    /**
     * The raw prediction in an array of the calling thread's, for predictions that allocate nothing. It holds until this
     * model's next call on this thread.
     */
    protected final double[] rawInScratch(Vector features) {
        double[] raw = scratch.get().values();
        fillRaw(features, raw);
        return raw;
    }

    /** A raw prediction as a vector, for a product that fills it; the one of {@link #rawInScratch} is a vector already. */
    protected final DenseVector asVector(double[] raw) {
        DenseVector mine = scratch.get();
        return mine.values() == raw ? mine : new DenseVector(raw);
    }

    @Override
    public double predict(Vector features) {
        return rawToPrediction(rawInScratch(features));
    }

    @Override
    protected Attribute predictionAttribute() {
        return Attribute.nominal(numClasses());
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        int raw = rawPredictionCol.isEmpty() ? -1 : plan.add(classesField(rawPredictionCol));
        int prediction = predictionCol().isEmpty() ? -1 : plan.add(predictionField());
        if (raw < 0 && prediction < 0) {
            return;
        }
        plan.step(slots -> {
            Vector features = features(slots[in]);
            if (raw < 0) {
                slots[prediction] = predict(features);
                return true;
            }
            DenseVector values = predictRaw(features);
            slots[raw] = values;
            if (prediction >= 0) {
                slots[prediction] = rawToPrediction(values.values());
            }
            return true;
        });
    }

    /** A column of vectors with one number per class. */
    protected final Field classesField(String name) {
        return Field.of(name, DataType.VECTOR).withAttributes(AttributeGroup.ofSize(name, numClasses()));
    }

    /** The first place of the largest value; 0 if all are NaN. As {@code Vector.argmax} of mllib-local. */
    protected static int argmax(double[] values) {
        int best = 0;
        double largest = values.length == 0 ? 0 : values[0];
        for (int i = 1; i < values.length; i++) {
            if (values[i] > largest) {
                largest = values[i];
                best = i;
            }
        }
        return best;
    }
}
