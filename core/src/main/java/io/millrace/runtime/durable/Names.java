// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.operator.OutputOperator;
import io.millrace.operator.SourceOperator;
import io.millrace.runtime.durable.JournalEntry.NamedNode;
import io.millrace.runtime.durable.JournalEntry.Role;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The operators of a job by their names, which a later run of it has too, though their numbers may be others. */
public final class Names {

    private final List<NamedNode> nodes;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> streams = new HashMap<>();

    private Names(List<NamedNode> nodes) {
        this.nodes = List.copyOf(nodes);
        for (NamedNode node : nodes) {
            numbers.put(node.name(), node.node());
            if (node.role() == Role.SOURCE) {
                streams.put(node.name(), streams.size());
            }
        }
    }

    /** The names of a plan's operators. */
    public static Names of(PhysicalPlan plan) {
        List<NamedNode> nodes = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            nodes.add(new NamedNode(node.id(), node.node().name(), role(node)));
        }
        return new Names(nodes);
    }

    /** The names of a run, as it has logged them. */
    public static Names of(List<NamedNode> nodes) {
        return new Names(nodes);
    }

    private static Role role(PlanNode node) {
        if (node.node().operator() instanceof SourceOperator<?>) {
            return Role.SOURCE;
        }
        if (node.node().operator() instanceof OutputOperator<?>) {
            return Role.OUTPUT;
        }
        return node.isStateful() ? Role.STATE : Role.OTHER;
    }

    /** All operators. */
    public List<NamedNode> nodes() {
        return nodes;
    }

    /** The number of an operator; empty if there is none of that name. */
    public OptionalInt node(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The number of an input stream, from 0; empty if there is none of that name. */
    public OptionalInt stream(String name) {
        Integer number = streams.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The operator of a number; empty if there is none. */
    public Optional<NamedNode> named(int number) {
        return nodes.stream().filter(node -> node.node() == number).findFirst();
    }

    /** The name of an input stream. */
    public String streamName(int stream) {
        return nodes.stream()
                .filter(node -> node.role() == Role.SOURCE)
                .skip(stream)
                .findFirst()
                .map(NamedNode::name)
                .orElse("input " + stream);
    }
}
