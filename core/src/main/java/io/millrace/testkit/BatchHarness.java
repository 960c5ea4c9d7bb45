// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.typed.ActorSystem;
import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StopReport;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.driver.KeptBlock;
import io.millrace.runtime.node.Environment;
import io.millrace.stream.DStream;
import io.millrace.stream.StreamGraph;
import io.millrace.stream.StreamNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A whole job in a simulation, run batch by batch: real actors, receivers, blocks and replicas, without threads and in virtual time.
 *
 * <pre>{@code
 * try (BatchHarness harness = BatchHarness.create("word-count")) {
 *     ScriptedText lines = harness.lines();
 *     CollectedOutput<Pair<String, Long>> counts =
 *             harness.collect(harness.stream(lines).flatMap(WORDS).countByValue());
 *     harness.start();
 *
 *     lines.add("blue blue green");
 *     harness.runBatch();
 *
 *     assertThat(counts.at(1000)).containsExactlyInAnyOrder(Pair.of("blue", 2L), Pair.of("green", 1L));
 * }
 * }</pre>
 *
 * <p>Used by one thread, which does all the work: nothing happens but in the methods of this class.
 */
public final class BatchHarness implements AutoCloseable {

    private final BatchHarnessBuilder options;
    private final HarnessSystem system;
    private final SimulatedThreads threads;
    private final JobProbe probe;
    private final RecordedEvents events = new RecordedEvents();
    private final StreamingContext context;
    private @Nullable StreamGraph graph;
    private int inputs;

    BatchHarness(BatchHarnessBuilder options) {
        this.options = options;
        this.system = options.system();
        this.threads = new SimulatedThreads(simulation().executor());
        this.probe = new JobProbe(simulation(), system.actors(), options.name());
        this.context = options.context(
                new Environment(system.actors(), simulation().time(), threads, probe, options.replaying()), events);
        probe.onCrash(context::crashExecutor);
    }

    /** A job with batches of one second from the epoch on, two executors of two slots, and everything else as by default. */
    public static BatchHarness create(String name) {
        return builder(name).build();
    }

    /** Begins the description of a job and what it runs in. */
    public static BatchHarnessBuilder builder(String name) {
        return new BatchHarnessBuilder(name);
    }

    // ---- defining the job ----

    /** The job, to define streams and outputs on. */
    public StreamingContext context() {
        return context;
    }

    /** An input of records, to be made a {@link #stream}. */
    public <T> ScriptedInput<T> input() {
        return new ScriptedInput<>("scripted-" + inputs++);
    }

    /** An input of lines of text, to be made a {@link #stream}. */
    public ScriptedText lines() {
        return new ScriptedText("scripted-" + inputs++);
    }

    /** The records of a receiver. */
    public <T> DStream<T> stream(Receiver<T> receiver) {
        return known(context.receiverStream(receiver));
    }

    /** The records of a receiver that prefers an executor. */
    public <T> DStream<T> stream(Receiver<T> receiver, int preferredExecutor) {
        return known(context.receiverStream(receiver, preferredExecutor));
    }

    /** Registers an output that remembers what it gets. */
    public <T> CollectedOutput<T> collect(DStream<T> stream) {
        CollectedOutput<T> output = new CollectedOutput<>();
        known(stream).output(output);
        return output;
    }

    private <T> DStream<T> known(DStream<T> stream) {
        graph = stream.graph();
        return stream;
    }

    // ---- running it ----

    /** Starts the job and its receivers. */
    public BatchHarness start() {
        simulation().call(() -> {
            context.start();
            return true;
        });
        simulation().runUntilIdle();
        return this;
    }

    /**
     * Lets the job take what was added to its inputs, lets time pass to the next batch, and runs until that is committed.
     *
     * @return the figures of the batch
     * @throws AssertionError if no batch is committed in time
     */
    public BatchInfo runBatch() {
        return runBatchAt(nextBatch());
    }

