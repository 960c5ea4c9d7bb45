// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.function.MapFunction;
import io.millrace.function.MapWithFunction;
import io.millrace.mllib.model.ClassificationModel;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.operator.Pair;
import io.millrace.operator.Versioned;
import io.millrace.operator.record.MapOperator;
import io.millrace.operator.record.MapWithOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Scores the records of streams with one model: always the same, or the version that each batch has.
 *
 * <pre>{@code
 * PairDStream<Reading, Double> scored = ModelScoring.of(model).score(readings, Reading::features);
 * }</pre>
 *
 * <p>A record of which the features cannot be made, or that the model refuses, goes by the error policy of the stream that comes out.
 *
 * @param <M> the model
 */
public final class ModelScoring<M extends PredictionModel> {

    private final @Nullable M fixed;
    private final @Nullable Versioned<M> versioned;

    private ModelScoring(@Nullable M fixed, @Nullable Versioned<M> versioned) {
        this.fixed = fixed;
        this.versioned = versioned;
    }

    /** Scores with this model as long as the job runs. */
    public static <M extends PredictionModel> ModelScoring<M> of(M model) {
        return new ModelScoring<>(model, null);
    }

    /** Scores every batch with the version of the model that the batch has. */
    public static <M extends PredictionModel> ModelScoring<M> of(Versioned<M> model) {
        return new ModelScoring<>(null, model);
    }

    /** Scores every batch with the model that is in service when it begins. */
    public static <M extends PredictionModel> ModelScoring<M> of(ServedModel<M> model) {
        return of(model.model());
    }

    /** Each record with its prediction. */
    public <T> PairDStream<T, Double> score(DStream<T> stream, MapFunction<? super T, ? extends Vector> features) {
        return new PairDStream<>(
                apply(stream, (model, record) -> Pair.of(record, model.predict(features.apply(record)))));
    }

    /** Each key with the prediction for its vector, as Spark's {@code predictOnValues}. */
    public <K> PairDStream<K, Double> scoreValues(PairDStream<K, ? extends Vector> stream) {
        return new PairDStream<>(valuesScored(stream));
    }

    private <K, V extends Vector> DStream<Pair<K, Double>> valuesScored(PairDStream<K, V> stream) {
        return apply(stream, (model, pair) -> Pair.of(pair.key(), model.predict(pair.value())));
    }

    /** Each record with all that the model says of it: raw prediction and probability too, where it has them. */
    public <T> DStream<Scored<T>> scoreFully(DStream<T> stream, MapFunction<? super T, ? extends Vector> features) {
        return apply(stream, (model, record) -> scored(model, record, features.apply(record)));
    }

    /**
     * Each record with its prediction, in blocks: the records of a partition come together first, and a model that scores many vectors
     * faster than one by one, as forests do, gets up to 1024 at once. The predictions are the same.
     */
    public <T> PairDStream<T, Double> scoreInBlocks(
            DStream<T> stream, MapFunction<? super T, ? extends Vector> features) {
        return new PairDStream<>(stream.apply(new BlockScoringOperator<M, T>(fixed, versioned, features)));
    }

    private <T, R> DStream<R> apply(DStream<T> stream, MapWithFunction<M, T, R> function) {
        if (versioned != null) {
            return stream.apply(new MapWithOperator<M, T, R>("score", versioned, function));
        }
        M model = Objects.requireNonNull(fixed);
        return stream.apply(new MapOperator<T, R>("score", record -> function.apply(model, record)));
    }

    private static <T> Scored<T> scored(PredictionModel model, T record, Vector features) {
        Optional<DenseVector> raw = model instanceof ClassificationModel classifier
                ? Optional.of(classifier.predictRaw(features))
                : Optional.empty();
        Optional<DenseVector> probability = model instanceof ProbabilisticClassificationModel classifier
                ? Optional.of(classifier.predictProbability(features))
                : Optional.empty();
        return new Scored<>(record, model.predict(features), raw, probability);
    }
}
