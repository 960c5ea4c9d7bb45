// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.time.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2020-02-29T12:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final List<String> fired = new ArrayList<>();

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(time.now()).isEqualTo(START);
        assertThat(time.source().now()).isEqualTo(START);

        time.advanceTo(START.plusSeconds(5));

        assertThat(time.instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void refusesToGoBack() {
        assertThatThrownBy(() -> time.advanceTo(START.minusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(START.toString());
    }

    @Test
    void firesInOrderOfTimeAndShowsThatTime() {
        note(3);
        note(1);
        note(2);

        time.advanceTo(START.plusSeconds(2));

        assertThat(fired).containsExactly("1 at 1", "2 at 2");
        assertThat(time.next()).contains(START.plusSeconds(3));
    }

    @Test
    void firesTiesInTheOrderOfAsking() {
        for (String name : List.of("e", "a", "d", "b", "c")) {
            time.at(START.plusSeconds(1), () -> fired.add(name));
        }

        time.advanceTo(START.plusSeconds(1));

        assertThat(fired).containsExactly("e", "a", "d", "b", "c");
    }

    @Test
    void firesWhatATimerAsksForOnTheWay() {
        time.at(START.plusSeconds(1), () -> note(2));
        note(3);

        time.advanceTo(START.plusSeconds(9));

        assertThat(fired).containsExactly("2 at 2", "3 at 3");
    }

    @Test
    void firesWhatIsPastWithoutMovingTheClock() {
        time.at(START.minusSeconds(10), () -> fired.add("past"));

        assertThat(time.fireDue()).isTrue();

        assertThat(fired).containsExactly("past");
        assertThat(time.now()).isEqualTo(START);
    }

    @Test
    void forgetsWhatIsCancelled() {
        Timer.Scheduled cancelled = note(1);
        note(2);

        cancelled.cancel();
        cancelled.cancel();
        time.advanceTo(START.plusSeconds(5));

        assertThat(fired).containsExactly("2 at 2");
    }

    private Timer.Scheduled note(int second) {
        return time.at(
                START.plusSeconds(second),
                () -> fired.add(second + " at " + (time.now().getEpochSecond() - START.getEpochSecond())));
    }
}
