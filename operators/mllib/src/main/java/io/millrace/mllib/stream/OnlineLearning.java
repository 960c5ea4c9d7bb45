// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.StreamingContext;
import io.millrace.mllib.online.LabeledPoint;
import io.millrace.mllib.online.OnlineClassificationModel;
import io.millrace.mllib.online.OnlineRegressionModel;
import io.millrace.mllib.online.StreamingKMeans;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.mllib.online.StreamingLinearRegressionWithSGD;
import io.millrace.mllib.online.StreamingLogisticRegressionWithSGD;
import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.Versioned;
import io.millrace.operator.record.MapWithOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A model that goes on learning from a stream while it predicts, with the operators of Spark's {@code StreamingKMeans} and
 * {@code StreamingLinearAlgorithm}.
 *
 * <pre>{@code
 * var clusters = OnlineLearning.kMeans(context, "clusters", new StreamingKMeans(3), initial);
 * clusters.trainOn(points);
 * clusters.predictOn(points).print();
 * }</pre>
 *
 * <p><b>A batch is predicted by what was learnt from the batches before it</b>, whichever of {@code trainOn} and {@code predictOn} is
 * called first. In Spark that order decides. So a prediction never knows the examples of its own batch, and does not wait for them to be
 * learnt from. The {@code BatchInfo} of a batch names the model that it was predicted by: {@code initial}, or {@code after} and the batch that it
 * was learnt from last, or {@code restored} if that was in an earlier run of a job with a checkpoint.
 *
 * <p>The model is a state of the engine. It survives the death of executors and, with a checkpoint directory, that of the process. A batch
 * that is attempted again is learnt from once, and one that fails not at all. If an example cannot be learnt from, its whole batch is not
 * learnt from; the job goes on with the model before it.
 *
 * @param <P> examples to learn from
 * @param <M> models, immutable
 * @param <R> predictions
 */
public final class OnlineLearning<P, M, R> {

    private final String name;
    private final OnlineAlgorithm<P, M, R> algorithm;
    private final M initial;
    private final Versioned<M> model;
    private boolean trained;

    private OnlineLearning(StreamingContext context, String name, OnlineAlgorithm<P, M, R> algorithm, M initial) {
        this.name = name;
        this.algorithm = algorithm;
        this.initial = initial;
        this.model = context.versioned(name, initial, "initial");
    }

    /**
     * Clusters that move with the points.
     *
     * @param context the job, which has not started
     * @param name under which batches name the model that predicted them, and the training its operator; unique in the job
     */
    public static OnlineLearning<Vector, StreamingKMeansModel, Integer> kMeans(
            StreamingContext context, String name, StreamingKMeans settings, StreamingKMeansModel initial) {
        return new OnlineLearning<>(
                context,
                name,
                new OnlineAlgorithm<>(
                        settings::update,
                        OnlineLearning::numbers,
                        OnlineLearning::clusters,
                        StreamingKMeansModel::predict,
                        point -> point,
                        ExampleBytes::of,
                        ExampleBytes::vector),
                initial);
    }

    /** A linear regression that follows its examples; see {@link #kMeans} for the name. */
    public static OnlineLearning<LabeledPoint, OnlineRegressionModel, Double> linearRegression(
            StreamingContext context,
            String name,
            StreamingLinearRegressionWithSGD settings,
            OnlineRegressionModel initial) {
        return new OnlineLearning<>(
                context,
                name,
                new OnlineAlgorithm<>(
                        settings::update,
                        weights -> List.of(numbers(weights.weights().toArray())),
                        numbers -> new OnlineRegressionModel(vector(numbers.get(0))),
                        OnlineRegressionModel::predict,
                        LabeledPoint::features,
                        ExampleBytes::of,
                        ExampleBytes::point),
                initial);
    }

    /** A logistic regression of two classes that follows its examples; see {@link #kMeans} for the name. */
    public static OnlineLearning<LabeledPoint, OnlineClassificationModel, Double> logisticRegression(
            StreamingContext context,
            String name,
            StreamingLogisticRegressionWithSGD settings,
            OnlineClassificationModel initial) {
        return new OnlineLearning<>(
                context,
                name,
                new OnlineAlgorithm<>(
                        settings::update,
                        weights -> List.of(numbers(weights.weights().toArray())),
                        numbers -> new OnlineClassificationModel(vector(numbers.get(0))),
                        OnlineClassificationModel::predict,
                        LabeledPoint::features,
                        ExampleBytes::of,
                        ExampleBytes::point),
                initial);
    }

