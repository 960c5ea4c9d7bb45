// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.millrace.function.BatchFunction;
import io.millrace.function.TransformAllFunction;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.operator.SourceOperator;
import io.millrace.operator.Versioned;
import io.millrace.operator.output.ForEachBatchOperator;
import io.millrace.operator.record.TransformOperator;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.executor.VersionedValues;
import io.millrace.runtime.node.KeptRunFile;
import io.millrace.runtime.node.ResultSource;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.stream.Batch;
import io.millrace.stream.CallSite;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StreamGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A streaming job: made by a {@link #builder}, given streams and outputs, started once, stopped once.
 *
 * <p>Several may live in one JVM, in one actor system or in several. Streams are defined by one thread before {@link #start}; after
 * that every method may be called from any thread.
 */
public final class StreamingContext implements AutoCloseable {

    /** Where a context is in its life. */
    public enum State {
        /** Streams and outputs may be added. */
        INITIALIZED,
        /** Batches are processed. */
        ACTIVE,
        /** It is over; a stopped context does not start again. */
        STOPPED
    }

    private final StreamingContextBuilder options;
    private final StreamGraph graph;
    private final JobRun run = new JobRun();
    private final AttachedOutputs attached = new AttachedOutputs(run);
    private final VersionedValues values = new VersionedValues();
    private final List<StreamingListener> listeners;
    private final JobStart start;
    private State state = State.INITIALIZED;
    private @Nullable PhysicalPlan plan;

    StreamingContext(StreamingContextBuilder options) {
        this.options = options;
        this.listeners = new ArrayList<>(options.listeners);
        this.graph = new StreamGraph(options.interval);
        this.start = new JobStart(options, graph, values, run);
        run.onEnd(values::end);
    }

    /**
     * Begins the description of a job.
     *
     * @param name its name: letters, digits, {@code -} and {@code _}
     */
    public static StreamingContextBuilder builder(String name) {
        return new StreamingContextBuilder(name);
    }

    /**
     * Begins to make, in the background, the actor system that the next job without one will bring along. Called first in a program
     * it shortens the time to the first batch by what the program does meanwhile. A system that no job takes lives until the JVM ends,
     * without holding it back.
     */
    public static void prepare() {
        OwnSystem.prepare();
    }

    // ---- streams ----

    /** The records of a receiver, which runs on the executor that it {@linkplain Receiver#preferredExecutor prefers}. */
    public <T> DStream<T> receiverStream(Receiver<T> receiver) {
        return source(new SourceOperator<>(receiver, receiver.preferredExecutor()));
    }

    /**
     * The records of a receiver that should run on a certain executor while that lives.
     *
     * @param preferredExecutor its number, from 0
     */
    public <T> DStream<T> receiverStream(Receiver<T> receiver, int preferredExecutor) {
        return source(new SourceOperator<>(receiver, OptionalInt.of(preferredExecutor)));
    }

    private <T> DStream<T> source(SourceOperator<T> operator) {
        return new DStream<>(graph, graph.add(operator, List.of()), options.interval);
    }

    /**
     * All records of several streams, duplicates included.
     *
     * @throws IllegalArgumentException if they have different slides or belong to another context
     */
    @SafeVarargs
    public final <T> DStream<T> union(DStream<T> first, DStream<T>... others) {
        List<DStream<T>> all = new ArrayList<>();
        for (DStream<T> other : others) {
            all.add(other);
        }
        return first.union(all);
    }

    /** All pairs of several streams, duplicates included. */
    @SafeVarargs
    public final <K, V> PairDStream<K, V> union(PairDStream<K, V> first, PairDStream<K, V>... others) {
        List<PairDStream<K, V>> all = new ArrayList<>();
        for (PairDStream<K, V> other : others) {
            all.add(other);
        }
        return first.union(all);
    }

    /**
     * A batch for the batches that several streams have at the same time, made by a function that is called once per batch; see
     * {@link DStream#transform}.
     *
     * @throws IllegalArgumentException if no stream is named, or if they have different slides or belong to another context
     */
    public <R> DStream<R> transform(List<? extends DStream<?>> streams, TransformAllFunction<? extends R> function) {
        return transform("transform", streams, function);
    }

    /** The same, of pairs. */
    public <K, V> PairDStream<K, V> transformToPair(
            List<? extends DStream<?>> streams, TransformAllFunction<Pair<K, V>> function) {
        return new PairDStream<>(transform("transformToPair", streams, function));
    }

    private static <R> DStream<R> transform(
            String kind, List<? extends DStream<?>> streams, TransformAllFunction<? extends R> function) {
        if (streams.isEmpty()) {
            throw new IllegalArgumentException("There must be at least one stream to transform, but there is none");
        }
        return streams.get(0)
                .applyWith(
                        streams.subList(1, streams.size()), new TransformOperator<R>(kind, streams.size(), function));
    }

    /**
     * Keeps the batches of all streams for so long after their time, so that {@link DStream#slice} can be asked for them. Every record
     * of every stream is brought to the driver and held in memory; {@link DStream#remember} keeps those of one.
     *
     * @param kept how long, more than zero
     * @throws IllegalStateException if it was called before, or the context was started
     */
    public void remember(Duration kept) {
        graph.rememberAll(kept);
    }

    /** The records that any operator of the job has set aside. */
    public DStream<DeadLetter> deadLetters() {
        return new DStream<>(graph, graph.deadLetters(), options.interval);
    }

    /**
     * The batches of a stream as an Akka Streams source, registered as an output. It may be run any number of times, in any
     * materializer; a run gets the batches from then on, and one that does not keep up delays the job.
     */
    public <T> Source<Batch<T>, NotUsed> results(DStream<T> stream) {
        ResultSource<T> results = new ResultSource<>();
        stream.output(results);
        return results.source();
    }

    // ---- values that change between batches ----

    /**
     * A value that functions use, such as a model, and that is changed by {@link Versioned#set} between batches only: every batch is
     * processed with exactly one version of it, which stands in its {@code BatchInfo}.
     *
     * <p>It is used through {@link DStream#mapWith} and its like. It is not part of the job's state: a job that is started anew begins
     * with the initial value, and so does the replay of kept batches.
     *
     * @param name unique among the versioned values of this context
     * @param initial what the first batch uses, unless another version is set before it begins
     * @param label what people call this version, such as the name of a directory
     * @throws IllegalArgumentException if the name is blank or taken
     * @throws IllegalStateException if the context was started or stopped
     */
    public synchronized <T> Versioned<T> versioned(String name, T initial, String label) {
        if (state != State.INITIALIZED) {
            throw new IllegalStateException(
                    "A versioned value is defined before the start, since functions use it, but this context is "
                            + state);
        }
        return values.add(name, initial, label);
    }

    // ---- changing a running job ----

    /**
     * Changes the batch interval of a running job. The batch that is under way and the next one come when they would have come; after
     * that batches come at the multiples of the new interval since the epoch, each named by its end as ever, so that the first of
     * them may be sooner than an interval later. Listeners hear of it by {@code onBatchInterval}. What is called last counts, and a
     * job with a {@linkplain StreamingContextBuilder#latencyTarget latency target} goes on from there.
     *
     * <p>A job in which a time was given that is counted in batches (a window, a slide of several intervals, timeouts that are swept in
     * every so many batches as in Spark) keeps its interval: what such an operator remembers lies in batches of the old interval, and
     * with another one its window would be shorter or longer than its user said.
     *
     * @param newInterval whole milliseconds, at least 1
     * @throws IllegalArgumentException if it is not
     * @throws IllegalStateException if the job does not run, or if it has an operator that keeps it from changing, which the message
     *     names
     */
    public void batchInterval(Duration newInterval) {
        StreamGraph.checkInterval(newInterval);
        PhysicalPlan running = activePlan();
        JobStart.checkIntervalMayChange(running, "become " + newInterval.toMillis() + " ms");
        run.change(new JobChange.Interval(newInterval));
    }

    /**
     * Attaches an output to a stream of the running job, and only for as long as it is wanted: it sees whole batches, those that begin
     * from now on, until it is {@linkplain AttachedOutput#detach detached} or the job ends.
     *
     * <p>It may be attached to every stream of this context, those included that no output takes. From its first batch to its last it is
     * as a registered one: called after all others, in the order of attachment, once for every batch of the stream; it fails by itself,
     * is reported, and is closed after its last batch. A window, a state or a table of totals to which it is attached has in it what it
     * has had all the time. A batch that is attempted again because an executor died is attempted again for the same outputs.
     *
     * <p>The job works for attached outputs as it does for registered ones: the records are brought to the driver, and whoever is slow
     * delays the batches. While nothing is attached it costs nothing. When something is attached or detached, executors build their
     * chains anew for the next batch.
     *
     * @return by which it is detached
     * @throws IllegalStateException if the job does not run, or if 1000 outputs are attached
     * @throws IllegalArgumentException if the stream belongs to another context
     */
    public <T> AttachedOutput attach(DStream<T> stream, OutputOperator<? super T> output) {
        return attach(Optional.empty(), stream, output);
    }

    /**
     * Attaches an output under a name, by which it stands in errors and in figures; see {@link #attach(DStream, OutputOperator)}.
     *
     * @throws IllegalStateException if the job does not run, or if 1000 outputs are attached
     * @throws IllegalArgumentException if the stream belongs to another context, or if an operator, or an output that is attached, has
     *     the name
     */
    public <T> AttachedOutput attach(String name, DStream<T> stream, OutputOperator<? super T> output) {
        return attach(Optional.of(name), stream, output);
    }

    /** Has a function get every batch from now on, empty ones too; see {@link #attach(DStream, OutputOperator)}. */
    public <T> AttachedOutput attach(DStream<T> stream, BatchFunction<T> function) {
        return attach(Optional.empty(), stream, new ForEachBatchOperator<>(function));
    }

    private AttachedOutput attach(Optional<String> name, DStream<?> stream, OutputOperator<?> output) {
        PhysicalPlan running = activePlan();
        if (stream.graph() != graph) {
            throw new IllegalArgumentException("An output can be attached to streams of its context only, but "
                    + stream.graph().node(stream.node()).name() + " belongs to another one");
        }
        return attached.attach(running, name, stream.node(), output, CallSite.here());
    }

    private synchronized PhysicalPlan activePlan() {
        PhysicalPlan running = plan;
        if (state != State.ACTIVE || running == null) {
            throw new IllegalStateException("Only a running job can be changed, but this one is " + state);
        }
        return running;
    }

    // ---- keeping batches ----

    /**
     * Writes the batches that are kept to a file, from which {@code io.millrace.testkit.Replay} runs them again: the blocks, the times
     * and the absorbed intervals, what the outputs were given, and the state before the first of them. A batch of which all copies of a
     * block were lost is left out with those before it.
     *
     * <p>The file is written by the output thread, between two outputs. Records, keys and states that are records or enums of the user
     * must be {@linkplain StreamingContextBuilder#register registered}.
     *
     * @param file is replaced if it is there
     * @return the file when it is written; fails with the reason if no batch is kept, if a value cannot be written, or if the job ends
     * @throws IllegalStateException if the job does not run
     * @see StreamingContextBuilder#keepBatches
     */
    public CompletionStage<Path> saveKeptBatches(Path file) {
        activePlan();
        KeptRunFile format = new KeptRunFile(options.types());
        return run.export(kept -> {
            try {
                format.write(file, kept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return file;
        });
    }

    // ---- listeners ----

    /**
     * Tells this listener what happens. One that is added before {@link #start} hears of everything; one that is added to a running job
     * hears of what happens from then on, and not of its start. One that is added twice is told twice.
     *
     * @throws IllegalStateException if the job has ended
     */
    public synchronized void addStreamingListener(StreamingListener listener) {
        if (state == State.STOPPED) {
            throw new IllegalStateException(
                    "A job that has ended tells listeners nothing more, but this one is " + state);
        }
        if (state == State.INITIALIZED) {
            listeners.add(listener);
        } else {
            run.change(new JobChange.AddListener(listener));
        }
    }

    /**
     * Tells this listener nothing of what happens from now on; of what happened before it may still hear. One that was added twice is
     * told once from then on, and one that was never added is no error. It is found by its identity. Does nothing if the job has ended.
     */
    public synchronized void removeStreamingListener(StreamingListener listener) {
        if (state == State.ACTIVE) {
            run.change(new JobChange.RemoveListener(listener));
            return;
        }
        for (int i = 0; i < listeners.size(); i++) {
            if (listeners.get(i) == listener) {
                listeners.remove(i);
                return;
            }
        }
    }

    // ---- life ----

    /**
     * Says whether this program can go on from its checkpoint: a dry run of the beginning of {@link #start}. All state, waiting blocks
     * and unwritten results are read with the registered types and migrated; nothing is claimed, changed or started, and a job may be
     * running on the checkpoint. No stream or output may be added afterwards.
     *
     * @throws IllegalStateException if there is no checkpoint directory, or it cannot be read or is damaged, with the file in the message;
     *     or if the context was started or stopped
     */
    public synchronized CheckpointCheck checkCheckpoint() {
        if (state != State.INITIALIZED) {
            throw new IllegalStateException("A checkpoint is checked before the start, but this context is " + state);
        }
        start.freeze();
        return start.check();
    }

    /**
     * Starts the job.
     *
     * @throws IllegalStateException if no output is registered, if it was started or stopped before, or if there is a
     *     {@linkplain StreamingContextBuilder#latencyTarget latency target} and an operator, which the message names, needs a fixed
     *     interval
     * @throws IllegalArgumentException if a setting is out of bounds; the message names it
     */
    public synchronized void start() {
        if (state != State.INITIALIZED) {
            throw new IllegalStateException("A context starts once, but this one is " + state);
        }
        if (graph.nodes().stream().noneMatch(node -> node.operator() instanceof OutputOperator<?>)) {
            throw new IllegalStateException("No output operations registered, so nothing to execute");
        }
        start.freeze();
        state = State.STOPPED;
        try {
            plan = start.start(listeners);
        } catch (RuntimeException e) {
            run.stopped(new StopReport(0, 0, 0, 0, false), Optional.of("the job did not start: " + e.getMessage()));
            throw e;
        }
        state = State.ACTIVE;
        run.onEnd(() -> {
            synchronized (this) {
                state = State.STOPPED;
            }
        });
        if (options.stopOnShutdown) {
            ShutdownStop.hook(options.name, run);
        }
    }

    /** Where the context is in its life. */
    public synchronized State state() {
        return state;
    }

    /**
     * Waits until the job ends.
     *
     * @return what it had done and what it left
     * @throws BatchFailedException when an output fails, with the cause; the job itself goes on until it is stopped
     */
    public StopReport awaitTermination() throws InterruptedException {
        return run.await(null).orElseThrow();
    }

    /** The same, but waits no longer than {@code limit}; empty if the job has not ended by then. */
    public Optional<StopReport> awaitTermination(Duration limit) throws InterruptedException {
        return run.await(limit);
    }

    /**
     * Stops the job gracefully: receivers stop, what was received is processed, then the job ends. Waiting longer than
     * {@code millrace.stop-timeout}, it gives up and reports what is left.
     *
     * @return what it had done and what it left, when it has ended
     */
    public CompletionStage<StopReport> stop() {
        return stop(true);
    }

    /**
     * Stops the job.
     *
     * @param graceful whether what was received is processed first; if not, it is reported as left
     */
    public CompletionStage<StopReport> stop(boolean graceful) {
        synchronized (this) {
            if (state == State.INITIALIZED) {
                state = State.STOPPED;
                run.stopped(new StopReport(0, 0, 0, 0, true), Optional.empty());
                return run.end();
            }
        }
        return run.stop(graceful);
    }

    /** Stops the job gracefully and waits for its end. */
    @Override
    public void close() {
        if (state() != State.STOPPED) {
            stop(true).toCompletableFuture().join();
        }
    }

    /** Kills an executor as a crash would: what it holds is gone, and a new one takes its place. For tests and demonstrations. */
    public void crashExecutor(int number) {
        run.crash(number);
    }
}
