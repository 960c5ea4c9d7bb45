// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.BatchFunction;
import io.millrace.function.FilterFunction;
import io.millrace.function.FlatMapFunction;
import io.millrace.function.MapFunction;
import io.millrace.function.MapPartitionsFunction;
import io.millrace.function.MapWithFunction;
import io.millrace.function.ReduceFunction;
import io.millrace.function.TransformFunction;
import io.millrace.function.TransformWithFunction;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Versioned;
import io.millrace.operator.key.CountByValueOperator;
import io.millrace.operator.key.CountOperator;
import io.millrace.operator.key.ReduceOperator;
import io.millrace.operator.output.ForEachBatchOperator;
import io.millrace.operator.output.PrintFormat;
import io.millrace.operator.output.PrintOperator;
import io.millrace.operator.output.SaveAsTextFilesOperator;
import io.millrace.operator.record.FilterOperator;
import io.millrace.operator.record.FlatMapOperator;
import io.millrace.operator.record.FlatMapWithOperator;
import io.millrace.operator.record.MapOperator;
import io.millrace.operator.record.MapPartitionsOperator;
import io.millrace.operator.record.MapPartitionsWithOperator;
import io.millrace.operator.record.MapWithOperator;
import io.millrace.operator.record.RepartitionOperator;
import io.millrace.operator.record.TransformOperator;
import io.millrace.operator.record.UnionOperator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of records that comes in batches; a description, on which nothing runs.
 *
 * <p>Names and meanings are those of Spark's {@code JavaDStream}. There is one door for every operator,
 * {@link #apply(RecordOperator)} and its overloads; the named methods are shortcuts through it. Used by one thread, before
 * the context is started.
 *
 * @param <T> the records
 */
public class DStream<T> extends WindowOperations<T> {

    private final StreamGraph graph;
    private final int node;
    private final Duration slide;

    /**
     * The records that come out of a node.
     *
     * @param graph the graph
     * @param node the node
     * @param slide how often a batch comes
     */
    public DStream(StreamGraph graph, int node, Duration slide) {
        this.graph = graph;
        this.node = node;
        this.slide = slide;
    }

    // ---- one door ----

    /** The stream that an operator makes of each record of this one. */
    public <O> DStream<O> apply(RecordOperator<T, O> operator) {
        return new DStream<>(graph, graph.add(operator, List.of(node)), slide);
    }

    /** The stream that an operator makes of the batches of this one. */
    @Override
    public <O> DStream<O> apply(PartitionOperator<T, ?, ?, O> operator) {
        return new DStream<>(graph, graph.add(operator, List.of(node)), slide.multipliedBy(operator.slide()));
    }

    /**
     * The stream that an operator makes of the batches of this one, its input 0, and of others.
     *
     * @throws IllegalArgumentException if another stream has another slide or belongs to another context
     */
    public <O> DStream<O> applyWith(List<? extends DStream<?>> others, PartitionOperator<?, ?, ?, O> operator) {
        return new DStream<>(
                graph,
                graph.add(operator, parents("put together by " + operator.kind(), others)),
                slide.multipliedBy(operator.slide()));
    }

    /** Registers an output of this stream. Outputs of a batch run in the order in which they are registered. */
    public void output(OutputOperator<? super T> operator) {
        graph.add(operator, List.of(node));
    }

    // ---- about the operator just applied ----

    /**
     * Names the operator this stream comes from. The name stands in errors and in figures, and the operator's state is kept under
     * it, so that a changed program finds it again.
     *
     * @throws IllegalArgumentException if another operator has the name
     */
    public DStream<T> named(String name) {
        graph.rename(node, name);
        return this;
    }

    /** Says what the operator this stream comes from does with records on which its function throws. */
    public DStream<T> onError(ErrorPolicy policy) {
        graph.onError(node, policy);
        return this;
    }

    /** The records that any operator of the job has set aside by {@link ErrorPolicy#DEAD_LETTER}, batch by batch. */
    public DStream<DeadLetter> deadLetters() {
        return new DStream<>(graph, graph.deadLetters(), graph.interval());
    }

    // ---- record by record ----

    /** One record of each. */
    public <R> DStream<R> map(MapFunction<? super T, ? extends R> function) {
        return apply(new MapOperator<T, R>("map", function));
    }

    /** Any number of records of each. */
    public <R> DStream<R> flatMap(FlatMapFunction<? super T, ? extends R> function) {
        return apply(new FlatMapOperator<T, R>("flatMap", function));
    }

    /** The records a function wants. */
    public DStream<T> filter(FilterFunction<? super T> function) {
        return apply(new FilterOperator<>(function));
    }

    /** One pair of each record. */
    public <K, V> PairDStream<K, V> mapToPair(MapFunction<? super T, Pair<K, V>> function) {
        return new PairDStream<>(apply(new MapOperator<T, Pair<K, V>>("mapToPair", function)));
    }

    /** Any number of pairs of each record. */
    public <K, V> PairDStream<K, V> flatMapToPair(FlatMapFunction<? super T, Pair<K, V>> function) {
        return new PairDStream<>(apply(new FlatMapOperator<T, Pair<K, V>>("flatMapToPair", function)));
    }

    /**
     * All records of this stream and another.
     *
     * @throws IllegalArgumentException if the other has another slide or belongs to another context
     */
    public DStream<T> union(DStream<T> other) {
        return union(List.of(other));
    }

    /**
     * All records of this stream and of others.
     *
     * @throws IllegalArgumentException if one of them has another slide or belongs to another context
     */
    public DStream<T> union(List<? extends DStream<T>> others) {
        return new DStream<>(graph, graph.add(new UnionOperator<T>(), parents("united", others)), slide);
    }

    // ---- with a value that changes between batches ----

    /** One record of each, made with a value that changes between batches only; see {@link Versioned}. */
    public <V, R> DStream<R> mapWith(Versioned<V> value, MapWithFunction<? super V, ? super T, ? extends R> function) {
        return apply(new MapWithOperator<V, T, R>("mapWith", value, function));
    }

    /** One pair of each record, made with a value that changes between batches only; see {@link Versioned}. */
    public <V, K, W> PairDStream<K, W> mapToPairWith(
            Versioned<V> value, MapWithFunction<? super V, ? super T, Pair<K, W>> function) {
        return new PairDStream<>(apply(new MapWithOperator<V, T, Pair<K, W>>("mapToPairWith", value, function)));
    }

    /** Any number of records of each, made with a value that changes between batches only; see {@link Versioned}. */
    public <V, R> DStream<R> flatMapWith(
            Versioned<V> value, MapWithFunction<? super V, ? super T, ? extends Iterable<? extends R>> function) {
        return apply(new FlatMapWithOperator<V, T, R>("flatMapWith", value, function));
    }

    /**
     * Any number of records of each partition of a batch, made with a value that changes between batches only; see {@link Versioned},
     * and {@link #mapPartitions} for how many partitions there are.
     */
    public <V, R> DStream<R> mapPartitionsWith(
            Versioned<V> value, MapWithFunction<? super V, ? super List<T>, ? extends Iterable<? extends R>> function) {
        return apply(new MapPartitionsWithOperator<V, T, R>(value, function));
    }

    // ---- batch by batch ----

    /** How many records each batch has; 0 for an empty one. */
    public DStream<Long> count() {
        return apply(new CountOperator<T>());
    }

    /** One record of all of a batch; none of an empty batch. */
    public DStream<T> reduce(ReduceFunction<T> function) {
        return apply(new ReduceOperator<>(function));
    }

    /** How often each record occurs in each batch. */
    public PairDStream<T, Long> countByValue() {
        return new PairDStream<>(apply(new CountByValueOperator<T>()));
    }

    /**
     * The same. Keys lie in the partitions of the engine ({@code millrace.partitions}); the number, which Spark asks for, is only
     * checked.
     *
     * @param partitions a number >= 1
     */
    public PairDStream<T, Long> countByValue(int partitions) {
        checkPartitions(partitions);
        return countByValue();
    }

    // ---- partition by partition, and whole batches ----

    /**
     * Any number of records of each partition of a batch.
     *
     * <p>After {@link #repartition} there are as many partitions as it says; after an exchange by key as many as the engine has
     * ({@code millrace.partitions}); after {@code count}, {@code reduce} or {@code transform} one; and the function is called for
     * every one, for empty ones too. Before, it is called for those that hold records. A union has as many as the one of its streams
     * that has most. A function that throws has thrown on all records of the partition.
     */
    public <R> DStream<R> mapPartitions(MapPartitionsFunction<T, ? extends R> function) {
        return apply(new MapPartitionsOperator<T, R>("mapPartitions", function));
    }

    /** The same, of pairs. */
    public <K, V> PairDStream<K, V> mapPartitionsToPair(MapPartitionsFunction<T, Pair<K, V>> function) {
        return new PairDStream<>(apply(new MapPartitionsOperator<T, Pair<K, V>>("mapPartitionsToPair", function)));
    }

    /** Each partition of a batch as one list; see {@link #mapPartitions} for how many there are. */
    public DStream<List<T>> glom() {
        return apply(new MapPartitionsOperator<T, List<T>>("glom", List::of));
    }

    /**
     * The same records, dealt out to a number of partitions.
     *
     * @param partitions a number >= 1
     */
    public DStream<T> repartition(int partitions) {
        return apply(new RepartitionOperator<T>(partitions));
    }

    /**
     * Another batch for each, made of all its records at once by a function that is called once per batch, on one executor. If it
     * throws or returns null, what depends on this stream fails in that batch; other outputs and later batches go on. With another
     * error policy than to fail, the batch is set aside as if it were one record.
     */
    public <R> DStream<R> transform(TransformFunction<T, ? extends R> function) {
        return transformed("transform", function);
    }

    /** The same, of pairs. */
    public <K, V> PairDStream<K, V> transformToPair(TransformFunction<T, Pair<K, V>> function) {
        return new PairDStream<>(transformed("transformToPair", function));
    }

    /**
     * A batch for each pair of batches that this stream and another have at the same time; see {@link #transform}.
     *
     * @throws IllegalArgumentException if the other has another slide or belongs to another context
     */
    public <U, R> DStream<R> transformWith(DStream<U> other, TransformWithFunction<T, U, ? extends R> function) {
        return transformed("transformWith", other, function);
    }

    /** The same, of pairs. */
    public <U, K, V> PairDStream<K, V> transformWithToPair(
            DStream<U> other, TransformWithFunction<T, U, Pair<K, V>> function) {
        return new PairDStream<>(transformed("transformWithToPair", other, function));
    }

    // ---- what is kept ----

    /** {@link #persist(StorageLevel)} at Spark's level for streams, {@link StorageLevel#MEMORY_ONLY_SER}. */
    public DStream<T> persist() {
        return persist(StorageLevel.MEMORY_ONLY_SER);
    }

    /**
     * Says where the batches of this stream are kept for those who use them more than once. The engine computes every stream once per
     * batch in any case, so the level is checked and changes nothing; see {@link StorageLevel}.
     *
     * @throws IllegalArgumentException if the level says no place
     * @throws IllegalStateException if the context was started
     */
    public DStream<T> persist(StorageLevel level) {
        graph.persist(node, level);
        return this;
    }

    /** {@link #persist()}. */
    public DStream<T> cache() {
        return persist();
    }

    /**
     * Says how often this stream is saved. State is copied to {@code millrace.replication} executors with every batch, so there is
     * nothing to save in between; the interval is checked at the start, since a multiple of this stream's slide is asked for.
     *
     * @throws IllegalStateException if the context was started
     */
    public DStream<T> checkpoint(Duration interval) {
        graph.checkpoint(node, interval);
        return this;
    }

    /**
     * Keeps the batches of this stream for so long after their time, so that {@link #slice} can be asked for them. Every record of
     * them is brought to the driver and held in memory. {@code StreamingContext.remember} does it for all streams.
     *
     * @param kept how long, more than zero
     * @throws IllegalStateException if the context was started
     */
    public DStream<T> remember(Duration kept) {
        graph.remember(node, kept);
        return this;
    }

    /**
     * The batches from one time to another, the older ones first, both ends in. Ends between two batches are moved back to the one
     * before, as in Spark. What is not, or no longer, or not yet remembered is left out, and so is a batch in which this stream
     * failed. From any thread, after the start; in the function of an output the batch that is written is there already.
     *
     * @throws IllegalStateException if the context was not started, or neither it nor this stream was told to {@link #remember}
     */
    public List<Batch<T>> slice(Instant from, Instant to) {
        return graph.remembered(this).slice(from, to);
    }

    // ---- outputs ----

    /** Prints the first ten records of every batch to the standard output, in Spark's form. */
    public void print() {
        print(PrintFormat.SPARK);
    }

    /** Prints the first {@code limit} records of every batch to the standard output, in Spark's form. */
    public void print(int limit) {
        print(PrintFormat.SPARK.withLimit(limit));
    }

    /** Prints every batch to the standard output. */
    public void print(PrintFormat format) {
        output(new PrintOperator<>(format, System.out));
    }

    /** Writes every batch to the directory {@code prefix-TIME_IN_MS}; see {@link #saveAsTextFiles(String, String)}. */
    public void saveAsTextFiles(String prefix) {
        saveAsTextFiles(prefix, "");
    }

    /**
     * Writes every batch to the directory {@code prefix-TIME_IN_MS.suffix}: a line of UTF-8 for each record, and a file
     * {@code _SUCCESS} when all of them are there. A record that is null fails the batch.
     *
     * @param prefix what the path begins with, as {@code /data/counts}
     * @param suffix what it ends with; empty for nothing, not even a dot
     */
    public void saveAsTextFiles(String prefix, String suffix) {
        output(new SaveAsTextFilesOperator<>(prefix, suffix));
    }

    /** Hands every batch, empty ones too, to a function. */
    public void foreachBatch(BatchFunction<T> function) {
        output(new ForEachBatchOperator<>(function));
    }

    // ---- for the API itself ----

    /** How often this stream has a batch. */
    @Override
    public Duration slide() {
        return slide;
    }

    /** The node this stream comes from. */
    public int node() {
        return node;
    }

    /** The graph this stream belongs to. */
    public StreamGraph graph() {
        return graph;
    }

    @SuppressWarnings("unchecked") // the batches are those of the streams that are named
    private <R> DStream<R> transformed(String kind, TransformFunction<T, ? extends R> function) {
        return applyWith(
                List.of(),
                new TransformOperator<R>(kind, 1, (time, batches) -> function.apply(time, (List<T>) batches.get(0))));
    }

    @SuppressWarnings("unchecked") // the batches are those of the streams that are named
    private <U, R> DStream<R> transformed(
            String kind, DStream<U> other, TransformWithFunction<T, U, ? extends R> function) {
        return applyWith(
                List.of(other),
                new TransformOperator<R>(
                        kind,
                        2,
                        (time, batches) -> function.apply(time, (List<T>) batches.get(0), (List<U>) batches.get(1))));
    }

    /** This stream's node and those of others, after a look whether their batches belong together. */
    private List<Integer> parents(String done, List<? extends DStream<?>> others) {
        List<Integer> parents = new ArrayList<>(List.of(node));
        for (DStream<?> other : others) {
            if (other.graph != graph) {
                throw new IllegalArgumentException("Streams of different contexts cannot be " + done);
            }
            if (!other.slide.equals(slide)) {
                throw new IllegalArgumentException("Streams to be " + done + " must have the same slide, but have "
                        + slide.toMillis() + " ms and " + other.slide.toMillis() + " ms");
            }
            parents.add(other.node);
        }
        return parents;
    }

    static void checkPartitions(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("The number of partitions must be >= 1, but is " + partitions);
        }
    }
}
