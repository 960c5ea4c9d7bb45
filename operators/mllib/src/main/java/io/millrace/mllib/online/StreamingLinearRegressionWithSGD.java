// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.util.List;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Linear regression that goes on learning, batch by batch: each batch makes some steps of gradient descent from the
 * weights of the last. As {@code StreamingLinearRegressionWithSGD} of spark.mllib, without intercept; {@code regParam} has
 * no effect there nor here. Settings only, immutable; the state is the {@link OnlineRegressionModel} that goes in and comes
 * out.
 */
public record StreamingLinearRegressionWithSGD(SgdSettings settings) {

    /** With Spark's defaults. */
    public StreamingLinearRegressionWithSGD() {
        this(SgdSettings.defaults());
    }

    /** A model to begin with. */
    public OnlineRegressionModel initialModel(Vector weights) {
        return new OnlineRegressionModel(weights);
    }

    /**
     * What a batch makes of a model; a batch of nothing changes nothing.
     *
     * @throws IllegalArgumentException if a point has another number of features than the model has weights, or the weights
     *     grew beyond all numbers; the model that went in is as good as before
     */
    public OnlineRegressionModel update(OnlineRegressionModel model, List<LabeledPoint> batch) {
        Batches.check(batch, model.numFeatures());
        GradientDescent descent = new GradientDescent(
                settings, (point, weights) -> BLAS.dot(point.features(), weights) - point.label(), false);
        return batch.isEmpty()
                ? model
                : new OnlineRegressionModel(Vectors.dense(descent.run(model.copyOfWeights(), batch)));
    }
}
