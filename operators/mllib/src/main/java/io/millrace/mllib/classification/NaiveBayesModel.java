// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Softmax;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;

/**
 * Naive Bayes of one of four kinds ({@code modelType}): {@code multinomial} and {@code complement} for counts that are not
 * negative, {@code bernoulli} for 0 and 1, {@code gaussian} for any numbers. As Spark's {@code NaiveBayesModel}.
 */
public final class NaiveBayesModel extends ProbabilisticClassificationModel {

    private final Vector pi;
    private final Matrix theta;
    private final NaiveBayesScore score;

    /**
     * A model.
     *
     * @param pi the logarithms of the classes' priors
     * @param theta a row per class: the logarithms of the features' probabilities, or gaussian means
     * @param sigma a row per class of variances; empty unless the kind is gaussian
     */
    public NaiveBayesModel(Params params, Vector pi, Matrix theta, Matrix sigma) {
        super(params);
        if (pi.size() == 0 || theta.numRows() != pi.size()) {
            throw new IllegalArgumentException(theta.numRows() + " rows of theta for " + pi.size() + " classes");
        }
        this.pi = pi;
        this.theta = theta;
        String modelType = params.getString("modelType", "multinomial");
        score = switch (modelType) {
            case "multinomial" -> NaiveBayesScore.multinomial(pi, theta);
            case "complement" -> NaiveBayesScore.complement(theta);
            case "bernoulli" -> NaiveBayesScore.bernoulli(pi, theta);
            case "gaussian" -> NaiveBayesScore.gaussian(pi, theta, sigma);
            default ->
                throw params.failure(
                        "modelType", "is " + modelType + ", must be multinomial, complement, bernoulli or gaussian");
        };
    }

    static NaiveBayesModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        // before 3.0 there was no gaussian kind
        Matrix sigma = data.has("sigma") ? data.matrix("sigma") : Matrices.zeros(0, 0);
        return new NaiveBayesModel(saved.params(), data.vector("pi"), data.matrix("theta"), sigma);
    }

    @Override
    public int numFeatures() {
        return theta.numCols();
    }

    @Override
    public int numClasses() {
        return pi.size();
    }

    public Vector pi() {
        return pi;
    }

    public Matrix theta() {
        return theta;
    }

    @Override
    public String nullFeaturesMessage() {
        return score.nullFeaturesMessage();
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        score.fill(features, asVector(raw));
    }

    @Override
    protected void rawToProbability(double[] raw) {
        Softmax.inPlace(raw);
    }
}
