// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.function.MapFunction;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of windows over a batch that failed. */
class WindowFailuresTest {

    private static final MapFunction<Long, Long> REFUSE_TWO = number -> {
        if (number == 2) {
            throw new IllegalStateException("two is refused");
        }
        return number;
    };

    private final BatchHarness harness = BatchHarness.create("window-failures");
    private final ScriptedInput<Long> input = harness.input();
    private final DStream<Long> numbers = harness.stream(input);
    private final DStream<Long> refusing = numbers.map(REFUSE_TWO);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void failAsLongAsTheyHoldIt() {
        CollectedOutput<Long> windows = harness.collect(refusing.window(seconds(3)));
        CollectedOutput<Long> counts = harness.collect(numbers.count());

        runOneToSix();

        assertThat(windows.times()).containsExactly(1000L, 5000L, 6000L);
        assertThat(windows.at(5000)).containsExactlyInAnyOrder(3L, 4L, 5L);
        assertThat(counts.times()).containsExactly(1000L, 2000L, 3000L, 4000L, 5000L, 6000L);
    }

    @Test
    void sayWhatFailedWhen() {
        harness.collect(refusing.window(seconds(2)));

        List<BatchInfo> batches = runOneToSix();

        OutputInfo third = batches.get(2).outputs().get(0);
        assertThat(third.failure().orElseThrow()).contains("map-1", "batch 2000 ms", "two is refused");
        assertThat(batches.get(3).succeeded()).isTrue();
    }

    @Test
    void areWholeAgainAfterwardsWhateverKeepsThem() {
        CollectedOutput<Long> inverse =
                harness.collect(refusing.reduceByWindow(Long::sum, (sum, left) -> sum - left, seconds(2), seconds(1)));
        CollectedOutput<Long> plain = harness.collect(refusing.reduceByWindow(Long::sum, seconds(2), seconds(1)));
        CollectedOutput<Long> counts = harness.collect(refusing.countByWindow(seconds(2), seconds(1)));

        runOneToSix();

        for (CollectedOutput<Long> sums : List.of(inverse, plain)) {
            assertThat(sums.times()).containsExactly(1000L, 4000L, 5000L, 6000L);
            assertThat(sums.all()).containsExactly(1L, 7L, 9L, 11L);
        }
        assertThat(counts.all()).containsExactly(1L, 2L, 2L, 2L);
    }

    @Test
    void failLongerOverOneAnother() {
        CollectedOutput<Long> windows =
                harness.collect(refusing.window(seconds(2)).window(seconds(2)));

        runOneToSix();

        assertThat(windows.times()).containsExactly(1000L, 5000L, 6000L);
    }

    @Test
    void failOnlyWhenTheySlide() {
        CollectedOutput<Long> windows = harness.collect(refusing.window(seconds(1), seconds(3)));
        CollectedOutput<Long> long3 = harness.collect(refusing.window(seconds(3), seconds(3)));

        runOneToSix();

        assertThat(windows.times()).containsExactly(3000L, 6000L);
        assertThat(long3.times()).containsExactly(6000L);
    }

    private List<BatchInfo> runOneToSix() {
        harness.start();
        for (long number = 1; number <= 6; number++) {
            input.add(number);
            harness.runBatch();
        }
        return harness.batches();
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
