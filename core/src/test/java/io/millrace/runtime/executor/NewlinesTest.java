// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NewlinesTest {

    @Test
    void theFirstNewlineIsFoundWhereverItIs() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
                bytes[at] = '\n';
                for (int from = 0; from <= length; from++) {
                    assertThat(Newlines.next(bytes, from, length)).isEqualTo(from <= at ? at : length);
                }
            }
        }
    }

    @Test
    void aNewlineBehindTheEndIsNotFound() {
        byte[] bytes = "0123456789abcdef\n".getBytes(StandardCharsets.US_ASCII);

        assertThat(Newlines.next(bytes, 0, 16)).isEqualTo(16);
        assertThat(Newlines.next(bytes, 0, 17)).isEqualTo(16);
    }

    @Test
    void whateverTheBytesItAgreesWithOneThatLooksAtEach() {
        Random random = SeededRandom.of(NewlinesTest.class);
        byte[] lures = {'\n', '\n' + 1, '\n' - 1, (byte) ('\n' | 0x80), 0, (byte) 0x80, (byte) 0xFF, '\r'};
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (random.nextInt(3) > 0) {
                    bytes[i] = lures[random.nextInt(lures.length)];
                }
            }
            int to = random.nextInt(bytes.length + 1);
            int from = random.nextInt(to + 1);
            assertThat(Newlines.next(bytes, from, to)).isEqualTo(naive(bytes, from, to));
        }
    }

    private static int naive(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }
}
