// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunQueueTest {

    private final RunQueue queue = new RunQueue(() -> false);
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void givesTheOldestFirstWhileItGrowsAndWraps() {
        for (int i = 0; i < 1_000; i++) {
            add(2 * i);
            add(2 * i + 1);
            runOne(size -> 0);
        }
        runAll(size -> 0);

        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 2_000).boxed().toList());
    }

    @Test
    void losesAndRepeatsNothingWhateverIsChosen() {
        Choice dice = Choice.of(OptionalLong.of(7));

        for (int i = 0; i < 500; i++) {
            add(i);
            add(i + 500);
            runOne(dice::among);
        }
        runAll(dice::among);

        assertThat(ran)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void waitsForWorkOfAnotherThread() throws InterruptedException {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> add(1));

        assertThat(queue.await(Duration.ofSeconds(30))).isTrue();
        other.join();

        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void givesUpWaitingWhenNobodyBringsWork() throws InterruptedException {
        assertThat(queue.await(Duration.ofMillis(1))).isFalse();
    }

    @Test
    void refusesWorkOnceClosed() {
        add(1);

        queue.close();

        assertThat(queue.size()).isZero();
        assertThatThrownBy(() -> add(2)).isInstanceOf(RejectedExecutionException.class);
    }

    private void add(int number) {
        queue.add(() -> ran.add(number), RunQueue.HANDLER_OF_THREAD);
    }

    private boolean runOne(IntUnaryOperator choice) {
        RunQueue.Work work = queue.take(choice);
        if (work == null) {
            return false;
        }
        work.runnable().run();
        return true;
    }

    private void runAll(IntUnaryOperator choice) {
        while (runOne(choice)) {
            // the next one
        }
    }
}
