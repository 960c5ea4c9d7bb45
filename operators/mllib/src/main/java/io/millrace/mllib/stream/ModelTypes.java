// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.StreamingContextBuilder;
import io.millrace.mllib.online.LabeledPoint;
import io.millrace.mllib.online.OnlineClassificationModel;
import io.millrace.mllib.online.OnlineRegressionModel;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.operator.WireForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * The types of this module that have a form in which they travel, and in which a checkpoint holds them: vectors, examples, what a model says
 * of a record, what online learners learn, reports of shadows. A job that keeps or sends such values is built with them:
 * {@code StreamingContext.builder("job").…}, {@code ModelTypes.register(builder)}. Rows of tables are not among them.
 */
public final class ModelTypes {

    private ModelTypes() {}

    /** Makes them known to a job; gives the builder back. */
    public static StreamingContextBuilder register(StreamingContextBuilder builder) {
        return builder.register("mllib.DenseVector", DenseVector.class, vector(DenseVector.class))
                .register("mllib.SparseVector", SparseVector.class, vector(SparseVector.class))
                .register(
                        "mllib.OnlineRegressionModel",
                        OnlineRegressionModel.class,
                        form(model -> ExampleBytes.of(model.weights()), bytes ->
                                new OnlineRegressionModel(ExampleBytes.vector(bytes))))
                .register(
                        "mllib.OnlineClassificationModel",
                        OnlineClassificationModel.class,
                        form(model -> ExampleBytes.of(model.weights()), bytes ->
                                new OnlineClassificationModel(ExampleBytes.vector(bytes))))
                .register(
                        "mllib.StreamingKMeansModel",
                        StreamingKMeansModel.class,
                        form(ModelTypes::bytes, ModelTypes::clusters))
                .register(LabeledPoint.class)
                .register(Scored.class)
                .register(ShadowReport.class)
                .register(ShadowReport.Example.class);
    }

    private static <V extends Vector> WireForm<V> vector(Class<V> type) {
        return form(ExampleBytes::of, bytes -> {
            Vector vector = ExampleBytes.vector(bytes);
            if (!type.isInstance(vector)) {
                throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + vector);
            }
            return type.cast(vector);
        });
    }

    /** How many clusters of how many dimensions, their weights, their centers. */
    private static byte[] bytes(StreamingKMeansModel model) {
        ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + Double.BYTES * model.k() * (1 + model.dimensions()));
        out.putInt(model.k()).putInt(model.dimensions());
        for (double weight : model.clusterWeights()) {
            out.putDouble(weight);
        }
        for (Vector center : model.clusterCenters()) {
            for (double entry : center.toArray()) {
                out.putDouble(entry);
            }
        }
        return out.array();
    }

    private static StreamingKMeansModel clusters(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int k = bytes.length < 2 * Integer.BYTES ? -1 : in.getInt();
        int dimensions = k < 0 ? -1 : in.getInt();
        if (k < 0 || dimensions < 0 || in.remaining() != (1L + dimensions) * k * Double.BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes are no clusters");
        }
        double[] weights = numbers(in, k);
        List<Vector> centers = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            centers.add(Vectors.dense(numbers(in, dimensions)));
        }
        return new StreamingKMeansModel(centers, weights);
    }

    private static double[] numbers(ByteBuffer in, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = in.getDouble();
        }
        return numbers;
    }

    private static <T> WireForm<T> form(Function<T, byte[]> toBytes, Function<byte[], T> fromBytes) {
        return new WireForm<>() {
            @Override
            public byte[] toBytes(T value) {
                return toBytes.apply(value);
            }

            @Override
            public T fromBytes(byte[] bytes) {
                return fromBytes.apply(bytes);
            }
        };
    }
}
