// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OriginsTest {

    private final OriginsBuilder builder = new OriginsBuilder();

    @Test
    void aByteIsFoundInTheRunItBelongsTo() {
        builder.add("a", 0, 1_000, 10);
        builder.add("b", 10, 0, 5);
        Origins origins = builder.build();

        assertThat(origins.describe(0)).isEqualTo("a byte 1000");
        assertThat(origins.describe(9)).isEqualTo("a byte 1009");
        assertThat(origins.describe(10)).isEqualTo("b byte 0");
        assertThat(origins.describe(14)).isEqualTo("b byte 4");
    }

    @Test
    void bytesThatFollowInTheSameOriginAreOneRun() {
        builder.add("a", 0, 0, 10);
        builder.add("a", 10, 10, 10);
        builder.add("a", 20, 20, 10);

        assertThat(builder.build().names()).containsExactly("a");
    }

    @Test
    void aGapInTheSameOriginBeginsARun() {
        builder.add("a", 0, 0, 10);
        builder.add("a", 10, 500, 10);
        Origins origins = builder.build();

        assertThat(origins.names()).containsExactly("a", "a");
        assertThat(origins.describe(10)).isEqualTo("a byte 500");
    }

    @Test
    void anotherOriginAtTheSamePositionBeginsARun() {
        builder.add("a", 0, 0, 10);
        builder.add("b", 10, 10, 10);

        assertThat(builder.build().names()).containsExactly("a", "b");
    }

    @Test
    void afterItWasBuiltItBeginsAnew() {
        builder.add("a", 0, 0, 10);
        Origins first = builder.build();
        builder.add("a", 0, 10, 10);
        Origins second = builder.build();

        assertThat(first.describe(3)).isEqualTo("a byte 3");
        assertThat(second.describe(3)).isEqualTo("a byte 13");
        assertThat(builder.build().describe(0)).as("there is none").isEqualTo("-");
    }

    @Test
    void partsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(() -> new Origins(List.of("a"), new int[] {0, 1}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1, 2 and 1");
    }

    @Test
    void howeverManyRunsThereAreEveryByteIsFound() {
        Random random = SeededRandom.of(OriginsTest.class);
        for (int round = 0; round < 50; round++) {
            List<String> expected = new ArrayList<>();
            long[] next = new long[3];
            for (int part = 0; part < 40; part++) {
                int origin = random.nextInt(3);
                if (random.nextInt(4) == 0) {
                    next[origin] += random.nextInt(100);
                }
                int length = 1 + random.nextInt(20);
                builder.add("o" + origin, expected.size(), next[origin], length);
                for (int i = 0; i < length; i++) {
                    expected.add("o" + origin + " byte " + next[origin]++);
                }
            }
            Origins origins = builder.build();
            for (int offset = 0; offset < expected.size(); offset++) {
                assertThat(origins.describe(offset)).isEqualTo(expected.get(offset));
            }
        }
    }
}
