// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.function.TransformAllFunction;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.operator.SourceOperator;
import io.millrace.operator.record.TransformOperator;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.batch.LatencyKeeper;
import io.millrace.runtime.batch.LatencyTarget;
import io.millrace.runtime.driver.JobChange;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.JobSetup;
import io.millrace.runtime.node.ResultSource;
import io.millrace.runtime.node.Settings;
import io.millrace.runtime.node.SystemTime;
import io.millrace.runtime.node.Threads;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.stream.Batch;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StreamGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
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

    private final Builder options;
    private final StreamGraph graph;
    private final JobRun run = new JobRun();
    private final List<StreamingListener> listeners;
    private State state = State.INITIALIZED;
    private @Nullable PhysicalPlan plan;

    private StreamingContext(Builder options) {
        this.options = options;
        this.listeners = new ArrayList<>(options.listeners);
        this.graph = new StreamGraph(options.interval);
    }

    /**
     * Begins the description of a job.
     *
     * @param name its name: letters, digits, {@code -} and {@code _}
     */
    public static Builder builder(String name) {
        return new Builder(name);
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

    // ---- changing a running job ----

    /**
     * Changes the batch interval of a running job. The batch that is under way and the next one come when they would have come; after
     * that batches come at the multiples of the new interval since the epoch, each named by its end as ever, so that the first of
     * them may be sooner than an interval later. Listeners hear of it by {@code onBatchInterval}. What is called last counts, and a
     * job with a {@linkplain Builder#latencyTarget latency target} goes on from there.
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
        checkMayChange(running, "become " + newInterval.toMillis() + " ms");
        run.change(new JobChange.Interval(newInterval));
    }

    private static void checkMayChange(PhysicalPlan plan, String change) {
        plan.needsFixedInterval().ifPresent(fixed -> {
            throw new IllegalStateException("The batch interval cannot " + change
                    + " while the job runs: the operator " + fixed.node().name() + " ("
                    + fixed.node().callSite() + ") counts in batches of " + plan.intervalMillis()
                    + " ms, and its windows, slides or timeouts would no longer be as long as they were said to be");
        });
    }

    private synchronized PhysicalPlan activePlan() {
        PhysicalPlan running = plan;
        if (state != State.ACTIVE || running == null) {
            throw new IllegalStateException("Only a running job can be changed, but this one is " + state);
        }
        return running;
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
     * Starts the job.
     *
     * @throws IllegalStateException if no output is registered, if it was started or stopped before, or if there is a
     *     {@linkplain Builder#latencyTarget latency target} and an operator, which the message names, needs a fixed interval
     * @throws IllegalArgumentException if a setting is out of bounds; the message names it
     */
    public synchronized void start() {
        if (state != State.INITIALIZED) {
            throw new IllegalStateException("A context starts once, but this one is " + state);
        }
        if (graph.nodes().stream().noneMatch(node -> node.operator() instanceof OutputOperator<?>)) {
            throw new IllegalStateException("No output operations registered, so nothing to execute");
        }
        graph.freeze();
        state = State.STOPPED;
        try {
            startWhereItBelongs();
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
            hookShutdown();
        }
    }

    private void startWhereItBelongs() {
        if (options.environment != null) {
            Settings settings =
                    options.settings(options.environment.system().settings().config(), graph);
            start(options.environment, planned(settings), settings);
        } else if (options.system != null) {
            SystemTime time = new SystemTime("millrace-" + options.name + "-timer");
            run.onEnd(time::close);
            Settings settings = options.settings(options.system.settings().config(), graph);
            start(
                    new Environment(options.system, time.source(), Threads.ofJob("millrace-" + options.name)),
                    planned(settings),
                    settings);
        } else {
            startInSystemOfItsOwn();
        }
    }

    private void startInSystemOfItsOwn() {
        Config config = OwnSystem.config(options.config);
        Settings settings = options.settings(config, graph);
        PlannedJob job = planned(settings); // while the system is being prepared
        ActorSystem<Void> system = OwnSystem.forJob(options.name, options.config, config);
        SystemTime time = new SystemTime("millrace-" + options.name + "-timer");
        run.onEnd(time::close);
        run.endsWith(system);
        start(new Environment(system, time.source(), Threads.ofJob("millrace-" + options.name)), job, settings);
    }

    private PlannedJob planned(Settings settings) {
        PlannedJob job = new PlannedJob(PhysicalPlan.of(graph.nodes(), options.interval.toMillis()));
        job.check(settings.executor());
        LatencyTarget latency = options.latency;
        if (latency != null) {
            checkMayChange(job.plan(), "follow a latency target of " + latency.target());
        }
        plan = job.plan();
        return job;
    }

    private void start(Environment environment, PlannedJob job, Settings settings) {
        run.start(
                new JobSetup(
                        options.name,
                        job,
                        settings,
                        environment.threads(),
                        environment.time(),
                        listeners(),
                        run,
                        environment.inspection()),
                environment.system(),
                options::types);
    }

    /** Those of the user, and the one that holds the latency target if there is one. */
    private List<StreamingListener> listeners() {
        LatencyTarget latency = options.latency;
        if (latency == null) {
            return listeners;
        }
        List<StreamingListener> all = new ArrayList<>(listeners);
        all.add(new LatencyKeeper(latency, options.interval, interval -> run.change(new JobChange.Interval(interval))));
        return all;
    }

    private void hookShutdown() {
        Thread hook = new Thread(
                () -> {
                    try {
                        run.stop(true).get();
                    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "millrace-" + options.name + "-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        run.onEnd(() -> unhook(hook));
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, which is what the hook was for
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

    /** Collects the options of a context. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private Duration interval = Duration.ofSeconds(1);
        private Config config = ConfigFactory.empty();
        private final Map<String, Object> overrides = new TreeMap<>();
        private final List<StreamingListener> listeners = new ArrayList<>();
        private TypeRegistry.@Nullable Builder types;
        private @Nullable ActorSystem<?> system;
        private @Nullable Environment environment;
        private @Nullable LatencyTarget latency;
        private boolean stopOnShutdown;

        private Builder(String name) {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException(
                        "A name consists of letters, digits, - and _, but is '" + name + "'");
            }
            this.name = name;
        }

        /** How often there is a batch: whole milliseconds, at least 1. Default: 1 s. */
        public Builder batchInterval(Duration batchInterval) {
            this.interval = batchInterval;
            return this;
        }

        /**
         * Has the job choose its batch interval itself, so that a record is done within a target after it came. It begins with the
         * {@linkplain #batchInterval batch interval}. Default: the interval stays until it is {@linkplain
         * StreamingContext#batchInterval changed}.
         *
         * <p>A record waits for an interval at most and is then processed. The interval is chosen so that both together are nine tenths
         * of the target, by the processing times of the last two batches. It is longer than that if the job could otherwise not keep up:
         * batches should take no more than nine tenths of their interval. Then, and at the bounds, the target may be missed. At a
         * constant load the interval comes to rest. When the load changes it follows, a step after every two batches; each step takes
         * effect as any change of the interval does.
         *
         * <p>A job with an operator that counts in batches, such as a window, is refused at {@link StreamingContext#start}.
         *
         * @param target more than zero
         * @param minInterval whole milliseconds, at least 1, shorter than the target
         * @param maxInterval whole milliseconds, no shorter than the shortest
         * @throws IllegalArgumentException if they are out of these bounds
         */
        public Builder latencyTarget(Duration target, Duration minInterval, Duration maxInterval) {
            this.latency = new LatencyTarget(target, minInterval, maxInterval);
            return this;
        }

        /** How many executors there are. Default: {@code millrace.executors}, 2. */
        public Builder executors(int executors) {
            overrides.put("executors", executors);
            return this;
        }

        /** How many tasks an executor runs at once. Default: {@code millrace.slots}, 2. */
        public Builder slots(int slots) {
            overrides.put("slots", slots);
            return this;
        }

        /** How many executors hold a block, and a state, before it counts. Default: {@code millrace.replication}, 2. */
        public Builder replication(int factor) {
            overrides.put("replication", factor);
            return this;
        }

        /** Any setting of the section {@code millrace}, such as {@code block.bytes}. */
        public Builder set(String key, Object value) {
            overrides.put(key, value);
            return this;
        }

        /** Configuration that comes before that of the actor system. */
        public Builder config(Config newConfig) {
            this.config = newConfig;
            return this;
        }

        /** Runs the job in this actor system, which goes on living when the job ends. Default: a system of its own. */
        public Builder actorSystem(ActorSystem<?> newSystem) {
            this.system = newSystem;
            return this;
        }

        /** Tells this listener what happens. */
        public Builder listener(StreamingListener listener) {
            listeners.add(listener);
            return this;
        }

        /** Makes a class of records, an enum or a sealed interface known, so that its values may cross between processes. */
        public Builder register(Class<?> type) {
            if (types == null) {
                types = TypeRegistry.builder();
            }
            types.register(type);
            return this;
        }

        /** Stops the job gracefully when the JVM is told to end, as by Ctrl+C. Default: not. */
        public Builder stopGracefullyOnShutdown() {
            this.stopOnShutdown = true;
            return this;
        }

        /** Runs the job in a test kit's simulation. */
        public Builder environment(Environment newEnvironment) {
            this.environment = newEnvironment;
            return this;
        }

        /** The context; nothing runs yet. */
        public StreamingContext build() {
            return new StreamingContext(this);
        }

        private TypeRegistry types() {
            return types == null ? TypeRegistry.empty() : types.build();
        }

        private Settings settings(Config system, StreamGraph graph) {
            Config merged = ConfigFactory.parseMap(overrides)
                    .atPath("millrace")
                    .withFallback(config)
                    .withFallback(system)
                    .withFallback(ConfigFactory.defaultReference(StreamingContext.class.getClassLoader()));
            int receivers = (int) graph.nodes().stream()
                    .filter(node -> node.operator() instanceof SourceOperator<?>)
                    .count();
            return Settings.parse(
                    merged.resolve().getConfig("millrace"),
                    interval,
                    receivers,
                    Runtime.getRuntime().maxMemory(),
                    Runtime.getRuntime().availableProcessors());
        }
    }
}
