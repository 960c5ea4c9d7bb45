// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.SourceOperator;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.TextBlock;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.stream.DStream;
import io.millrace.stream.StreamGraph;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The fused operators of level 0, without an engine around them: blocks go in, records for outputs come out. */
abstract class ChainFixture {

    static final BatchTime BATCH = new BatchTime(1_000);
    static final BatchTime ZERO = new BatchTime(0);
    static final int MAX_LINE_BYTES = 20;

    final StreamGraph graph = new StreamGraph(Duration.ofSeconds(1));
    MalformedText malformed = MalformedText.REPLACE;

    record Nothing() implements Receiver<String> {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.lines(Source.empty());
        }
    }

    /** An output that does nothing: what it would get is read from the chain. */
    record End<T>(String kind, int limit) implements OutputOperator<T> {
        @Override
        public void write(BatchTime time, List<T> records) {}
    }

    DStream<String> input() {
        return new DStream<>(
                graph,
                graph.add(new SourceOperator<>(new Nothing(), OptionalInt.empty()), List.of()),
                graph.interval());
    }

    static <T> int output(DStream<T> stream) {
        stream.output(new End<>("end", Integer.MAX_VALUE));
        return stream.graph().nodes().size() - 1;
    }

    ChainSetup setup() {
        return ChainSetup.of(
                new PlannedJob(PhysicalPlan.of(graph.nodes(), 1_000), new VersionedValues()),
                new ExecutorSettings(1, 1, 1, 4, MAX_LINE_BYTES, malformed),
                new PartitionStates(InitialStates.NONE));
    }

    Chain chain() {
        return ChainBuilder.overBlocks(setup());
    }

    static TextBlock text(int number, byte[] bytes, TextChunk.Rejected... rejected) {
        return new TextBlock(
                new BlockInfo(new BlockId(0, 0, number), bytes.length, -1, 0, 0, 0),
                bytes,
                bytes.length,
                new Origins(List.of("10.0.0.1:5"), new int[] {0}, new long[] {700}),
                List.of(rejected),
                BlockBuffers.UNPOOLED);
    }

    static TextBlock text(String lines) {
        return text(0, lines.getBytes(StandardCharsets.UTF_8));
    }

    TaskResult run(TextBlock... blocks) throws Exception {
        return run(chain(), blocks);
    }

    static TaskResult run(Chain chain, TextBlock... blocks) throws Exception {
        chain.begin(BATCH, ZERO, 0);
        for (int i = 0; i < blocks.length; i++) {
            chain.mark(i);
            chain.source(0).run(blocks[i]);
        }
        return chain.result();
    }

    static List<Object> collected(TaskResult result, int output) {
        List<Object> all = new ArrayList<>();
        result.collected().stream()
                .filter(part -> part.output() == output)
                .sorted()
                .forEach(part -> all.addAll(part.records()));
        return all;
    }

    static String explodeOnB(String line) {
        if (line.equals("b")) {
            throw new IllegalStateException("I don't like\nb");
        }
        return line;
    }
}
