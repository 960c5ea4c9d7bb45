// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequencedLinesTest {

    private static SequencedLines.Taken take(String text) {
        SequencedLines lines = new SequencedLines(10);
        lines.expect(5);
        lines.offer(text.getBytes(UTF_8));
        return lines.take();
    }

    @Test
    void takesWholeLinesInSequenceAndLeavesOutWhatCameBefore() {
        SequencedLines.Taken taken = take("3 old\n4 old\n5 a\n6 \n7 b c\r\n8 half");

        assertThat(taken.first()).isEqualTo(5);
        assertThat(taken.count()).isEqualTo(3);
        assertThat(taken.payloads().utf8String()).isEqualTo("a\n\nb c\r\n");
        assertThat(taken.repeated()).isTrue();
        assertThat(taken.fault()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7 x, 'line 6 is missing, there came 7'",
        "x y, a line must be <number> <text>",
        "6, a line must be <number> <text>",
        "0 x, a line must be <number> <text>",
        "-6 x, a line must be <number> <text>",
        "'', a line must be <number> <text>",
        "' x', a line must be <number> <text>",
        "1234567890123456789 x, a line must be <number> <text>",
        "6 12345678901, line 6 is longer than 10 bytes",
    })
    void stopsAtALineThatBreaksTheRules(String line, String reason) {
        SequencedLines.Taken taken = take("5 good\n" + line + "\n6 never\n");

        assertThat(taken.payloads().utf8String()).isEqualTo("good\n");
        assertThat(taken.fault()).isPresent();
        assertThat(taken.fault().get()).hasMessageStartingWith(reason);
    }

    @Test
    void doesNotWaitForTheEndOfALineThatIsTooLong() {
        assertThat(take("5 " + "x".repeat(100)).fault()).isPresent();
        assertThat(take("5 1234567890").fault()).isEmpty();
        assertThat(take("5 1234567890\r\n").count()).isEqualTo(1);
    }

    @Test
    void findsTheFirstLineAndBoundsIt() throws Exception {
        SequencedLines lines = new SequencedLines(10);
        lines.offer("HELLO 1 ".getBytes(UTF_8));
        assertThat(lines.hello()).isEmpty();
        lines.offer("me\r\n1 x\n".getBytes(UTF_8));
        assertThat(lines.hello()).contains("HELLO 1 me");
        lines.expect(1);
        assertThat(lines.take().count()).isEqualTo(1);
        assertThat(lines.isWithinLine()).isFalse();

        SequencedLines endless = new SequencedLines(10);
        endless.offer(new byte[Hello.LONGEST + 1]);
        assertThatThrownBy(endless::hello).hasMessage("the first line is longer than 1024 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void takesTheSameHoweverTheBytesAreDivided(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder sent = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int number = 1; number <= 500; number++) {
            String payload = "ä".repeat(random.nextInt(0, random.nextInt(10) == 0 ? 400 : 6));
            sent.append(number).append(' ').append(payload).append('\n');
            expected.append(payload).append('\n');
            for (int again = random.nextInt(8) == 0 ? 3 : 0; again > 0; again--) {
                sent.append(random.nextInt(number) + 1).append(" again\n");
            }
        }
        byte[] bytes = sent.toString().getBytes(UTF_8);
        SequencedLines lines = new SequencedLines(1000);
        lines.expect(1);
        StringBuilder taken = new StringBuilder();
        long next = 1;
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + random.nextInt(1, random.nextInt(4) == 0 ? 2000 : 5));
            lines.offer(Arrays.copyOfRange(bytes, from, to));
            from = to;
            if (random.nextInt(3) > 0) {
                SequencedLines.Taken some = lines.take();
                assertThat(some.fault()).as("seed %s", seed).isEmpty();
                assertThat(some.first()).as("seed %s", seed).isEqualTo(next);
                next += some.count();
                taken.append(some.payloads().utf8String());
            }
        }
        taken.append(lines.take().payloads().utf8String());

        assertThat(taken.toString()).as("seed %s", seed).isEqualTo(expected.toString());
    }

    @Test
    void takesLittleMemoryForALineThatDrips() throws Exception {
        SequencedLines lines = new SequencedLines(1 << 20);
        lines.expect(1);
        int offered = 0;
        for (byte next : ("1 " + "x".repeat(5_000)).getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
            lines.offer(new byte[] {next});
            offered++;
            assertThat(lines.take().count()).isZero();
            assertThat(lines.held()).isLessThanOrEqualTo(Math.max(64, 4 * offered));
        }
    }
}
