// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(Duration.ofMillis(300));

    @Test
    void isAThirdOfTheWayIntoAnInterval() {
        assertThat(next(3_000)).isEqualTo(3_100);
        assertThat(next(3_250)).isEqualTo(3_400);
    }

    @Test
    void isOnceInAnIntervalEvenIfAskedTooEarly() {
        assertThat(next(3_099)).isEqualTo(3_100);
        assertThat(next(3_099)).isEqualTo(3_400);
        assertThat(next(3_399)).isEqualTo(3_700);
    }

    @Test
    void leavesOutIntervalsThatArePast() {
        assertThat(next(3_000)).isEqualTo(3_100);
        assertThat(next(9_100)).isEqualTo(9_400);
    }

    private long next(long nowMillis) {
        return pace.next(Instant.ofEpochMilli(nowMillis)).toEpochMilli();
    }
}
