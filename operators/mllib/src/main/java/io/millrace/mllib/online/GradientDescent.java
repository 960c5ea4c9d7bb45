// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import io.millrace.mllib.model.QuietNetlib;
import java.util.List;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * The steps that a batch makes from weights. As Spark's {@code GradientDescent}, for a batch in one partition: with
 * several, Spark adds up by partitions (other last bits) and samples each by a seed of its own (another mini-batch).
 */
final class GradientDescent {

    static {
        QuietNetlib.apply();
    }

    /** Step i of every batch samples with this plus i. */
    private static final long SEED = 42;

    /** How much of its features a point adds to the gradient. */
    @FunctionalInterface
    interface Slope {
        double of(LabeledPoint point, DenseVector weights);
    }

    private final SgdSettings settings;
    private final Slope slope;
    private final boolean shrinking;

    /**
     * A descent.
     *
     * @param shrinking whether {@code regParam} pulls weights to 0
     */
    GradientDescent(SgdSettings settings, Slope slope, boolean shrinking) {
        this.settings = settings;
        this.slope = slope;
        this.shrinking = shrinking;
    }

    /** The weights after a batch; a new array. */
    double[] run(double[] initial, List<LabeledPoint> batch) {
        double[] weights = initial.clone();
        if (batch.isEmpty()) {
            return weights;
        }
        double[] before = new double[0];
        for (int i = 1; i <= settings.numIterations(); i++) {
            double[] gradient = new double[weights.length];
            long points = addUp(new BernoulliSample(settings.miniBatchFraction(), SEED + i), batch, weights, gradient);
            if (points > 0) {
                double[] last = before;
                step(weights, gradient, points, settings.stepSize() / Math.sqrt(i));
                before = weights.clone();
                // the first step that happens is compared with nothing, not with the initial weights
                if (last.length > 0 && converged(last, weights)) {
                    break;
                }
            }
        }
        return weights;
    }

    private long addUp(BernoulliSample sample, List<LabeledPoint> batch, double[] weights, double[] gradient) {
        DenseVector current = new DenseVector(weights);
        DenseVector sum = new DenseVector(gradient);
        long points = 0;
        for (LabeledPoint point : batch) {
            if (sample.next()) {
                BLAS.axpy(slope.of(point, current), point.features(), sum);
                points++;
            }
        }
        return points;
    }

    private void step(double[] weights, double[] gradient, long points, double size) {
        double kept = shrinking ? 1.0 - size * settings.regParam() : 1.0;
        for (int j = 0; j < weights.length; j++) {
            weights[j] = weights[j] * kept + -size * (gradient[j] / points);
        }
    }

    private boolean converged(double[] before, double[] now) {
        double difference = 0;
        double norm = 0;
        for (int j = 0; j < now.length; j++) {
            difference += (before[j] - now[j]) * (before[j] - now[j]);
            norm += now[j] * now[j];
        }
        return Math.sqrt(difference) < settings.convergenceTol() * Math.max(Math.sqrt(norm), 1.0);
    }
}
