// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Operator;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.record.DeadLetterOperator;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operators of a job and how they hang together; grows until the job starts.
 *
 * <p>Used by one thread until then, and not changed after.
 */
public final class StreamGraph {

    private final List<StreamNode> nodes = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<Integer, StorageLevel> levels = new TreeMap<>();
    private final Map<Integer, Duration> checkpoints = new TreeMap<>();
    private final Map<Integer, Duration> kept = new TreeMap<>();
    private final Map<Integer, RememberedBatches<?>> remembered = new TreeMap<>();
    private Duration keptOfAll = Duration.ZERO;
    private final Duration interval;
    private boolean frozen;

    /**
     * An empty graph for batches of this interval.
     *
     * @throws IllegalArgumentException if the interval is not a whole number of milliseconds, at least 1
     */
    public StreamGraph(Duration interval) {
        checkInterval(interval);
        this.interval = interval;
    }

    /**
     * Refuses what cannot be a batch interval.
     *
     * @throws IllegalArgumentException if it is not a whole number of milliseconds, at least 1
     */
    public static void checkInterval(Duration interval) {
        if (interval.isNegative()
                || interval.isZero()
                || !interval.truncatedTo(ChronoUnit.MILLIS).equals(interval)) {
            throw new IllegalArgumentException(
                    "The batch interval must be a whole number of milliseconds >= 1, but is " + interval);
        }
    }

    /** The batch interval. */
    public Duration interval() {
        return interval;
    }

    /** Adds an operator and answers the id of its node. */
    public int add(Operator operator, List<Integer> parents) {
        checkNotFrozen();
        nodes.add(new StreamNode(
                nodes.size(), unusedName(operator.kind()), operator, parents, CallSite.here(), ErrorPolicy.FAIL));
        return nodes.size() - 1;
    }

    /** The kind and how often it occurred so far; a name that the program has given to another operator is left out. */
    private String unusedName(String kind) {
        while (true) {
            String name = kind + "-" + kinds.merge(kind, 1, Integer::sum);
            if (nodes.stream().noneMatch(node -> node.name().equals(name))) {
                return name;
            }
        }
    }

    /** The nodes in order of their ids, which is an order in which parents come first. */
    public List<StreamNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node with this id. */
    public StreamNode node(int id) {
        return nodes.get(id);
    }

    /** The node of the dead letters, added when it is first asked for. */
    public int deadLetters() {
        for (StreamNode node : nodes) {
            if (node.operator() instanceof DeadLetterOperator) {
                return node.id();
            }
        }
        return add(new DeadLetterOperator(), List.of());
    }

    void rename(int id, String name) {
        checkNotFrozen();
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of an operator must not be blank");
        }
        for (StreamNode node : nodes) {
            if (node.id() != id && node.name().equals(name)) {
                throw new IllegalArgumentException("The name " + name + " is taken by the operator defined at "
                        + node.callSite() + "; names must be unique, since state is kept under them");
            }
        }
        nodes.set(id, nodes.get(id).withName(name));
    }

    void replace(int id, Operator operator) {
        checkNotFrozen();
        nodes.set(id, nodes.get(id).withOperator(operator));
    }

    void onError(int id, ErrorPolicy policy) {
        checkNotFrozen();
        nodes.set(id, nodes.get(id).withErrors(policy));
    }

    void persist(int id, StorageLevel level) {
        checkNotFrozen();
        if (!level.isValid() && !level.equals(StorageLevel.NONE)) {
            throw new IllegalArgumentException("A storage level must use memory or disk, but is " + level);
        }
        levels.put(id, level);
    }

    /** The level at which a node's stream is to be kept; {@link StorageLevel#NONE} if nobody has said. */
    public StorageLevel storageLevel(int id) {
        return levels.getOrDefault(id, StorageLevel.NONE);
    }

    void checkpoint(int id, Duration every) {
        checkNotFrozen();
        checkpoints.put(id, every);
    }

    /** How often the state of a node's stream is to be saved, if somebody has said. */
    public Optional<Duration> checkpointInterval(int id) {
        return Optional.ofNullable(checkpoints.get(id));
    }

    void remember(int id, Duration duration) {
        checkNotFrozen();
        checkKept(duration);
        kept.put(id, duration);
    }

    /**
     * Keeps the batches of all streams for so long after their time.
     *
     * @throws IllegalArgumentException unless it is more than no time
     * @throws IllegalStateException if it was said before, or the job has started
     */
    public void rememberAll(Duration duration) {
        checkNotFrozen();
        checkKept(duration);
        if (!keptOfAll.isZero()) {
            throw new IllegalStateException("Batches are to be remembered for " + keptOfAll + " already");
        }
        keptOfAll = duration;
    }

    private static void checkKept(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("Batches must be remembered for more than 0 s, but for " + duration);
        }
    }

    @SuppressWarnings("unchecked") // the batches of a node are those of its streams
    <T> RememberedBatches<T> remembered(DStream<T> stream) {
        RememberedBatches<?> batches = remembered.get(stream.node());
        if (batches == null) {
            throw new IllegalStateException(
                    "The batches of " + node(stream.node()).name()
                            + " are not remembered; call remember on the stream or its context, and start the context");
        }
        return (RememberedBatches<T>) batches;
    }

    /**
     * Forbids every further change, since the job starts.
     *
     * @throws IllegalArgumentException if a stream is to be saved at times at which it has no batch
     */
    public void freeze() {
        checkpoints.forEach(this::checkCheckpoint);
        for (StreamNode node : nodes()) {
            Duration longest = kept.getOrDefault(node.id(), Duration.ZERO);
            longest = longest.compareTo(keptOfAll) < 0 ? keptOfAll : longest;
            if (!longest.isZero() && !(node.operator() instanceof OutputOperator<?>)) {
                RememberedBatches<?> batches = new RememberedBatches<>(longest, slide(node.id()));
                add(batches, List.of(node.id()));
                remembered.put(node.id(), batches);
            }
        }
        frozen = true;
    }

    private void checkCheckpoint(int id, Duration every) {
        Duration slide = slide(id);
        long times = every.isNegative() ? 0 : every.dividedBy(slide);
        if (times == 0 || !slide.multipliedBy(times).equals(every)) {
            throw new IllegalArgumentException("The checkpoint interval of " + node(id).name()
                    + " must be a positive multiple of its slide (" + slide.toMillis() + " ms), but is " + every);
        }
    }

    /** How often a node has a batch. */
    private Duration slide(int id) {
        StreamNode node = node(id);
        Duration slide =
                node.parents().isEmpty() ? interval : slide(node.parents().get(0));
        return node.operator() instanceof PartitionOperator<?, ?, ?, ?> operator
                ? slide.multipliedBy(operator.slide())
                : slide;
    }

    private void checkNotFrozen() {
        if (frozen) {
            throw new IllegalStateException(
                    "Adding or changing streams and outputs after the context was started is not supported");
        }
    }
}