    /** The same with the batch of this time. */
    BatchInfo runBatchAt(Instant batch) {
        int before = probe.passed(CrashPoint.AFTER_COMMIT);
        simulation().runUntilIdle();
        simulation().advanceTo(batch);
        runUntil(() -> probe.passed(CrashPoint.AFTER_COMMIT) > before);
        simulation().runUntilIdle();
        List<BatchInfo> all = events.batches();
        return all.get(all.size() - 1);
    }

    /** Runs so many batches; see {@link #runBatch}. */
    public List<BatchInfo> runBatches(int count) {
        List<BatchInfo> infos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            infos.add(runBatch());
        }
        return infos;
    }

    /** Lets time pass, and everything happen that happens meanwhile. */
    public void advance(Duration duration) {
        simulation().advance(duration);
    }

    /** Runs what can run without time passing. */
    public void settle() {
        simulation().runUntilIdle();
    }

    /**
     * Runs, and lets time pass, until the condition holds.
     *
     * @throws AssertionError if it does not hold in time
     */
    public void runUntil(BooleanSupplier condition) {
        try {
            simulation().runUntil(condition, limit());
        } catch (AssertionError inVain) {
            throw new AssertionError(inVain.getMessage() + "; what happened last: " + lastEvents(), inVain);
        }
    }

    /** Lets outputs and listeners wait, as if an output took long, until they are released. */
    public void holdOutputs() {
        threads.holdOutputs();
    }

    /** Lets outputs run again. */
    public void releaseOutputs() {
        threads.releaseOutputs();
        settle();
    }

    /**
     * Lets the outputs of every batch take virtual time from now on, beyond what they are {@linkplain #holdOutputs held} for.
     *
     * @param cost is asked on the thread of the test, each time that the outputs of a batch are about to be written, how long they take;
     *     a function of the job that counts what it sees may have told it how much is in the batch. Not negative
     */
    public void outputsTake(Supplier<Duration> cost) {
        probe.onWriting(() -> {
            Duration taken = cost.get();
            if (!taken.isZero()) {
                threads.busy();
                simulation().time().timer().at(now().plus(taken), threads::done);
            }
        });
    }

    /** Stops the job gracefully and waits for its end. */
    public StopReport stop() {
        return stop(true);
    }

    /** Stops the job, gracefully or at once, and waits for its end. */
    public StopReport stop(boolean graceful) {
        StopReport report = simulation().await(context.stop(graceful), limit());
        settle();
        return report;
    }

    // ---- running it again ----

    /**
     * Writes the batches that are {@linkplain BatchHarnessBuilder#keepBatches kept} to a file, to be run again by a {@link Replay};
     * between two batches only.
     */
    public Path saveKeptBatches(Path file) {
        settle();
        return simulation().await(context.saveKeptBatches(file), limit());
    }

    /** Has blocks count as received that did so before. */
    void inject(List<KeptBlock> blocks) {
        settle();
        probe.inject(blocks);
    }

    // ---- crashes ----

    /** Kills an executor and runs until it is dead and replaced. */
    public void crashExecutor(int number) {
        context.crashExecutor(number);
        settle();
    }

    /** Has an executor die the next time that any executor reaches the point; at once, if it is the one that reaches it. */
    public void crashWhen(CrashPoint point, int executor) {
        crashWhen(point, executor, 0);
    }

    /** Has an executor die when the point is reached after it was passed so often. */
    public void crashWhen(CrashPoint point, int executor, int passes) {
        probe.crashes().add(point, executor, passes);
    }

    /** Halts an executor, as a process that is stopped or starved: it lives, but answers nothing until it is thawed. */
    public void freezeExecutor(int number) {
        simulation().freeze(probe.path(number));
    }

    /** Lets a halted executor go on, and runs until nothing is left to do. */
    public void thawExecutor(int number) {
        simulation().thaw(probe.path(number));
        settle();
    }

    /** Halts the job, as a process that is stopped: its actors and threads do nothing until it is thawed. */
    public void freeze() {
        simulation().freeze(probe.path());
        threads.freeze();
    }

    /** Lets a halted job go on, and runs until nothing is left to do. */
    public void thaw() {
        simulation().thaw(probe.path());
        threads.thaw();
        settle();
    }

    /** How many of the crashes ordered by {@link #crashWhen} have happened. */
    public int crashes() {
        return probe.crashes().done();
    }

    /** How many of the crashes ordered by {@link #crashWhen} have not happened yet. */
    public int pendingCrashes() {
        return probe.crashes().pending();
    }

    /** Calls this, on the thread that is there, whenever a point is reached. */
    void onPoint(Consumer<Enum<?>> listener) {
        probe.onPoint(listener);
    }

    /** How often a point was reached. */
    public int passed(CrashPoint point) {
        return probe.passed(point);
    }

    // ---- looking ----

    /** What the job told its listener. */
    public RecordedEvents events() {
        return events;
    }

    /** The figures of all batches. */
    public List<BatchInfo> batches() {
        return events.batches();
    }

    /** The blocks that count as received and are not yet processed. */
    public List<HeldBlock> blocks() {
        BlockManager.Contents contents = probe.blocks();
        return held(contents.blocks(), contents.blocks().size() - contents.waiting());
    }

    /** The blocks that are processed and {@linkplain BatchHarnessBuilder#keepBatches kept}. */
    public List<HeldBlock> keptBlocks() {
        List<BlockLocation> kept = probe.blocks().kept();
        return held(kept, kept.size());
    }

    private static List<HeldBlock> held(List<BlockLocation> locations, int inBatch) {
        List<HeldBlock> blocks = new ArrayList<>();
        for (BlockLocation block : locations) {
            blocks.add(new HeldBlock(
                    block.info().id().toString(),
                    block.info().bytes(),
                    block.holders().stream().map(Object::toString).toList(),
                    blocks.size() >= inBatch));
        }
        return blocks;
    }

    /** How many blocks are held by too few executors. */
    public int underReplicated() {
        return probe.blocks().underReplicated();
    }

    /** The blocks that each executor that lives holds in fact, whether they count as received or not. */
    public Map<String, Set<String>> heldBlocks() {
        Map<String, Set<String>> held = new TreeMap<>();
        probe.held().forEach((executor, blocks) -> held.put(executor.toString(), blocks));
        return held;
    }

    /**
     * The state of an operator as of the last batch, all partitions together; between two batches only.
     *
     * @param operator its name
     * @throws AssertionError if one of the executors that should keep it does not, or keeps something else
     */
    @SuppressWarnings("unchecked")
    public <K, S> Map<K, S> state(String operator) {
        settle();
        StateCopies copies = new StateCopies(node(operator), probe.states(options.partitions()));
        return (Map<K, S>) copies.merged(options.stateCopies());
    }

    private int node(String operator) {
        if (graph == null) {
            throw new IllegalStateException("no stream was defined through this harness");
        }
        List<StreamNode> nodes = graph.nodes();
        return nodes.stream()
                .filter(node -> node.name().equals(operator))
                .findFirst()
                .map(StreamNode::id)
                .orElseThrow(() -> new IllegalArgumentException("there is no operator " + operator + " among "
                        + nodes.stream().map(StreamNode::name).toList()));
    }

    /** How the job ended, if it has. */
    public Optional<StopReport> report() {
        return events.report();
    }

    /** What it runs in. */
    public Simulation simulation() {
        return system.simulation();
    }

    /** What the virtual time is. */
    public Instant now() {
        return simulation().now();
    }

    /** The actor system that the job runs in. */
    public ActorSystem<?> actorSystem() {
        return system.actors();
    }

    HarnessSystem system() {
        return system;
    }

    /** Ends the job at once, and the simulation unless it is another harness's. */
    @Override
    public void close() {
        if (options.ownsSystem()) {
            system.close();
        } else if (context.state() != StreamingContext.State.STOPPED) {
            stop(false);
        }
    }

    private Instant nextBatch() {
        long interval = options.interval().toMillis();
        return Instant.ofEpochMilli((Math.floorDiv(now().toEpochMilli(), interval) + 1) * interval);
    }

    private Duration limit() {
        Duration intervals = options.interval().multipliedBy(20);
        Duration least = Duration.ofSeconds(30);
        return intervals.compareTo(least) > 0 ? intervals : least;
    }

    private String lastEvents() {
        List<String> lines = events.lines();
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
