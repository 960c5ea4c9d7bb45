// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyTargetTest {

    private static final Duration TARGET = Duration.ofMillis(500);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(2);

    private static void assertRefused(Duration target, Duration min, Duration max, String message) {
        assertThatThrownBy(() -> new LatencyTarget(target, min, max))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void refusesATargetThatIsNoTime() {
        assertRefused(Duration.ZERO, SHORT, LONG, "The latency target must be more than zero, but is PT0S");
        assertRefused(TARGET.negated(), SHORT, LONG, "The latency target must be more than zero, but is PT-0.5S");
    }

    @Test
    void refusesIntervalsThatAreNone() {
        assertRefused(
                TARGET,
                Duration.ZERO,
                LONG,
                "The shortest interval must be a whole number of milliseconds >= 1, but is PT0S");
        assertRefused(
                TARGET,
                SHORT,
                LONG.plusNanos(1),
                "The longest interval must be a whole number of milliseconds >= 1, but is PT2.000000001S");
    }

    @Test
    void refusesBoundsThatLeaveNothing() {
        assertRefused(
                TARGET,
                SHORT,
                Duration.ofMillis(19),
                "The shortest interval must be no longer than the longest, which is PT0.019S, but is PT0.02S");
        assertRefused(
                TARGET,
                TARGET,
                LONG,
                "The shortest interval must be shorter than the latency target, which is PT0.5S, but is PT0.5S");
    }
}
