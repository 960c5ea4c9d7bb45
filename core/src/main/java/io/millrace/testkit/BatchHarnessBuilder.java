// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.listener.StreamingListener;
import io.millrace.runtime.batch.LatencyTarget;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.node.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the options of a {@link BatchHarness}. */
public final class BatchHarnessBuilder {

    private static final String SERIALIZE_MESSAGES = "akka.actor.serialize-messages";

    private final String name;
    private Duration interval = Duration.ofSeconds(1);
    private SimulationSettings simulation = SimulationSettings.fifo().withStart(Instant.EPOCH);
    private int executors = 2;
    private int slots = 2;
    private int replication = 2;
    private boolean serializeMessages = true;
    private final Map<String, Object> settings = new TreeMap<>();
    private final List<Class<?>> types = new ArrayList<>();
    private final List<StreamingListener> listeners = new ArrayList<>();
    private @Nullable HarnessSystem shared;
    private @Nullable LatencyTarget latency;
    private @Nullable LogStorage storage;
    private final List<Consumer<StreamingContextBuilder>> options = new ArrayList<>();
    private Optional<Environment.Replaying> replaying = Optional.empty();

    BatchHarnessBuilder(String name) {
        this.name = name;
    }

    /** How often there is a batch. Default: 1 s. */
    public BatchHarnessBuilder batchInterval(Duration newInterval) {
        this.interval = newInterval;
        return this;
    }

    /**
     * Has the job choose its interval itself; see {@link StreamingContextBuilder#latencyTarget}. Processing takes no virtual time but
     * what outputs are {@linkplain BatchHarness#holdOutputs held} for or {@linkplain BatchHarness#outputsTake take}. {@link BatchHarness#runBatch} goes by the interval that the job
     * started with, so {@link BatchHarness#advance} is the way to run such a job.
     */
    public BatchHarnessBuilder latencyTarget(Duration target, Duration minInterval, Duration maxInterval) {
        this.latency = new LatencyTarget(target, minInterval, maxInterval);
        return this;
    }

    /** What the clock shows first. Default: the epoch, so that with an interval of 1 s the first batch is that of 1000 ms. */
    public BatchHarnessBuilder startAt(Instant start) {
        this.simulation = simulation.withStart(start);
        return this;
    }

    /** Lets dice of this seed decide who runs next. Default: first come, first served. */
    public BatchHarnessBuilder seed(long seed) {
        this.simulation = SimulationSettings.seeded(seed).withStart(simulation.start());
        return this;
    }

    /** How many executors there are. Default: 2. */
    public BatchHarnessBuilder executors(int newExecutors) {
        this.executors = newExecutors;
        return this;
    }

    /** How many tasks an executor runs at once. Default: 2. */
    public BatchHarnessBuilder slots(int newSlots) {
        this.slots = newSlots;
        return this;
    }

    /** How many executors hold a block, and a state, before it counts. Default: 2. */
    public BatchHarnessBuilder replication(int factor) {
        this.replication = factor;
        return this;
    }

    /** Whether every message becomes bytes and is read again, as between processes. Default: yes. */
    public BatchHarnessBuilder serializeMessages(boolean serialize) {
        this.serializeMessages = serialize;
        return this;
    }

    /** Keeps so many of the last batches, to be saved and run again; see {@link StreamingContextBuilder#keepBatches}. Default: none. */
    public BatchHarnessBuilder keepBatches(int batches) {
        settings.put("keep.batches", batches);
        return this;
    }

    /** Makes the job durable in this storage, in which a later harness finds what this one has left. Default: nothing is durable. */
    public BatchHarnessBuilder checkpoint(LogStorage newStorage) {
        this.storage = newStorage;
        return this;
    }

    /** Changes the options of the job before it is made. */
    public BatchHarnessBuilder options(Consumer<StreamingContextBuilder> change) {
        options.add(change);
        return this;
    }

    /** Any setting of the section {@code millrace}, such as {@code block.bytes}. */
    public BatchHarnessBuilder set(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    /** Makes a class of records known, so that its values may become bytes. */
    public BatchHarnessBuilder register(Class<?> type) {
        types.add(type);
        return this;
    }

    /** Tells this listener what happens. */
    public BatchHarnessBuilder listener(StreamingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Runs the job in the actor system of another harness, whose clock, seed and serialization then hold; close that one last. */
    public BatchHarnessBuilder beside(BatchHarness other) {
        this.shared = other.system();
        return this;
    }

    /** The harness; the job is to be defined and started. */
    public BatchHarness build() {
        return new BatchHarness(this);
    }

    /** Runs batches again. */
    BatchHarnessBuilder replaying(Environment.Replaying newReplaying) {
        this.replaying = Optional.of(newReplaying);
        return this;
    }

    Optional<Environment.Replaying> replaying() {
        return replaying;
    }

    String name() {
        return name;
    }

    Duration interval() {
        return interval;
    }

    int partitions() {
        Object set = settings.get("partitions");
        return set instanceof Integer number && number > 0 ? number : executors * slots;
    }

    int stateCopies() {
        return Math.min(replication, executors);
    }

    boolean ownsSystem() {
        return shared == null;
    }

    HarnessSystem system() {
        if (shared != null) {
            return shared;
        }
        Config config = ConfigFactory.parseMap(Map.of(SERIALIZE_MESSAGES, serializeMessages));
        return HarnessSystem.start(simulation, config);
    }

    StreamingContext context(Environment environment, StreamingListener events) {
        StreamingContextBuilder builder = StreamingContext.builder(name)
                .batchInterval(interval)
                .executors(executors)
                .slots(slots)
                .replication(replication)
                .environment(environment)
                .listener(events);
        settings.forEach(builder::set);
        types.forEach(builder::register);
        listeners.forEach(builder::listener);
        if (latency != null) {
            builder.latencyTarget(latency.target(), latency.minInterval(), latency.maxInterval());
        }
        if (storage != null) {
            builder.checkpoint(storage);
        }
        options.forEach(change -> change.accept(builder));
        return builder.build();
    }
}
