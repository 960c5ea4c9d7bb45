// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.operator.BatchTime;
import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.operator.SourceOperator;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.stream.DStream;
import io.millrace.stream.StreamGraph;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Blocks go in, records for outputs come out: the fused operators of level 0, without an engine around them. */
class ChainTest {

    private static final BatchTime BATCH = new BatchTime(1_000);
    private static final BatchTime ZERO = new BatchTime(0);
    private static final int MAX_LINE_BYTES = 20;

    private final StreamGraph graph = new StreamGraph(Duration.ofSeconds(1));
    private MalformedText malformed = MalformedText.REPLACE;

    private record Nothing() implements Receiver<String> {
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
    private record End<T>(String kind, int limit) implements OutputOperator<T> {
        @Override
        public void write(BatchTime time, List<T> records) {}
    }

    private DStream<String> input() {
        return new DStream<>(
                graph,
                graph.add(new SourceOperator<>(new Nothing(), OptionalInt.empty()), List.of()),
                graph.interval());
    }

    private static <T> int output(DStream<T> stream) {
        stream.output(new End<>("end", Integer.MAX_VALUE));
        return stream.graph().nodes().size() - 1;
    }

    private ChainSetup setup() {
        return ChainSetup.of(
                new PlannedJob(PhysicalPlan.of(graph.nodes(), 1_000), new VersionedValues()),
                new ExecutorSettings(1, 1, 1, 4, MAX_LINE_BYTES, malformed),
                new PartitionStates(InitialStates.NONE));
    }

    private Chain chain() {
        return ChainBuilder.overBlocks(setup());
    }

    private static TextBlock text(int number, byte[] bytes, TextChunk.Rejected... rejected) {
        return new TextBlock(
                new BlockInfo(new BlockId(0, 0, number), bytes.length, -1, 0, 0, 0),
                bytes,
                bytes.length,
                new Origins(List.of("10.0.0.1:5"), new int[] {0}, new long[] {700}),
                List.of(rejected),
                BlockBuffers.UNPOOLED);
    }

    private static TextBlock text(String lines) {
        return text(0, lines.getBytes(StandardCharsets.UTF_8));
    }

    private TaskResult run(TextBlock... blocks) throws Exception {
        return run(chain(), blocks);
    }

    private static TaskResult run(Chain chain, TextBlock... blocks) throws Exception {
        chain.begin(BATCH, ZERO, 0);
        for (int i = 0; i < blocks.length; i++) {
            chain.mark(i);
            chain.source(0).run(blocks[i]);
        }
        return chain.result();
    }

    private static List<Object> collected(TaskResult result, int output) {
        List<Object> all = new ArrayList<>();
        result.collected().stream()
                .filter(part -> part.output() == output)
                .sorted()
                .forEach(part -> all.addAll(part.records()));
        return all;
    }

    // ---- lines ----

    @Test
    void aLineEndsAtANewlineWithOrWithoutACarriageReturn() throws Exception {
        int out = output(input());

        TaskResult result = run(text("a\nb\r\n\n\r\n\r\r\nc\rd\n \n"));

        assertThat(collected(result, out)).containsExactly("a", "b", "", "", "\r", "c\rd", " ");
        assertThat(result.totals().records()).isEqualTo(7);
    }

    @Test
    void aBlockWhoseLastLineHasNoNewlineHasItAllTheSame() throws Exception {
        int out = output(input());

        assertThat(collected(run(text("a\nb")), out)).containsExactly("a", "b");
        assertThat(collected(run(text("")), out)).isEmpty();
    }

    @Test
    void onlyTheBytesThatCountAreRead() throws Exception {
        int out = output(input());
        byte[] bytes = "a\nb\nold\n".getBytes(StandardCharsets.UTF_8);
        TextBlock block = new TextBlock(
                new BlockInfo(new BlockId(0, 0, 0), 4, -1, 0, 0, 0),
                bytes,
                4,
                new Origins(List.of(), new int[0], new long[0]),
                List.of(),
                BlockBuffers.UNPOOLED);

        assertThat(collected(run(block), out)).containsExactly("a", "b");
    }

