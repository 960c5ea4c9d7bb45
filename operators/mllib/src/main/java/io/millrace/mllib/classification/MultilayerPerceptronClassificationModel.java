// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import java.util.Arrays;
import org.apache.spark.ml.linalg.BLAS$;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A feed-forward network: layers with a sigmoid, the last with softmax. Raw predictions are what goes into the softmax.
 * As Spark's {@code MultilayerPerceptronClassificationModel}.
 */
public final class MultilayerPerceptronClassificationModel extends ProbabilisticClassificationModel {

    static {
        QuietNetlib.apply();
    }

    private final int[] layers;
    private final double[] weights;
    /** The values of all layers but the last, one array each per thread; the first is for sparse features. */
    private final ThreadLocal<double[][]> inner;

    /**
     * A network.
     *
     * @param layers the sizes of the layers, from the features to the classes
     * @param weights per layer the matrix of weights, column by column, and then the biases
     */
    public MultilayerPerceptronClassificationModel(Params params, int[] layers, Vector weights) {
        super(params);
        if (layers.length < 2) {
            throw new IllegalArgumentException("layers " + Arrays.toString(layers) + ", at least 2");
        }
        long size = 0;
        for (int i = 0; i < layers.length; i++) {
            if (layers[i] <= 0) {
                throw new IllegalArgumentException("layers " + Arrays.toString(layers) + ", each must be above 0");
            }
            size += i == 0 ? 0 : (layers[i - 1] + 1L) * layers[i];
            if (size > weights.size()) {
                break;
            }
        }
        if (size != weights.size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weights, layers " + Arrays.toString(layers) + " have another number");
        }
        this.layers = layers.clone();
        this.weights = weights.toArray().clone();
        inner = ThreadLocal.withInitial(() -> Arrays.stream(this.layers, 0, this.layers.length - 1)
                .mapToObj(double[]::new)
                .toArray(double[][]::new));
    }

    static MultilayerPerceptronClassificationModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        int[] layers = saved.params().ints("layers");
        if (layers == null) {
            if (!data.has("layers")) {
                throw saved.params().failure("layers", "has no value");
            }
            // before 3.0
            layers = data.ints("layers");
        }
        return new MultilayerPerceptronClassificationModel(saved.params(), layers, data.vector("weights"));
    }

    @Override
    public int numFeatures() {
        return layers[0];
    }

    @Override
    public int numClasses() {
        return layers[layers.length - 1];
    }

    /** The sizes of the layers, from the features to the classes. */
    public int[] layers() {
        return layers.clone();
    }

    public Vector weights() {
        return Vectors.dense(weights.clone());
    }

    @Override
    public String nullFeaturesMessage() {
        return "Cannot invoke \"org.apache.spark.ml.linalg.Vector.size()\" because \"data\" is null";
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        if (features.size() != layers[0]) {
            throw ScoringException.requirement("A & B Dimension mismatch!");
        }
        double[][] between = inner.get();
        double[] input = spread(features, between[0]);
        int offset = 0;
        for (int layer = 1; layer < layers.length; layer++) {
            boolean last = layer == layers.length - 1;
            double[] output = last ? raw : between[layer];
            offset = affine(input, layers[layer - 1], output, layers[layer], offset);
            if (!last) {
                for (int i = 0; i < output.length; i++) {
                    output[i] = 1.0 / (1.0 + Math.exp(-output[i]));
                }
            }
            input = output;
        }
    }

    /** All entries of the features; those of a sparse vector in {@code array}. */
    private static double[] spread(Vector features, double[] array) {
        if (!(features instanceof SparseVector sparse)) {
            return features.toArray();
        }
        int[] indices = sparse.indices();
        double[] values = sparse.values();
        Arrays.fill(array, 0.0);
        for (int i = 0; i < indices.length; i++) {
            array[indices[i]] = values[i];
        }
        return array;
    }

    /** The product of one layer's weights and its input, on top of the biases; gives where the next layer's weights begin. */
    private int affine(double[] input, int in, double[] output, int out, int offset) {
        int biases = offset + in * out;
        System.arraycopy(weights, biases, output, 0, out);
        BLAS$.MODULE$
                .nativeBLAS()
                .dgemm("N", "N", out, 1, in, 1.0, weights, offset, out, input, 0, in, 1.0, output, 0, out);
        return biases + out;
    }

    /** The class of the largest probability. Thresholds do not count here, as in Spark. */
    @Override
    public double predict(Vector features) {
        double[] values = rawInScratch(features);
        rawToProbability(values);
        return argmax(values);
    }

    /** The softmax of Spark's networks, which divides where that of its other models multiplies. */
    @Override
    protected void rawToProbability(double[] raw) {
        double largest = -Double.MAX_VALUE;
        for (double value : raw) {
            if (value > largest) {
                largest = value;
            }
        }
        double sum = 0.0;
        for (int i = 0; i < raw.length; i++) {
            raw[i] = Math.exp(raw[i] - largest);
            sum += raw[i];
        }
        for (int i = 0; i < raw.length; i++) {
            raw[i] /= sum;
        }
    }
}
