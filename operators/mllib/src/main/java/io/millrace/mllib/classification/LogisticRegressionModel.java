// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Softmax;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Logistic regression, binomial (one row of coefficients, a threshold) or multinomial (a row per class, softmax). As
 * Spark's {@code LogisticRegressionModel}.
 */
public final class LogisticRegressionModel extends ProbabilisticClassificationModel {

    /** Sparse coefficients are spread if there is one in so many places, */
    private static final int MOST_SPREAD = 128;
    /** and if there are no more places than these. */
    private static final int LARGEST_SPREAD = 1 << 22;

    static {
        QuietNetlib.apply();
    }

    private final Matrix coefficientMatrix;
    private final double[] intercepts;
    private final int numClasses;
    private final boolean multinomial;
    private final Vector coefficients;
    private final double threshold;
    /** Sparse coefficients by place, where that takes little room, or null. */
    private final double @Nullable [] spread;
    /** The margin at which the probability is the threshold. */
    private final double marginBound;

    public LogisticRegressionModel(
            Params params, Matrix coefficientMatrix, Vector interceptVector, int numClasses, boolean multinomial) {
        super(params);
        int rows = multinomial ? numClasses : 1;
        if (coefficientMatrix.numRows() != rows || interceptVector.size() != rows) {
            throw new IllegalArgumentException(coefficientMatrix.numRows() + " rows of coefficients and "
                    + interceptVector.size() + " intercepts for " + numClasses + " classes, "
                    + (multinomial ? "multinomial" : "binomial"));
        }
        if (numClasses < 1 || (!multinomial && numClasses > 2)) {
            throw new IllegalArgumentException(numClasses + " classes, " + (multinomial ? "multinomial" : "binomial"));
        }
        this.coefficientMatrix = coefficientMatrix;
        this.intercepts = interceptVector.toArray().clone();
        this.numClasses = numClasses;
        this.multinomial = multinomial;
        coefficients = multinomial ? Vectors.dense(new double[0]) : row(coefficientMatrix);
        threshold = multinomial ? Double.NaN : threshold(params, thresholds());
        spread = coefficients instanceof SparseVector sparse ? spread(sparse) : null;
        marginBound = threshold == 0.0
                ? Double.NEGATIVE_INFINITY
                : threshold == 1.0 ? Double.POSITIVE_INFINITY : Math.log(threshold / (1.0 - threshold));
    }

    static LogisticRegressionModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        Matrix matrix = data.matrix("coefficientMatrix");
        if (matrix.numCols() != data.getInt("numFeatures")) {
            throw data.failure("numFeatures", "is not the number of columns of the coefficients");
        }
        return new LogisticRegressionModel(
                saved.params(),
                matrix,
                data.vector("interceptVector"),
                data.getInt("numClasses"),
                data.getBoolean("isMultinomial"));
    }

    /** The only row; sparse if the matrix is. */
    private static Vector row(Matrix matrix) {
        return matrix instanceof SparseMatrix sparse && sparse.isTransposed()
                ? Vectors.sparse(matrix.numCols(), sparse.rowIndices(), sparse.values())
                : Vectors.dense(matrix.toArray());
    }

    private static double @Nullable [] spread(SparseVector sparse) {
        if (sparse.size() > (long) MOST_SPREAD * sparse.values().length || sparse.size() > LARGEST_SPREAD) {
            return null;
        }
        for (double value : sparse.values()) {
            if (value == 0.0) {
                return null; // it would be taken for none, but times infinity it is no number
            }
        }
        return sparse.toArray();
    }

    private static double threshold(Params params, double @Nullable [] thresholds) {
        if (thresholds == null) {
            return params.getDouble("threshold", 0.5);
        }
        if (thresholds.length != 2) {
            throw params.failure("thresholds", "has " + thresholds.length + " entries, must be 2");
        }
        return 1.0 / (1.0 + thresholds[0] / thresholds[1]);
    }

    @Override
    public int numFeatures() {
        return coefficientMatrix.numCols();
    }

    @Override
    public int numClasses() {
        return numClasses;
    }

    @Override
    public int rawSize() {
        return multinomial ? numClasses : 2;
    }

    public boolean isMultinomial() {
        return multinomial;
    }

    public Matrix coefficientMatrix() {
        return coefficientMatrix;
    }

    public Vector interceptVector() {
        return Vectors.dense(intercepts.clone());
    }

    /** The threshold of the probability of class 1; NaN for a multinomial model, which has one per class or none. */
    public double threshold() {
        return threshold;
    }

    private double margin(Vector features) {
        double[] byPlace = spread;
        return (byPlace != null && features instanceof SparseVector sparse && sparse.size() == byPlace.length
                        ? dot(sparse, byPlace)
                        : BLAS.dot(features, coefficients))
                + intercepts[0];
    }

    /** As {@code BLAS.dot} of two sparse vectors, which goes through all entries of both. */
    private static double dot(SparseVector features, double[] byPlace) {
        int[] indices = features.indices();
        double[] values = features.values();
        double sum = 0.0;
        for (int i = 0; i < indices.length; i++) {
            double coefficient = byPlace[indices[i]];
            if (coefficient != 0.0) {
                sum += values[i] * coefficient;
            }
        }
        return sum;
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        if (multinomial) {
            System.arraycopy(intercepts, 0, raw, 0, raw.length);
            BLAS.gemv(1.0, coefficientMatrix, features, 1.0, asVector(raw));
        } else {
            double margin = margin(features);
            raw[0] = -margin;
            raw[1] = margin;
        }
    }

    /** The class. A binomial model compares the probability here, where {@code transform} compares margins; so does Spark. */
    @Override
    public double predict(Vector features) {
        if (multinomial) {
            return super.predict(features);
        }
        return 1.0 / (1.0 + Math.exp(-margin(features))) > threshold ? 1.0 : 0.0;
    }

    @Override
    protected void rawToProbability(double[] raw) {
        if (multinomial) {
            Softmax.inPlace(raw);
        } else {
            raw[0] = 1.0 / (1.0 + Math.exp(-raw[0]));
            raw[1] = 1.0 - raw[0];
        }
    }

    @Override
    protected double rawToPrediction(double[] raw) {
        if (multinomial) {
            return super.rawToPrediction(raw);
        }
        return raw[1] > marginBound ? 1.0 : 0.0;
    }

    @Override
    protected double probabilityToPrediction(double[] probability) {
        if (multinomial) {
            return super.probabilityToPrediction(probability);
        }
        return probability[1] > threshold ? 1.0 : 0.0;
    }
}