    @Test
    void textOfAnyScriptIsDecoded() throws Exception {
        int out = output(input());

        TaskResult result = run(text("größe\n日本\n😀\n\uFFFD\n"));

        assertThat(collected(result, out)).containsExactly("größe", "日本", "😀", "\uFFFD");
        assertThat(result.totals().malformed()).as("U+FFFD itself is good text").isZero();
    }

    @Test
    void badBytesAreReplacedAndCounted() throws Exception {
        int out = output(input());

        TaskResult result = run(text(0, new byte[] {'a', (byte) 0xC3, '\n', 'b', '\n', (byte) 0xFF, '\n'}));

        assertThat(collected(result, out)).containsExactly("a\uFFFD", "b", "\uFFFD");
        assertThat(result.totals().malformed()).isEqualTo(2);
        assertThat(result.totals().records()).isEqualTo(3);
    }

    @Test
    void badBytesGoToTheDeadLettersIfThatIsTheRule() throws Exception {
        malformed = MalformedText.DEAD_LETTER;
        DStream<String> lines = input();
        int out = output(lines);
        int dead = output(lines.deadLetters());

        TaskResult result = run(text(0, new byte[] {'a', '\n', (byte) 0xFF, '\n', 'c', '\n'}));

        assertThat(collected(result, out)).containsExactly("a", "c");
        assertThat(collected(result, dead)).singleElement().isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.record()).as("the line as it came").isEqualTo(new byte[] {(byte) 0xFF});
            assertThat(letter.failed().ordinal()).isEqualTo(1);
            assertThat(letter.failed().position()).isEqualTo("10.0.0.1:5 byte 702");
            assertThat(letter.failed().cause()).isEqualTo("the line is not UTF-8");
        });
        assertThat(result.totals().deadLetters()).isEqualTo(1);
        assertThat(result.totals().malformed()).isEqualTo(1);
    }

    @Test
    void badBytesFailTheBatchIfThatIsTheRule() throws Exception {
        malformed = MalformedText.FAIL;
        DStream<String> lines = input();
        output(lines);

        TaskResult result = run(text(0, new byte[] {'a', '\n', (byte) 0xFF, '\n', 'c', '\n'}));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(lines.node());
            assertThat(failure.failed().ordinal()).isEqualTo(1);
        });
    }

    @Test
    void aLineOverTheLimitIsSetAside() throws Exception {
        DStream<String> lines = input();
        int out = output(lines);
        int dead = output(lines.deadLetters());
        String exact = "x".repeat(MAX_LINE_BYTES);

        TaskResult result = run(text(exact + "\r\n" + exact + "y\nz\n"));

        assertThat(collected(result, out)).containsExactly(exact, "z");
        assertThat(collected(result, dead))
                .singleElement()
                .isInstanceOfSatisfying(
                        DeadLetter.class,
                        letter -> assertThat(letter.failed().cause())
                                .isEqualTo("the line has 21 bytes, more than max-line-bytes = 20"));
        assertThat(result.totals().rejected()).isEqualTo(1);
    }

    @Test
    void aLineThatTheReceiverDidNotTakeIsADeadLetterToo() throws Exception {
        DStream<String> lines = input();
        output(lines);
        int dead = output(lines.deadLetters());
        CRC32C crc = new CRC32C();
        crc.update(new byte[] {1, 2, 3});
        TextChunk.Rejected rejected =
                new TextChunk.Rejected("10.0.0.1:5", 12, 4_000, ByteString.fromString("begin"), (int) crc.getValue());

        TaskResult result = run(text(0, "a\n".getBytes(StandardCharsets.UTF_8), rejected));

        assertThat(collected(result, dead)).singleElement().isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.record()).isEqualTo(new CutLine("begin", 4_000, (int) crc.getValue()));
            assertThat(letter.failed().cause())
                    .isEqualTo("the line at 10.0.0.1:5 byte 12 has 4000 bytes, more than max-line-bytes = 20 (crc32c "
                            + Integer.toHexString((int) crc.getValue()) + ")");
        });
        assertThat(result.totals().rejected()).isEqualTo(1);
    }

    // ---- records ----

    @Test
    void blocksOfObjectsAreReadAsTheyAre() throws Exception {
        int out = output(input());
        Chain chain = chain();
        chain.begin(BATCH, ZERO, 0);
        chain.mark(0);

        chain.source(0)
                .run(new RecordBlock(new BlockInfo(new BlockId(0, 0, 0), 2, 2, 0, 0, 0), new Object[] {"a", "b"}));

        TaskResult result = chain.result();
        assertThat(collected(result, out)).containsExactly("a", "b");
        assertThat(result.totals().records()).isEqualTo(2);
    }

    @Test
    void operatorsAreFusedInOrder() throws Exception {
        int out = output(input().flatMap(line -> List.of(line.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .mapToPair(word -> Pair.of(word, 1))
                .mapValues(one -> one * 2));

        assertThat(collected(run(text("b a\n\nb\n")), out))
                .containsExactly(Pair.of("b", 2), Pair.of("a", 2), Pair.of("b", 2));
    }

    @Test
    void aChainIsUsedAgainForTheNextBatch() throws Exception {
        int out = output(input().map(line -> line + "!"));
        Chain chain = chain();

        run(chain, text("a\n"));
        TaskResult second = run(chain, text("b\n"));

        assertThat(collected(second, out)).containsExactly("b!");
        assertThat(second.totals().records()).isEqualTo(1);
    }

    @Test
    void anOutputThatLooksAtTheFirstRecordsOnlyIsBroughtNoMore() throws Exception {
        DStream<String> lines = input();
        lines.output(new End<>("short", 2));

        TaskResult result = run(text(0, "a\n".getBytes(StandardCharsets.UTF_8)), text("b\nc\nd\n"));

        assertThat(collected(result, 1)).containsExactly("a", "b");
        assertThat(result.collected()).extracting(Collected::ordinal).containsExactly(0, 1);
    }

    @Test
    void equalKeysLeaveForOnePartitionFolded() throws Exception {
        input().flatMap(line -> List.of(line.split(" ", -1))).countByValue().output(new End<>("end", 10));

        TaskResult result = run(text("a b a\n"), text("c a\n"));

        assertThat(result.shuffles()).allMatch(shuffle -> shuffle.rows().isKeyed());
        assertThat(result.shuffles().stream()
                        .mapToInt(shuffle -> shuffle.rows().size())
                        .sum())
                .as("one row per key")
                .isEqualTo(3);
        assertThat(result.collected()).isEmpty();
    }

    // ---- taps ----

    private Chain chain(Tap... taps) {
        return ChainBuilder.overBlocks(setup().with(List.of(taps)));
    }

    @Test
    void aTapCollectsTheRecordsOfItsNodeInOrder() throws Exception {
        DStream<String> lines = input();
        DStream<String> wanted = lines.filter(line -> !line.equals("b"));
        int out = output(wanted.map(line -> line + "!"));
        DStream<String> untaken = lines.map(line -> line + "?");

        TaskResult result = run(
                chain(new Tap(10, lines.node(), 2), new Tap(11, wanted.node(), 9), new Tap(12, untaken.node(), 9)),
                text("a\nb\nc\n"));

        assertThat(collected(result, 10)).as("no more than the limit").containsExactly("a", "b");
        assertThat(collected(result, 11)).containsExactly("a", "c");
        assertThat(collected(result, 12)).containsExactly("a?", "b?", "c?");
        assertThat(collected(result, out)).containsExactly("a!", "c!");
    }

    @Test
    void aTapGoesOnWhenWhatComesAfterItFails() throws Exception {
        DStream<String> lines = input();
        DStream<String> mapped = lines.map(ChainTest::explodeOnB);
        output(mapped);

        TaskResult result = run(chain(new Tap(10, lines.node(), 9), new Tap(11, mapped.node(), 9)), text("a\nb\nc\n"));

        assertThat(collected(result, 10)).containsExactly("a", "b", "c");
        assertThat(result.failures()).extracting(NodeFailure::node).containsExactly(mapped.node());
    }

    @Test
    void chainsAreMadeAnewWhenTheTapsChangeAndOnlyThen() {
        DStream<String> lines = input();
        output(lines);
        ChainPool pool = new ChainPool(setup());
        Chain before = pool.takeOverBlocks();
        pool.give(before);
        pool.prepare(List.of());
        assertThat(pool.takeOverBlocks()).isSameAs(before);

        pool.prepare(List.of(new Tap(10, lines.node(), 9)));
        pool.give(before);
        Chain tapped = pool.takeOverBlocks();
        pool.prepare(List.of(new Tap(10, lines.node(), 9)));
        pool.give(tapped);

        assertThat(tapped).isNotSameAs(before);
        assertThat(tapped.taps()).hasSize(1);
        assertThat(pool.takeOverBlocks()).isSameAs(tapped);
        pool.prepare(List.of());
        assertThat(pool.takeOverBlocks().taps()).isEmpty();
    }

    // ---- errors ----

    private static String explodeOnB(String line) {
        if (line.equals("b")) {
            throw new IllegalStateException("I don't like\nb");
        }
        return line;
    }

    @Test
    void aFailureNamesTheRecordAndItsPlace() throws Exception {
        DStream<String> mapped = input().map(ChainTest::explodeOnB).named("likes");
        output(mapped);

        TaskResult result = run(
                text(0, "a\n".getBytes(StandardCharsets.UTF_8)), text(1, "c\nb\nd\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(mapped.node());
            assertThat(failure.cause()).isInstanceOf(IllegalStateException.class);
            assertThat(failure.failed())
                    .isEqualTo(new FailedRecord(
                            BATCH,
                            "input-0-0-1",
                            1,
                            "10.0.0.1:5 byte 702",
                            "likes",
                            graph.node(mapped.node()).callSite().toString(),
                            "b",
                            "java.lang.IllegalStateException: I don't like\\nb"));
        });
    }

    @Test
    void recordsThatAreSkippedAreCountedAndTheRestGoesOn() throws Exception {
        int out = output(input().map(ChainTest::explodeOnB).onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\nb\nc\nb\n"));

        assertThat(collected(result, out)).containsExactly("a", "c");
        assertThat(result.totals().skipped()).isEqualTo(2);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void recordsThatAreSetAsideComeOutAsDeadLetters() throws Exception {
        DStream<String> mapped = input().map(ChainTest::explodeOnB).onError(ErrorPolicy.DEAD_LETTER);
        int out = output(mapped);
        int dead = output(mapped.deadLetters()
                .map(letter -> letter.record() + "@" + letter.failed().ordinal()));

        TaskResult result = run(text("a\nb\nc\n"));

        assertThat(collected(result, out)).containsExactly("a", "c");
        assertThat(collected(result, dead)).containsExactly("b@1");
        assertThat(result.totals().deadLetters()).isEqualTo(1);
    }

    @Test
    void deadLettersThatNobodyWantsAreCountedOnly() throws Exception {
        output(input().map(ChainTest::explodeOnB).onError(ErrorPolicy.DEAD_LETTER));

        TaskResult result = run(text("b\n"));

        assertThat(result.totals().deadLetters()).isEqualTo(1);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void anOperatorOnDeadLettersThatFailsFailsOnce() throws Exception {
        DStream<String> mapped = input().map(ChainTest::explodeOnB).onError(ErrorPolicy.DEAD_LETTER);
        int out = output(mapped);
        DStream<Object> bad = mapped.deadLetters().map(letter -> {
            throw new UnsupportedOperationException();
        });
        output(bad);

        TaskResult result = run(text("b\na\nb\nb\n"));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.node()).isEqualTo(bad.node()));
        assertThat(collected(result, out)).containsExactly("a");
    }

    @Test
    void aBranchThatFailsDoesNotStopTheOthers() throws Exception {
        DStream<String> lines = input();
        int good = output(lines.map(line -> line + "!"));
        DStream<String> bad = lines.map(ChainTest::explodeOnB);
        output(bad);

        TaskResult result = run(text("a\nb\nc\nb\n"));

        assertThat(collected(result, good)).containsExactly("a!", "b!", "c!", "b!");
        assertThat(result.failures()).extracting(NodeFailure::node).containsExactly(bad.node());
    }

    @Test
    void anInputWhoseOnlyBranchFailedIsReadNoFurther() throws Exception {
        List<String> called = new ArrayList<>();
        output(input().map(line -> {
            called.add(line);
            return explodeOnB(line);
        }));

        TaskResult result = run(text("a\nb\nc\n"), text("d\n"));

        assertThat(called).containsExactly("a", "b");
        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void anExceptionWhoseTextCannotBeMadeIsToldAllTheSame() throws Exception {
        output(input().map(line -> {
            throw new RuntimeException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message");
                }
            };
        }));

        TaskResult result = run(text("a\n"));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failed().cause())
                        .contains("whose toString throws java.lang.IllegalStateException"));
    }

    @Test
    void aStackThatOverflowsIsAnErrorOfTheRecord() throws Exception {
        int out = output(input().map(ChainTest::endless).onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\n"));

        assertThat(collected(result, out)).isEmpty();
        assertThat(result.totals().skipped()).isEqualTo(1);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String endless(String line) {
        return endless(line) + line;
    }

    @Test
    void whenMemoryRunsOutNoPolicyApplies() {
        output(input().map(line -> {
                    throw new OutOfMemoryError("not really");
                })
                .onError(ErrorPolicy.SKIP));

        assertThatThrownBy(() -> run(text("a\n"))).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aFunctionThatIteratesAndFailsKeepsWhatItHadGiven() throws Exception {
        int out = output(input().flatMap(line -> lazily(List.of(1, 2, 0, 4), divisor -> 4 / divisor))
                .onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\n"));

        assertThat(collected(result, out)).containsExactly(4, 2);
        assertThat(result.totals().skipped()).isEqualTo(1);
    }

    /** A list whose elements are made when they are asked for. */
    private static List<Integer> lazily(List<Integer> numbers, UnaryOperator<Integer> function) {
        return new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return function.apply(numbers.get(index));
            }

            @Override
            public int size() {
                return numbers.size();
            }
        };
    }

    @Test
    void aKeyWithoutAStableHashFailsAtItsRecord() throws Exception {
        DStream<Pair<Object, Long>> counts = input().<Object>map(line -> line.equals("b") ? new Object() : line)
                .countByValue();
        counts.output(new End<>("end", 10));

        TaskResult result = run(text("a\nb\n"));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(counts.node());
            assertThat(failure.failed().cause()).contains("java.lang.Object has none");
            assertThat(failure.failed().ordinal()).isEqualTo(1);
        });
    }

    @Test
    void aFoldThatFailsNamesTheRecordAndNotALaterOne() throws Exception {
        DStream<Pair<String, Integer>> sums = input().mapToPair(line -> Pair.of("k", Integer.parseInt(line)))
                .reduceByKey((left, right) -> {
                    if (right == 3) {
                        throw new ArithmeticException("three");
                    }
                    return left + right;
                });
        sums.output(new End<>("end", 10));

        TaskResult result = run(text("1\n2\n3\n4\n5\n"));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(sums.node());
            assertThat(failure.failed().record()).isEqualTo("(k,3)");
            assertThat(failure.failed().ordinal()).isEqualTo(2);
            assertThat(failure.failed().position()).isEqualTo("10.0.0.1:5 byte 704");
        });
    }

    /** Once there are thousands of keys, records are noted first and folded together: that must not blur where an error was. */
    @Test
    void aFoldOverManyKeysNamesTheRecordThatFailsAllTheSame() throws Exception {
        DStream<Pair<String, Integer>> sums = input().mapToPair(line -> Pair.of(line, 1))
                .reduceByKey((left, right) -> {
                    if (left == 2) {
                        throw new ArithmeticException("three of a kind");
                    }
                    return left + right;
                })
                .onError(ErrorPolicy.DEAD_LETTER);
        sums.output(new End<>("end", 10));
        int dead = output(sums.deadLetters());
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append('k').append(10_000 + i).append('\n');
        }
        TextBlock keys = text(0, many.toString().getBytes(StandardCharsets.UTF_8));
        TextBlock thrice = text(1, "k10007\nk10008\nk10007\nk10009\n".getBytes(StandardCharsets.UTF_8));

        TaskResult result = run(keys, thrice);

        assertThat(collected(result, dead)).singleElement().isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.record()).isEqualTo(Pair.of("k10007", 1));
            assertThat(letter.failed().block()).isEqualTo("input-0-0-1");
            assertThat(letter.failed().ordinal()).isEqualTo(2);
            assertThat(letter.failed().position()).isEqualTo("10.0.0.1:5 byte 714");
        });
        assertThat(result.shuffles().stream()
                        .mapToInt(shuffle -> shuffle.rows().size())
                        .sum())
                .isEqualTo(10_000);
    }
}
