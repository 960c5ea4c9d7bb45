// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.plan;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Exchange;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.record.DeadLetterOperator;
import io.millrace.stream.StreamNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the physical plan of a graph. */
final class Planner {

    private final List<StreamNode> graph;
    private final long intervalMillis;
    private final Map<Integer, Set<Integer>> levels = new TreeMap<>();
    private final Set<Integer> exchanged = new TreeSet<>();
    private final Set<Integer> byKey = new TreeSet<>();

    Planner(List<StreamNode> graph, long intervalMillis) {
        this.graph = graph;
        this.intervalMillis = intervalMillis;
    }

    PhysicalPlan plan() {
        Set<Integer> afterDeadLetters = afterDeadLetters();
        for (StreamNode node : graph) {
            if (!afterDeadLetters.contains(node.id())) {
                place(node);
            }
        }
        Set<Integer> anyLevel = new TreeSet<>();
        levels.values().forEach(anyLevel::addAll);
        for (StreamNode node : graph) {
            if (node.operator() instanceof DeadLetterOperator) {
                levels.put(node.id(), anyLevel);
            } else if (afterDeadLetters.contains(node.id())) {
                checkNoDeadLetters(node);
                place(node);
            }
        }
        int count = levels.values().stream()
                        .flatMap(Set::stream)
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(0)
                + 1;
        return new PhysicalPlan(planNodes(), count, intervalMillis);
    }

    /** Dead letters may come from any level, so whatever is made of them is placed after everything else. */
    private Set<Integer> afterDeadLetters() {
        Set<Integer> after = new TreeSet<>();
        for (StreamNode node : graph) {
            if (node.operator() instanceof DeadLetterOperator
                    || node.parents().stream().anyMatch(after::contains)) {
                after.add(node.id());
            }
        }
        return after;
    }

    private static void checkNoDeadLetters(StreamNode node) {
        if (node.errors() == ErrorPolicy.DEAD_LETTER) {
            throw new IllegalStateException("The operator " + node.name() + " defined at " + node.callSite()
                    + " works on dead letters and cannot make dead letters itself; use SKIP or FAIL");
        }
    }

    private void place(StreamNode node) {
        Set<Integer> parentLevels = new TreeSet<>();
        node.parents().forEach(parent -> parentLevels.addAll(levels.getOrDefault(parent, Set.of())));
        if (node.operator() instanceof PartitionOperator<?, ?, ?, ?> operator) {
            boolean inPlace =
                    parentLevels.size() == 1 && !parentLevels.contains(0) && isWhereItShouldBe(node, operator);
            if (inPlace) {
                levels.put(node.id(), parentLevels);
            } else {
                exchanged.add(node.id());
                int below =
                        parentLevels.stream().mapToInt(Integer::intValue).max().orElse(0);
                levels.put(node.id(), Set.of(below + 1));
            }
            if (operator.keepsKeys() && operator.exchange() == Exchange.BY_KEY) {
                byKey.add(node.id());
            }
        } else if (node.parents().isEmpty()) {
            levels.put(node.id(), Set.of(0));
        } else {
            levels.put(node.id(), parentLevels);
            if (node.operator() instanceof RecordOperator<?, ?> operator
                    && operator.keepsKeys()
                    && byKey.containsAll(node.parents())) {
                byKey.add(node.id());
            }
        }
    }

    private boolean isWhereItShouldBe(StreamNode node, PartitionOperator<?, ?, ?, ?> operator) {
        return switch (operator.exchange()) {
            case BY_KEY -> byKey.containsAll(node.parents());
            case IN_PLACE -> true;
            case TO_ONE, EVENLY -> false;
        };
    }

    private List<PlanNode> planNodes() {
        Map<Integer, List<PlanNode.Consumer>> consumers = new TreeMap<>();
        for (StreamNode node : graph) {
            for (int input = 0; input < node.parents().size(); input++) {
                consumers
                        .computeIfAbsent(node.parents().get(input), id -> new ArrayList<>())
                        .add(new PlanNode.Consumer(node.id(), input));
            }
        }
        List<PlanNode> nodes = new ArrayList<>();
        for (StreamNode node : graph) {
            int slide = node.parents().isEmpty()
                    ? 1
                    : nodes.get(node.parents().get(0)).slide();
            if (node.operator() instanceof PartitionOperator<?, ?, ?, ?> operator) {
                slide *= operator.slide();
            }
            int parts = node.parents().stream()
                    .mapToInt(parent -> nodes.get(parent).parts())
                    .max()
                    .orElse(0);
            if (node.operator() instanceof PartitionOperator<?, ?, ?, ?> operator) {
                parts = switch (operator.exchange()) {
                    case BY_KEY -> PlanNode.AS_ENGINE;
                    case TO_ONE -> 1;
                    case EVENLY -> operator.partitions();
                    case IN_PLACE -> parts;
                };
            }
            nodes.add(new PlanNode(
                    node,
                    levels.getOrDefault(node.id(), Set.of()),
                    exchanged.contains(node.id()),
                    byKey.contains(node.id()),
                    parts,
                    slide,
                    consumers.getOrDefault(node.id(), List.of())));
        }
        return nodes;
    }
}