    // ---- operators ----

    /**
     * Learns from every batch of a stream, in order of arrival; from empty ones too, since weights may decay with time.
     *
     * @return the model after each batch
     * @throws IllegalStateException if it learns from a stream already; unite streams to learn from several
     */
    public DStream<M> trainOn(DStream<P> examples) {
        return trainOn(examples, ErrorPolicy.FAIL);
    }

    /**
     * The same, with what is done with a batch that cannot be learnt from.
     *
     * @param errors {@code FAIL}: it is reported; {@code SKIP}: it is counted as one skipped record; {@code DEAD_LETTER}: its examples are set
     *     aside as one list. The model stays as it was in any case
     */
    public DStream<M> trainOn(DStream<P> examples, ErrorPolicy errors) {
        if (trained) {
            throw new IllegalStateException(
                    name + " learns from a stream already; to learn from several, unite them: examples.union(others)");
        }
        trained = true;
        DStream<List<List<Double>>> learned = examples.apply(
                        new TrainOperator<>("train", algorithm, initial, numbers -> learned("restored", numbers)))
                .named(name)
                .onError(errors);
        learned.foreachBatch(this::learned);
        return learned.map(algorithm.model()::apply);
    }

    private void learned(BatchTime batch, List<List<List<Double>>> models) {
        models.forEach(numbers -> learned("after " + batch, numbers));
    }

    private void learned(String label, List<List<Double>> numbers) {
        if (!numbers.equals(algorithm.numbers().apply(model.latest().value()))) {
            var unused = model.set(algorithm.model().apply(numbers), label);
        }
    }

    /** The prediction for each vector. */
    public DStream<R> predictOn(DStream<? extends Vector> vectors) {
        return predictions(vectors);
    }

    private <V extends Vector> DStream<R> predictions(DStream<V> vectors) {
        BiFunction<M, Vector, R> predict = algorithm.predict();
        return vectors.apply(new MapWithOperator<M, V, R>("predict", model, predict::apply));
    }

    /** Each key with the prediction for its vector. */
    public <K> PairDStream<K, R> predictOnValues(PairDStream<K, ? extends Vector> vectors) {
        return new PairDStream<>(valuePredictions(vectors));
    }

    private <K, V extends Vector> DStream<Pair<K, R>> valuePredictions(PairDStream<K, V> vectors) {
        BiFunction<M, Vector, R> predict = algorithm.predict();
        return vectors.apply(new MapWithOperator<M, Pair<K, V>, Pair<K, R>>(
                "predictValues", model, (now, pair) -> Pair.of(pair.key(), predict.apply(now, pair.value()))));
    }

    /**
     * Each example with the prediction for it, by a model that has not seen it: tells how good the model is while it learns.
     */
    public PairDStream<P, R> predictOnExamples(DStream<P> examples) {
        return new PairDStream<>(examples.apply(new MapWithOperator<M, P, Pair<P, R>>(
                "predictExamples",
                model,
                (now, example) -> Pair.of(
                        example,
                        algorithm.predict().apply(now, algorithm.features().apply(example))))));
    }

    /** The model as learnt from all batches whose outputs are written. From any thread. */
    public M latestModel() {
        return model.latest().value();
    }

    /** The model as batches have it, for {@code DStream.mapWith}. */
    public Versioned<M> model() {
        return model;
    }

    // ---- models as numbers ----

    private static List<List<Double>> numbers(StreamingKMeansModel clusters) {
        List<List<Double>> all = new ArrayList<>();
        all.add(numbers(clusters.clusterWeights()));
        clusters.clusterCenters().forEach(center -> all.add(numbers(center.toArray())));
        return List.copyOf(all);
    }

    private static StreamingKMeansModel clusters(List<List<Double>> numbers) {
        List<Vector> centers = new ArrayList<>();
        numbers.subList(1, numbers.size()).forEach(center -> centers.add(vector(center)));
        return new StreamingKMeansModel(centers, vector(numbers.get(0)).toArray());
    }

    private static List<Double> numbers(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static Vector vector(List<Double> numbers) {
        return Vectors.dense(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
