// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.impl.Utils;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of Gaussian distributions: the probability of each, and the likeliest. As Spark's
 * {@code GaussianMixtureModel}: to each weighted density the machine's epsilon is added before they are divided by their
 * sum, so that a vector far from all gets equal probabilities.
 */
public final class GaussianMixtureModel extends ClusteringModel {

    static {
        QuietNetlib.apply();
    }

    private final String probabilityCol;
    private final double[] weights;
    private final MultivariateGaussian[] gaussians;

    public GaussianMixtureModel(
            Params params, double[] weights, List<? extends Vector> means, List<? extends Matrix> covariances) {
        super(params);
        probabilityCol = params.getString("probabilityCol", "probability");
        if (weights.length == 0 || weights.length != means.size() || weights.length != covariances.size()) {
            throw new IllegalArgumentException(
                    weights.length + " weights, " + means.size() + " means and " + covariances.size() + " covariances");
        }
        this.weights = weights.clone();
        gaussians = new MultivariateGaussian[weights.length];
        int size = means.get(0).size();
        for (int i = 0; i < gaussians.length; i++) {
            Vector mean = means.get(i);
            Matrix covariance = covariances.get(i);
            if (mean.size() != size || covariance.numRows() != size || covariance.numCols() != size) {
                throw new IllegalArgumentException("a mean of size " + mean.size() + " and a covariance of "
                        + covariance.numRows() + " x " + covariance.numCols() + ", the first mean has size " + size);
            }
            if (Double.isNaN(weights[i]) || holdsNaN(mean.toArray()) || holdsNaN(covariance.toArray())) {
                throw new IllegalArgumentException("distribution " + i + " holds NaN");
            }
            gaussians[i] = new MultivariateGaussian(mean, covariance);
            // the covariance is taken apart now: one that cannot be is found out here, not at the first row
            gaussians[i].pdf(Vectors.zeros(size));
        }
    }

    private static boolean holdsNaN(double[] values) {
        return Arrays.stream(values).anyMatch(Double::isNaN);
    }

    static GaussianMixtureModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new GaussianMixtureModel(
                saved.params(), data.doubles("weights"), data.vectors("mus"), data.matrices("sigmas"));
    }

    @Override
    public int k() {
        return weights.length;
    }

    @Override
    public int numFeatures() {
        return gaussians[0].mean().size();
    }

    /** The column of probabilities; "" if it is not written. */
    public String probabilityCol() {
        return probabilityCol;
    }

    /** The weight of each distribution. */
    public double[] weights() {
        return weights.clone();
    }

    /** The distributions. */
    public List<MultivariateGaussian> gaussians() {
        return List.of(gaussians);
    }

    @Override
    public int predict(Vector features) {
        return predictProbability(features).argmax();
    }

    /** The probability that the vector is of each distribution. */
    public DenseVector predictProbability(Vector features) {
        double[] probabilities = new double[weights.length];
        double sum = 0.0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Utils.EPSILON() + weights[i] * gaussians[i].pdf(features);
            sum += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return new DenseVector(probabilities);
    }

    @Override
    public void plan(RowPlan plan) {
        if (probabilityCol.isEmpty()) {
            super.plan(plan);
            return;
        }
        FeatureColumn features = FeatureColumn.of(plan, featuresCol());
        int probability = plan.add(Field.of(probabilityCol, DataType.VECTOR)
                .withAttributes(AttributeGroup.ofSize(probabilityCol, weights.length)));
        int prediction = predictionCol().isEmpty() ? -1 : plan.add(predictionField());
        plan.step(slots -> {
            DenseVector probabilities = predictProbability(present(features.get(slots)));
            slots[probability] = probabilities;
            if (prediction >= 0) {
                slots[prediction] = probabilities.argmax();
            }
            return true;
        });
    }

    @Override
    protected Vector present(@Nullable Vector features) {
        return NullVector.called(features, "size", "x");
    }
}
