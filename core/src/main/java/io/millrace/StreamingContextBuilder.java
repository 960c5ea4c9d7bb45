// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.SourceOperator;
import io.millrace.operator.WireForm;
import io.millrace.runtime.batch.LatencyTarget;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.durable.Names;
import io.millrace.runtime.durable.Program;
import io.millrace.runtime.durable.StateMigration;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.Settings;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.stream.StreamGraph;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link StreamingContext}, which {@link StreamingContext#builder} begins. Not thread-safe. */
public final class StreamingContextBuilder {
    final String name;
    Duration interval = Duration.ofSeconds(1);
    Config config = ConfigFactory.empty();
    private final Map<String, Object> overrides = new TreeMap<>();
    final List<StreamingListener> listeners = new ArrayList<>();
    private TypeRegistry.@Nullable Builder types;

    @Nullable
    ActorSystem<?> system;

    @Nullable
    Environment environment;

    @Nullable
    LatencyTarget latency;

    boolean stopOnShutdown;

    @Nullable
    LogStorage storage;

    /** Stands around the format of the log, in tests. */
    UnaryOperator<JournalFormat> journalFormat = UnaryOperator.identity();

    private final Map<String, String> renamed = new TreeMap<>();
    private final Set<String> dropped = new TreeSet<>();
    private final Map<String, BinaryOperator<Object>> migrated = new TreeMap<>();

    StreamingContextBuilder(String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("A name consists of letters, digits, - and _, but is '" + name + "'");
        }
        this.name = name;
    }

    /** How often there is a batch: whole milliseconds, at least 1. Default: 1 s. */
    public StreamingContextBuilder batchInterval(Duration batchInterval) {
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
    public StreamingContextBuilder latencyTarget(Duration target, Duration minInterval, Duration maxInterval) {
        this.latency = new LatencyTarget(target, minInterval, maxInterval);
        return this;
    }

    /** How many executors there are. Default: {@code millrace.executors}, 2. */
    public StreamingContextBuilder executors(int executors) {
        overrides.put("executors", executors);
        return this;
    }

    /** How many tasks an executor runs at once. Default: {@code millrace.slots}, 2. */
    public StreamingContextBuilder slots(int slots) {
        overrides.put("slots", slots);
        return this;
    }

    /** How many executors hold a block, and a state, before it counts. Default: {@code millrace.replication}, 2. */
    public StreamingContextBuilder replication(int factor) {
        overrides.put("replication", factor);
        return this;
    }

    /**
     * Keeps the blocks of so many of the last batches, and the state before the first of them, so that they can be {@linkplain
     * StreamingContext#saveKeptBatches saved} and run again by {@code io.millrace.testkit.Replay}. They take no credit from
     * receivers, but memory: at most {@code millrace.keep.bytes}, and for a job with state one more copy of it. Default: {@code
     * millrace.keep.batches}, 0.
     */
    public StreamingContextBuilder keepBatches(int batches) {
        overrides.put("keep.batches", batches);
        return this;
    }

    /**
     * Makes the job durable in a directory that belongs to it alone. When the job starts again with it, after a crash or a stop, it goes
     * on with the first batch that its outputs do not have, as if nothing had happened: state and {@linkplain
     * io.millrace.operator.TransactionalOutput transactional outputs} exactly once, other outputs at least once. What unacknowledged
     * senders such as {@code nc} had sent less than a block interval before the crash is lost. Default: {@code
     * millrace.checkpoint.directory}, none.
     *
     * <p>Whatever a block, a state or an output holds must have a wire form: records and enums of the program are to be {@linkplain
     * #register registered}. State is found again by the {@linkplain io.millrace.stream.DStream#named names} of operators.
     *
     * @param directory is made if it is not there; on a local disk
     */
    public StreamingContextBuilder checkpoint(Path directory) {
        overrides.put("checkpoint.directory", directory.toString());
        return this;
    }

    /** Makes the job durable in a storage of another kind. */
    public StreamingContextBuilder checkpoint(LogStorage newStorage) {
        this.storage = newStorage;
        return this;
    }

    /** The operator that was called {@code from} in an earlier program is called {@code to} now: its state, blocks or output go on. */
    public StreamingContextBuilder renameOperator(String from, String to) {
        renamed.put(from, to);
        return this;
    }

    /** The operator of an earlier program is no more: what the checkpoint has of it is forgotten. */
    public StreamingContextBuilder dropOperator(String name) {
        dropped.add(name);
        return this;
    }

    /**
     * Values that an operator keeps per key are changed when the job goes on from an earlier program. That happens at every start, to every
     * value that is restored: the log still has values of the earlier program for a while, and those that were made of them beside.
     *
     * @param name the operator's present name
     * @param change makes a new value of a key and an old value; both must have a wire form. It is given its own results too, and must
     *     leave these as they are: {@code (key, old) -> old instanceof Count count ? CountV2.of(count) : old}
     */
    public StreamingContextBuilder migrateState(String name, BinaryOperator<Object> change) {
        migrated.put(name, change);
        return this;
    }

    StateMigration migration() {
        return new StateMigration(renamed, dropped, migrated);
    }

    Program program(PhysicalPlan plan, Settings settings) {
        return new Program(
                Names.of(plan),
                types().components().entrySet().stream()
                        .map(type -> new JournalEntry.NamedType(type.getKey(), type.getValue()))
                        .toList(),
                settings.executor().partitions(),
                plan.intervalMillis(),
                plan.needsFixedInterval().map(node -> node.node().name()));
    }

    /** Any setting of the section {@code millrace}, such as {@code block.bytes}. */
    public StreamingContextBuilder set(String key, Object value) {
        overrides.put(key, value);
        return this;
    }

    /** Configuration that comes before that of the actor system. */
    public StreamingContextBuilder config(Config newConfig) {
        this.config = newConfig;
        return this;
    }

    /** Runs the job in this actor system, which goes on living when the job ends. Default: a system of its own. */
    public StreamingContextBuilder actorSystem(ActorSystem<?> newSystem) {
        this.system = newSystem;
        return this;
    }

    /** Tells this listener what happens. */
    public StreamingContextBuilder listener(StreamingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Makes a class of records, an enum or a sealed interface known, so that its values may cross between processes. */
    public StreamingContextBuilder register(Class<?> type) {
        registered().register(type);
        return this;
    }

    /** Makes a class of records or an enum known under a name of its own, the same in all processes and runs of the job. */
    public StreamingContextBuilder register(String name, Class<?> type) {
        registered().register(name, type);
        return this;
    }

    /**
     * Makes a class known whose values become bytes in a way of its own.
     *
     * @param name the same in all processes and runs of the job
     * @param type the class; a value of a class below it is not admitted
     * @param bytes how its values become bytes and come back; what a checkpoint holds must be readable by later versions of it
     */
    public <T> StreamingContextBuilder register(String name, Class<T> type, WireForm<T> bytes) {
        registered().register(name, type, bytes);
        return this;
    }

    private TypeRegistry.Builder registered() {
        TypeRegistry.Builder known = types;
        if (known == null) {
            known = TypeRegistry.builder();
            types = known;
        }
        return known;
    }

    /** Stops the job gracefully when the JVM is told to end, as by Ctrl+C. Default: not. */
    public StreamingContextBuilder stopGracefullyOnShutdown() {
        this.stopOnShutdown = true;
        return this;
    }

    /** Runs the job in a test kit's simulation. */
    public StreamingContextBuilder environment(Environment newEnvironment) {
        this.environment = newEnvironment;
        return this;
    }

    /** The context; nothing runs yet. */
    public StreamingContext build() {
        return new StreamingContext(this);
    }

    TypeRegistry types() {
        return types == null ? TypeRegistry.empty() : types.build();
    }

    Settings settings(Config system, StreamGraph graph) {
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
