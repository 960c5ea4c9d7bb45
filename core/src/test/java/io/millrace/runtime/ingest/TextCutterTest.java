// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import io.millrace.SeededRandom;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockBuffers;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.TextBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCutterTest {

    private final BlockBuffers buffers = new BlockBuffers(16, 8);
    private final List<TextBlock> cut = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private List<List<OffsetRange>> replays = List.of();
    private final Receipts receipts = new Receipts((message, cause) -> read.add(message));

    private TextCutter cutter(int maxRecords) {
        return new TextCutter(
                new BlockNumbers(3, 1),
                buffers,
                maxRecords,
                false,
                receipts,
                (origin, end) -> read.add(origin + " " + end),
                replays);
    }

    private TextCutter cutter() {
        return cutter(Integer.MAX_VALUE);
    }

    private void take(Block block) {
        cut.add((TextBlock) block);
    }

    private static TextChunk chunk(String lines, long position) {
        return new TextChunk(ByteString.fromString(lines), "origin", position, List.of());
    }

    private static String text(TextBlock block) {
        return new String(block.bytes(), 0, block.length(), StandardCharsets.UTF_8);
    }

    private static TextChunk.Rejected rejected(long position) {
        return new TextChunk.Rejected("origin", position, 5_000, ByteString.fromString("long"), 17);
    }

    @Test
    void linesAreCountedIfTheyAreToBeAndOnlyThen() {
        TextCutter counting = new TextCutter(
                new BlockNumbers(3, 1), buffers, Integer.MAX_VALUE, true, receipts, (origin, end) -> {}, List.of());

        counting.add(chunk("a\nbb\n\n", 0), 5, this::take);
        assertThat(counting.lastRecords()).isEqualTo(3);
        counting.add(chunk("ccccccccccc\n", 6), 6, this::take);
        assertThat(counting.lastRecords()).isEqualTo(1);
        counting.seal(9, this::take);
        assertThat(cut).extracting(block -> block.info().records()).containsExactly(3L, 1L);

        TextCutter cutter = cutter();
        cutter.add(chunk("a\nb\n", 0), 5, this::take);
        assertThat(cutter.lastRecords()).isZero();
    }

    private static TextChunk numbered(String lines, String split, long from, long to) {
        return new TextChunk(
                ByteString.fromString(lines), split, from, List.of(), Optional.of(new OffsetRange(split, from, to)));
    }

    @Test
    void rangesThatContinueEachOtherAreOne() {
        TextCutter cutter = cutter();
        cutter.add(numbered("a\n", "one", 1, 2), 5, this::take);
        cutter.add(numbered("x\n", "two", 7, 8), 5, this::take);
        cutter.add(numbered("b\n", "one", 2, 3), 5, this::take);
        cutter.add(numbered("", "gone", 0, 0), 5, this::take);
        cutter.add(numbered("c\n", "one", 9, 10), 5, this::take);
        cutter.seal(9, this::take);

        assertThat(cut.get(0).info().ranges())
                .containsExactly(
                        new OffsetRange("one", 1, 3),
                        new OffsetRange("two", 7, 8),
                        new OffsetRange("gone", 0, 0),
                        new OffsetRange("one", 9, 10));
    }

    @Test
    void aRangeWithoutLinesGoesWithTheNextBlock() {
        TextCutter cutter = cutter();
        cutter.add(numbered("", "gone", 0, 0), 5, this::take);
        cutter.seal(6, this::take);
        assertThat(cut).isEmpty();

        cutter.add(numbered("a\n", "one", 1, 2), 7, this::take);
        cutter.seal(9, this::take);
        assertThat(cut.get(0).info().ranges())
                .containsExactly(new OffsetRange("gone", 0, 0), new OffsetRange("one", 1, 2));
    }

    @Test
    void blocksThatAreReadAgainAreCutWhereTheyWereHoweverTheyCome() {
        List<OffsetRange> first = List.of(new OffsetRange("one", 0, 40), new OffsetRange("two", 0, 4));
        List<OffsetRange> second = List.of(new OffsetRange("two", 4, 6));
        replays = List.of(first, second);
        TextCutter cutter = cutter();
        for (int at = 0; at < 40; at += 10) {
            cutter.add(numbered("123456789\n", "one", at, at + 10), 5, this::take);
            cutter.seal(6, this::take);
        }
        assertThat(cutter.isEmpty()).isFalse();
        cutter.add(numbered("abc\n", "two", 0, 4), 7, this::take);
        cutter.add(numbered("d\n", "two", 4, 6), 7, this::take);
        assertThat(cutter.isEmpty()).isTrue();
        cutter.add(numbered("e\n", "two", 6, 8), 7, this::take);
        cutter.seal(9, this::take);

        assertThat(cut)
                .extracting(block -> block.info().ranges())
                .containsExactly(first, second, List.of(new OffsetRange("two", 6, 8)));
        assertThat(text(cut.get(0))).isEqualTo("123456789\n".repeat(4) + "abc\n");
        assertThat(cut).extracting(block -> block.info().bytes()).containsExactly(44L, 2L, 2L);
    }

    @Test
    void linesAreKeptUntilTheyAreSealed() {
        TextCutter cutter = cutter();
        assertThat(cutter.isEmpty()).isTrue();

        assertThat(cutter.add(chunk("ab\n", 0), 5, this::take)).isEqualTo(3);
        assertThat(cutter.add(chunk("c\n", 3), 6, this::take)).isEqualTo(2);
        assertThat(cut).isEmpty();
        assertThat(cutter.isEmpty()).isFalse();
        cutter.seal(9, this::take);

        TextBlock block = cut.get(0);
        assertThat(text(block)).isEqualTo("ab\nc\n");
        assertThat(block.info().id()).isEqualTo(new BlockId(3, 1, 0));
        assertThat(block.info().bytes()).isEqualTo(5);
        assertThat(block.info().records()).as("lines are not counted").isEqualTo(-1);
        assertThat(block.info().firstMicros()).isEqualTo(5);
        assertThat(block.info().sealedMicros()).isEqualTo(9);
        assertThat(cutter.isEmpty()).isTrue();
    }

    @Test
    void nothingIsSealedWhenThereIsNothing() {
        cutter().seal(9, this::take);

        assertThat(cut).isEmpty();
    }

    @Test
    void blocksAreNumberedInOrder() {
        TextCutter cutter = cutter();
        for (int i = 0; i < 3; i++) {
            cutter.add(chunk("a\n", 0), 0, this::take);
            cutter.seal(0, this::take);
        }

        assertThat(cut).extracting(block -> block.info().id().number()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aBlockThatIsFilledExactlyIsCutAtOnceAndNotCopied() {
        TextCutter cutter = cutter();
        byte[] pooled = new byte[16];
        buffers.give(pooled);

        cutter.add(chunk("0123456\n", 0), 1, this::take);
        cutter.add(chunk("7654321\n", 8), 2, this::take);

        assertThat(cut).hasSize(1);
        assertThat(cut.get(0).length()).isEqualTo(16);
        assertThat(cutter.isEmpty()).isTrue();
        cut.get(0).release();
        cutter.add(chunk("0123456\n0123456\n", 16), 3, this::take);
        assertThat(cut.get(1).bytes()).as("the next buffer comes from the pool").isSameAs(pooled);
    }

    @Test
    void aBlockIsCutBeforeTheChunkThatDoesNotFit() {
        TextCutter cutter = cutter();
        cutter.add(chunk("0123456789\n", 0), 1, this::take);

        cutter.add(chunk("abcdef\n", 11), 2, this::take);
        cutter.seal(3, this::take);

        assertThat(cut).extracting(TextCutterTest::text).containsExactly("0123456789\n", "abcdef\n");
        assertThat(cut.get(0).info().sealedMicros()).isEqualTo(2);
        assertThat(cut.get(1).info().firstMicros()).isEqualTo(2);
    }

    @Test
    void aChunkLargerThanABlockIsABlockOfItsOwn() {
        TextCutter cutter = cutter();
        cutter.add(chunk("ab\n", 0), 1, this::take);

        cutter.add(chunk("0123456789012345678901234567890\n", 3), 2, this::take);
        cutter.add(chunk("cd\n", 35), 3, this::take);
        cutter.seal(4, this::take);

        assertThat(cut)
                .extracting(TextCutterTest::text)
                .containsExactly("ab\n", "0123456789012345678901234567890\n", "cd\n");
        assertThat(cut.get(1).info().firstMicros()).isEqualTo(2);
        assertThat(cut.get(2).info().firstMicros()).isEqualTo(3);
    }

    @Test
    void aBlockThatIsNotHalfFullIsCopiedSoThatTheLargeArrayStays() {
        TextCutter cutter = cutter();
        cutter.add(chunk("ab\n", 0), 0, this::take);
        cutter.seal(0, this::take);

        assertThat(cut.get(0).bytes()).hasSize(3);
        cutter.add(chunk("xy\n", 3), 0, this::take);
        assertThat(text(cut.get(0))).as("the buffer is written again").isEqualTo("ab\n");
    }

    @Test
    void linesAreCountedIfTheyAreBounded() {
        TextCutter cutter = cutter(2);

        cutter.add(chunk("a\nb\nc\nd\ne\n", 100), 7, this::take);

        assertThat(cut).extracting(TextCutterTest::text).containsExactly("a\nb\n", "c\nd\n");
        assertThat(cut).extracting(block -> block.info().records()).containsExactly(2L, 2L);
        cutter.seal(8, this::take);
        assertThat(cut.get(2).info().records()).isEqualTo(1);
        assertThat(cut.get(1).origins().describe(0)).isEqualTo("origin byte 104");
        assertThat(cut.get(2).origins().describe(0)).isEqualTo("origin byte 108");
    }

    @Test
    void countsAreRightWhenABlockIsCutBySizeInBetween() {
        TextCutter cutter = cutter(3);

        cutter.add(chunk("0123456789\n", 0), 0, this::take);
        cutter.add(chunk("abcdef\nx\n", 11), 0, this::take);
        cutter.seal(0, this::take);

        assertThat(cut).extracting(TextCutterTest::text).containsExactly("0123456789\n", "abcdef\nx\n");
        assertThat(cut).extracting(block -> block.info().records()).containsExactly(1L, 2L);
    }

    @Test
    void theTimeOfABlockIsThatOfItsFirstByte() {
        TextCutter cutter = cutter(2);
        cutter.add(chunk("a\n", 0), 10, this::take);

        cutter.add(chunk("b\nc\n", 2), 20, this::take);
        cutter.seal(30, this::take);

        assertThat(cut).extracting(block -> block.info().firstMicros()).containsExactly(10L, 20L);
    }

    @Test
    void linesThatWereTooLongAreKeptAsideAndCountAgainstTheBounds() {
        TextCutter cutter = cutter();

        long taken = cutter.add(
                new TextChunk(ByteString.fromString("a\n"), "origin", 5_001, List.of(rejected(0))), 1, this::take);
        cutter.seal(2, this::take);

        TextBlock block = cut.get(0);
        assertThat(block.rejected()).containsExactly(rejected(0));
        assertThat(block.info().bytes()).isEqualTo(taken).isGreaterThan(2);
        assertThat(cutter.isEmpty()).isTrue();
    }

    @Test
    void aChunkOfNothingButALineThatWasTooLongMakesABlock() {
        TextCutter cutter = cutter();

        cutter.add(new TextChunk(ByteString.emptyByteString(), "origin", 0, List.of(rejected(0))), 4, this::take);

        assertThat(cutter.isEmpty()).isFalse();
        cutter.seal(5, this::take);
        assertThat(cut.get(0).length()).isZero();
        assertThat(cut.get(0).info().firstMicros()).isEqualTo(4);
        assertThat(cut.get(0).rejected()).hasSize(1);
    }

    @Test
    void howeverChunksComeEveryLineIsInOneBlockAtItsPlaceAndWithinTheBounds() {
        Random random = SeededRandom.of(TextCutterTest.class);
        for (int round = 0; round < 200; round++) {
            cut.clear();
            int maxRecords = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(6);
            TextCutter cutter = cutter(maxRecords);
            StringBuilder sent = new StringBuilder();
            long taken = 0;
            for (int i = 0; i < 30; i++) {
                StringBuilder lines = new StringBuilder();
                for (int line = random.nextInt(4); line >= 0; line--) {
                    lines.append("x".repeat(random.nextInt(10))).append('\n');
                }
                ByteString bytes = ByteString.fromString(lines.toString());
                if (bytes.length() > 3 && random.nextBoolean()) {
                    bytes = bytes.take(2).concat(bytes.drop(2));
                }
                taken += cutter.add(new TextChunk(bytes, "o", sent.length(), List.of()), i, this::take);
                sent.append(lines);
                if (random.nextInt(5) == 0) {
                    cutter.seal(i, this::take);
                }
            }
            cutter.seal(99, this::take);

            StringBuilder got = new StringBuilder();
            for (TextBlock block : cut) {
                String text = text(block);
                assertThat(text).endsWith("\n");
                assertThat(block.origins().describe(0)).isEqualTo("o byte " + got.length());
                assertThat(block.info().bytes()).isEqualTo(text.length());
                long count = text.chars().filter(c -> c == '\n').count();
                assertThat(count).isLessThanOrEqualTo(maxRecords);
                assertThat(block.info().records()).isEqualTo(maxRecords == Integer.MAX_VALUE ? -1 : count);
                got.append(text);
                block.release();
            }
            assertThat(got.toString()).isEqualTo(sent.toString());
            assertThat(taken).isEqualTo(sent.length());
        }
    }

    @Test
    void tellsHowFarEachOriginGoesWhenItsBlockCounts() {
        TextCutter cutter = cutter(2);
        cutter.add(chunk("a\nb\nc\n", 10), 5, this::take);
        cutter.add(new TextChunk(ByteString.fromString("d\n"), "other", 7, List.of()), 5, this::take);
        cutter.seal(9, this::take);

        receipts.received(cut.get(0).info().id());
        assertThat(read).containsExactly("origin 14");
        receipts.received(cut.get(1).info().id());
        receipts.received(cut.get(1).info().id());
        assertThat(read).containsExactlyInAnyOrder("origin 14", "origin 16", "other 9");
        assertThat(receipts.isEmpty()).isTrue();
    }
}
