// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.driver.ReceiverPlacement.Start;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ReceiverPlacementTest {

    private static final ExecutorId E0 = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final ExecutorId E1B = new ExecutorId(1, 1);

    private static ReceiverPlacement placement(int... preferences) {
        Map<Integer, OptionalInt> byStream = new java.util.TreeMap<>();
        for (int stream = 0; stream < preferences.length; stream++) {
            byStream.put(stream, preferences[stream] < 0 ? OptionalInt.empty() : OptionalInt.of(preferences[stream]));
        }
        return new ReceiverPlacement(byStream, Map.of());
    }

    @Test
    void receiversAreSpreadOverTheExecutors() {
        ReceiverPlacement placement = placement(-1, -1, -1);

        assertThat(placement.place(0, List.of(E0, E1))).contains(new Start(0, 0, E0));
        assertThat(placement.place(1, List.of(E0, E1))).contains(new Start(1, 0, E1));
        assertThat(placement.place(2, List.of(E0, E1))).contains(new Start(2, 0, E0));
        assertThat(placement.of(1)).contains(E1);
    }

    @Test
    void aPreferredExecutorIsChosenWhileItLives() {
        ReceiverPlacement placement = placement(1, 1);

        assertThat(placement.place(0, List.of(E0, E1))).contains(new Start(0, 0, E1));
        assertThat(placement.place(1, List.of(E0))).contains(new Start(1, 0, E0));
    }

    @Test
    void anyLifeOfThePreferredExecutorWillDo() {
        assertThat(placement(1).place(0, List.of(E0, E1B))).contains(new Start(0, 0, E1B));
    }

    @Test
    void withoutExecutorsThereIsNoPlace() {
        ReceiverPlacement placement = placement(-1);

        assertThat(placement.place(0, List.of())).isEmpty();
        assertThat(placement.of(0)).isEmpty();
        assertThat(placement.place(0, List.of(E0))).as("that was no life").contains(new Start(0, 0, E0));
    }

    @Test
    void everyPlaceIsANewLife() {
        ReceiverPlacement placement = placement(-1);
        assertThat(placement.isCurrent(0, 0)).isFalse();
        placement.place(0, List.of(E0));
        assertThat(placement.isCurrent(0, 0)).isTrue();

        placement.gone(0);
        assertThat(placement.of(0)).isEmpty();
        assertThat(placement.place(0, List.of(E1))).contains(new Start(0, 1, E1));

        assertThat(placement.isCurrent(0, 0)).isFalse();
        assertThat(placement.isCurrent(0, 1)).isTrue();
    }

    @Test
    void anExecutorWhoseReceiverIsGoneCountsAsFree() {
        ReceiverPlacement placement = placement(-1, -1, -1);
        placement.place(0, List.of(E0, E1));
        placement.place(1, List.of(E0, E1));
        placement.gone(1);

        assertThat(placement.place(2, List.of(E0, E1))).contains(new Start(2, 0, E1));
    }
}
