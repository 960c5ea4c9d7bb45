// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Operator;
import io.millrace.operator.record.DeadLetterOperator;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators of a job and how they hang together; grows until the job starts.
 *
 * <p>Used by one thread until then, and not changed after.
 */
public final class StreamGraph {

    private final List<StreamNode> nodes = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
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

    void onError(int id, ErrorPolicy policy) {
        checkNotFrozen();
        nodes.set(id, nodes.get(id).withErrors(policy));
    }

    /** Forbids every further change, since the job starts. */
    public void freeze() {
        frozen = true;
    }

    private void checkNotFrozen() {
        if (frozen) {
            throw new IllegalStateException(
                    "Adding or changing streams and outputs after the context was started is not supported");
        }
    }
}
