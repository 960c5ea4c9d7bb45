// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.RecordPlace;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.Origins;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import io.millrace.stream.DStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What comes out of the fused operators of level 0. */
class ChainTest extends ChainFixture {

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
        DStream<String> mapped = lines.map(ChainFixture::explodeOnB);
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

    /** Puts the place of each line behind it. */
    private record Places() implements RecordOperator<String, String> {
        @Override
        public String kind() {
            return "places";
        }

        @Override
        public Step<String> open(StepContext context, Step<String> out) {
            return line -> out.push(line + " " + context.place());
        }
    }

    @Test
    void aStepMayAskWhereTheRecordItIsAtCameFrom() throws Exception {
        int out = output(input().apply(new Places()));

        TaskResult result = run(
                text(0, "a\n".getBytes(StandardCharsets.UTF_8)), text(1, "c\nb\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(collected(result, out))
                .containsExactly(
                        "a " + new RecordPlace("input-0-0-0", 0, "10.0.0.1:5 byte 700"),
                        "c " + new RecordPlace("input-0-0-1", 0, "10.0.0.1:5 byte 700"),
                        "b " + new RecordPlace("input-0-0-1", 1, "10.0.0.1:5 byte 702"));
    }
}
