// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.util.List;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Logistic regression of two classes that goes on learning, batch by batch: each batch makes some steps of gradient descent
 * from the weights of the last. As {@code StreamingLogisticRegressionWithSGD} of spark.mllib, without intercept, weights
 * pulled to 0 by {@code regParam}. Settings only, immutable; the state is the {@link OnlineClassificationModel} that goes in
 * and comes out.
 */
public record StreamingLogisticRegressionWithSGD(SgdSettings settings) {

    /** With Spark's defaults. */
    public StreamingLogisticRegressionWithSGD() {
        this(SgdSettings.defaults());
    }

    /** A model to begin with. */
    public OnlineClassificationModel initialModel(Vector weights) {
        return new OnlineClassificationModel(weights);
    }

    /**
     * What a batch makes of a model; a batch of nothing changes nothing.
     *
     * @throws IllegalArgumentException if a label is neither 0 nor 1, a point has another number of features than the model
     *     has weights, or the weights grew beyond all numbers; the model that went in is as good as before
     */
    public OnlineClassificationModel update(OnlineClassificationModel model, List<LabeledPoint> batch) {
        Batches.check(batch, model.numFeatures());
        for (LabeledPoint point : batch) {
            if (point.label() != 0.0 && point.label() != 1.0) {
                throw new IllegalArgumentException("Classification labels should be 0 or 1, found " + point.label());
            }
        }
        GradientDescent descent = new GradientDescent(
                settings,
                (point, weights) -> 1.0 / (1.0 + Math.exp(-1.0 * BLAS.dot(point.features(), weights))) - point.label(),
                true);
        return batch.isEmpty()
                ? model
                : new OnlineClassificationModel(Vectors.dense(descent.run(model.copyOfWeights(), batch)));
    }
}
