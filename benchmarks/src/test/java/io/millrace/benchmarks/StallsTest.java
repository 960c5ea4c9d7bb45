// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StallsTest {

    private static final long MILLI = 1_000;

    private final Stalls stalls = new Stalls();

    @Test
    void forgetsWritesThatWereQuick() {
        stalls.wrote(0, 199 * MILLI);

        assertThat(stalls.firstAfter(0)).isEmpty();
    }

    @Test
    void findsTheFirstStallAfterATime() {
        stalls.wrote(1_000 * MILLI, 1_500 * MILLI);
        stalls.wrote(3_000 * MILLI, 4_000 * MILLI);

        assertThat(stalls.firstAfter(1_200 * MILLI)).hasValue(0);
        assertThat(stalls.firstAfter(2_000 * MILLI)).hasValue(1_000 * MILLI);
        assertThat(stalls.firstAfter(4_000 * MILLI)).isEmpty();
    }

    @Test
    void measuresThePartOfATimeSpentBlocked() {
        stalls.wrote(1_000 * MILLI, 2_000 * MILLI);

        assertThat(stalls.share(1_500 * MILLI, 2_500 * MILLI)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void comesBackFromALine() {
        stalls.wrote(1_000 * MILLI, 1_500 * MILLI);
        stalls.wrote(3_000 * MILLI, 4_000 * MILLI);
        JsonLine line = JsonLine.parse(stalls.describe(JsonLine.event("sent")).toString())
                .orElseThrow();

        assertThat(Stalls.of(line).firstAfter(2_000 * MILLI)).hasValue(1_000 * MILLI);
    }

    @Test
    void comesBackEmptyFromALine() {
        JsonLine line = stalls.describe(JsonLine.event("sent"));

        assertThat(Stalls.of(line).firstAfter(0)).isEmpty();
    }
}
