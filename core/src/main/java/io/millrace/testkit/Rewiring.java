// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.SourceOperator;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.driver.KeptOperator;
import io.millrace.runtime.driver.KeptRun;
import io.millrace.runtime.driver.Rerun;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.node.Environment;
import io.millrace.stream.StreamNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a job from its receivers and sinks: nothing comes but what was recorded, and what every operator emits is kept. */
final class Rewiring implements Environment.Replaying {

    private final KeptRun kept;
    private final Map<String, CollectedOutput<Object>> outputs = new LinkedHashMap<>();
    private final Map<String, CollectedOutput<Object>> operators = new LinkedHashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();
    private final Map<Integer, Integer> nodes = new HashMap<>();

    Rewiring(KeptRun kept) {
        this.kept = kept;
    }

    @Override
    public List<StreamNode> rewired(List<StreamNode> program) {
        match(program);
        List<StreamNode> all = new ArrayList<>();
        for (StreamNode node : program) {
            all.add(new StreamNode(
                    node.id(), node.name(), operator(node), node.parents(), node.callSite(), node.errors()));
        }
        for (StreamNode node : program) {
            if (!(node.operator() instanceof OutputOperator<?>)) {
                CollectedOutput<Object> emitted = new CollectedOutput<>();
                operators.put(node.name(), emitted);
                all.add(new StreamNode(
                        all.size(),
                        "replay of " + node.name(),
                        new Watching("replay", Integer.MAX_VALUE, false, emitted),
                        List.of(node.id()),
                        node.callSite(),
                        node.errors()));
            }
        }
        return all;
    }

    private io.millrace.operator.Operator operator(StreamNode node) {
        if (node.operator() instanceof SourceOperator<?> source) {
            return new SourceOperator<>(new Silent(source.receiver().name()), source.preferredExecutor());
        }
        if (node.operator() instanceof OutputOperator<?> output) {
            CollectedOutput<Object> given = new CollectedOutput<>();
            if (output.isReported()) {
                outputs.put(node.name(), given);
                limits.put(node.name(), output.limit());
            }
            return new Watching(output.kind(), output.limit(), output.isReported(), given);
        }
        return node.operator();
    }

    /** Finds the operators of the recording in the program, by their names. */
    private void match(List<StreamNode> program) {
        long inputs =
                kept.job().operators().stream().filter(KeptOperator::source).count();
        long found = program.stream()
                .filter(node -> node.operator() instanceof SourceOperator<?>)
                .count();
        if (inputs != found) {
            throw new IllegalStateException(
                    "The recorded job had " + inputs + " inputs, but the one to be replayed has " + found);
        }
        Map<String, Integer> byName = new HashMap<>();
        program.forEach(node -> byName.put(node.name(), node.id()));
        for (KeptOperator operator : kept.job().operators()) {
            Integer node = byName.get(operator.name());
            if (node != null) {
                nodes.put(operator.node(), node);
            } else if (hasState(operator)) {
                throw new IllegalStateException("The recording has a state of the operator " + operator.name()
                        + ", but the job to be replayed has no operator of this name, only " + byName.keySet());
            }
        }
    }

    private boolean hasState(KeptOperator operator) {
        return kept.states().stream().anyMatch(state -> state.node() == operator.node() && state.keys() > 0);
    }

    @Override
    public Rerun rerun() {
        List<NodeState> states = new ArrayList<>();
        for (NodeState state : kept.states()) {
            Integer node = nodes.get(state.node());
            if (node != null) {
                states.add(state.of(node));
            }
        }
        List<LostBatch> lost = new ArrayList<>();
        for (LostBatch one : kept.lost()) {
            Integer node = nodes.get(one.window());
            if (node != null) {
                lost.add(one.of(node));
            }
        }
        return new Rerun(
                kept.job().zero(),
                kept.batches().stream()
                        .map(batch -> new BatchClock.Due(batch.batch(), batch.absorbed()))
                        .toList(),
                states,
                lost);
    }

    /** What each output was given, by its name. */
    Map<String, CollectedOutput<Object>> outputs() {
        return outputs;
    }

    /** How many records of a batch an output looks at; an operator emits any number. */
    int limit(String name) {
        return limits.getOrDefault(name, Integer.MAX_VALUE);
    }

    /** What each operator emitted, by its name, in the order in which they were defined. */
    Map<String, CollectedOutput<Object>> operators() {
        return operators;
    }

    private record Watching(String kind, int limit, boolean isReported, CollectedOutput<Object> records)
            implements OutputOperator<Object> {
        @Override
        public void write(BatchTime time, List<Object> batch) {
            records.write(time, batch);
        }
    }

    private record Silent(String name) implements Receiver<Object> {
        @Override
        public Feed<Object> open(ReceiverContext context) {
            return Feed.records(Source.maybe());
        }
    }
}
