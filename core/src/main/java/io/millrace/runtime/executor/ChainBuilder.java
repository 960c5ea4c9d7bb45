// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.record.DeadLetterOperator;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.FoldTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds one chain: from the operators that end it, backwards to those at which it begins. */
final class ChainBuilder {

    private final PhysicalPlan plan;
    private final ExecutorSettings settings;
    private final StepClasses classes;
    private final PartitionStates states;
    private final List<Tap> taps;
    private final Chain chain;
    private final int level;
    private final Map<Integer, Step<Object>> outs = new HashMap<>();
    private final Map<Integer, PartitionRoot> roots = new HashMap<>();

    private ChainBuilder(ChainSetup setup, int level, int partition) {
        this.plan = setup.plan();
        this.settings = setup.settings();
        this.classes = setup.classes();
        this.states = setup.states();
        this.taps = setup.taps();
        this.level = level;
        this.chain = new Chain(setup, level, partition);
    }

    /** The chain that runs over blocks. */
    static Chain overBlocks(ChainSetup setup) {
        ChainBuilder builder = new ChainBuilder(setup, 0, 0);
        builder.buildDeadLetters();
        for (PlanNode source : setup.plan().sources()) {
            builder.buildSource(source);
        }
        return builder.chain;
    }

    /** The chain that runs over one partition at a level. */
    static Chain overPartition(ChainSetup setup, int level, int partition) {
        ChainBuilder builder = new ChainBuilder(setup, level, partition);
        builder.buildDeadLetters();
        for (PlanNode root : setup.plan().rootsOf(level)) {
            builder.root(root);
        }
        return builder.chain;
    }

    private void buildDeadLetters() {
        for (PlanNode node : plan.nodes()) {
            if (node.node().operator() instanceof DeadLetterOperator
                    && node.levels().contains(level)) {
                chain.deadLetters(out(node));
            }
        }
    }

    private void buildSource(PlanNode source) {
        Step<Object> out = out(source);
        NodeGuard guard = new NodeGuard(source.node(), chain);
        LineCheck check = new LineCheck(settings.maxLineBytes(), settings.malformed(), source.id(), guard, chain);
        TextSource loop =
                classes.instantiate(source.id(), TextLoop.class, TextSource.class, out, chain.position(), check);
        chain.add(new SourceRoot(chain, out, loop, check));
    }

    /** Where the records of a node go: to all that take them, and to the outputs that are attached to it. */
    private Step<Object> out(PlanNode node) {
        Step<Object> known = outs.get(node.id());
        if (known != null) {
            return known;
        }
        List<Step<Object>> branches = new ArrayList<>();
        for (PlanNode.Consumer consumer : node.consumers()) {
            branches.add(in(plan.node(consumer.node()), consumer.input()));
        }
        for (Tap tap : taps) {
            if (tap.node() == node.id()) {
                branches.add(collector(tap.output(), tap.limit()));
            }
        }
        Step<Object> out;
        if (branches.isEmpty()) {
            out = record -> {};
        } else if (branches.size() == 1 && !node.isStateful()) {
            out = branches.get(0);
        } else {
            FanOut fanOut = new FanOut(branches, chain);
            chain.add(fanOut);
            out = fanOut;
        }
        outs.put(node.id(), out);
        return out;
    }

    /** Where a node takes the records of one of its parents. */
    @SuppressWarnings("unchecked")
    private Step<Object> in(PlanNode node, int input) {
        NodeContext context = context(node);
        if (node.node().operator() instanceof RecordOperator<?, ?> operator) {
            return ((RecordOperator<Object, Object>) operator).open(context, out(node));
        }
        if (node.node().operator() instanceof OutputOperator<?> output) {
            return collector(node.id(), output.limit());
        }
        if (node.exchanged()) {
            return writer(node, input, context);
        }
        PartitionRoot root = root(node);
        PartitionOperator<Object, Object, Object, Object> operator = node.partitioned();
        return root.foldsFirst() != null
                ? context.fresh(FoldWriter.class, operator, root.foldsFirst(), context.guard())
                : context.fresh(PartitionFeed.class, input, operator, root.task(), context.guard());
    }

    private OutputCollector collector(int output, int limit) {
        OutputCollector collector = new OutputCollector(output, level, limit);
        chain.add(collector);
        return collector;
    }

    private Step<Object> writer(PlanNode node, int input, NodeContext context) {
        PartitionOperator<Object, Object, Object, Object> operator = node.partitioned();
        var combiner = operator.combiner();
        if (combiner == null && operator.exchange() == Exchange.BY_KEY && operator.repeatsKeys()) {
            ExchangeWriter rows = classes.instantiate(
                    node.id(),
                    RepeatedKeyWriter.class,
                    ExchangeWriter.class,
                    node.id(),
                    input,
                    operator,
                    context.guard(),
                    settings.partitions());
            chain.add(rows);
            return rows;
        }
        if (combiner == null) {
            RowWriter rows = new RowWriter(node.id(), input, operator, context.guard(), settings.partitions());
            chain.add(rows);
            return rows;
        }
        FoldTable<Object, Object, Object> folds = foldTable(node);
        FlushableStep writer = classes.instantiate(
                node.id(),
                BufferedFoldWriter.class,
                FlushableStep.class,
                operator,
                folds,
                context.guard(),
                chain.position());
        FoldExchange exchange = new FoldExchange(node.id(), input, folds, writer, settings.partitions());
        chain.add(exchange);
        return writer;
    }

    @SuppressWarnings("unchecked")
    private static FoldTable<Object, Object, Object> foldTable(PlanNode node) {
        return new FoldTable<>((io.millrace.operator.Combiner<Object, Object>)
                java.util.Objects.requireNonNull(node.partitioned().combiner()));
    }

    /** The operator on this chain's partition. */
    private PartitionRoot root(PlanNode node) {
        PartitionRoot known = roots.get(node.id());
        if (known != null) {
            return known;
        }
        PartitionTask<Object, Object> task = node.partitioned().open(context(node), out(node));
        boolean folds = !node.exchanged() && node.partitioned().combiner() != null;
        PartitionRoot root = new PartitionRoot(node, task, folds ? foldTable(node) : null);
        roots.put(node.id(), root);
        chain.add(root);
        return root;
    }

    private NodeContext context(PlanNode node) {
        return new NodeContext(
                node,
                chain,
                classes,
                states,
                plan.parentSlideMillis(node),
                plan.parts(node, chain.partition(), settings.partitions()),
                settings.partitions());
    }
}
