// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class QueueReceiverTest {

    @Test
    void takesOneElementPerBatch() {
        QueueReceiver<Integer> queue = QueueReceiver.create();
        try (BatchHarness harness = BatchHarness.create("one")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(queue));
            harness.start();
            queue.add(List.of(1, 2)).add(List.of()).add(List.of(3));

            harness.runBatches(4);

            assertThat(out.at(1000)).containsExactly(1, 2);
            assertThat(out.at(2000)).isEmpty();
            assertThat(out.at(3000)).containsExactly(3);
            assertThat(out.at(4000)).isEmpty();
            assertThat(queue.waiting()).isZero();
        }
    }

    @Test
    void takesAllElementsAtOnceIfAsked() {
        Queue<List<Integer>> elements = new ArrayDeque<>(List.of(List.of(1), List.of(2, 3)));
        try (BatchHarness harness = BatchHarness.create("all")) {
            CollectedOutput<Integer> out =
                    harness.collect(harness.stream(QueueReceiver.of(elements).allAtOnce()));
            harness.start();

            harness.runBatch();
            elements.add(List.of(4));
            harness.runBatch();

            assertThat(out.at(1000)).containsExactly(1, 2, 3);
            assertThat(out.at(2000)).containsExactly(4);
        }
    }

    @Test
    void givesTheDefaultBatchOnlyWhenTheQueueIsEmpty() {
        QueueReceiver<Integer> queue = QueueReceiver.<Integer>create().defaultBatch(List.of(0));
        try (BatchHarness harness = BatchHarness.create("default")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(queue));
            harness.start();
            queue.add(List.of(1)).add(List.of());

            harness.runBatches(4);

            assertThat(out.at(1000)).containsExactly(1);
            assertThat(out.at(2000)).isEmpty();
            assertThat(out.at(3000)).containsExactly(0);
            assertThat(out.at(4000)).containsExactly(0);
        }
    }

    @Test
    void putsALongElementIntoOneBatchThoughItIsSeveralBlocks() {
        QueueReceiver<Integer> queue = QueueReceiver.create();
        try (BatchHarness harness = BatchHarness.create("long")) {
            CollectedOutput<Long> out = harness.collect(harness.stream(queue).count());
            harness.start();
            queue.add(Collections.nCopies(25_000, 7)).add(List.of(7));

            harness.runBatches(2);

            assertThat(out.at(1000)).containsExactly(25_000L);
            assertThat(out.at(2000)).containsExactly(1L);
            assertThat(harness.events().blocks()).hasSize(4);
        }
    }

    @Test
    void givesALateBatchOneElementAsAnyOther() {
        QueueReceiver<Integer> queue = QueueReceiver.create();
        try (BatchHarness harness = BatchHarness.create("late")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(queue));
            harness.start();
            for (int i = 0; i < 10; i++) {
                queue.add(List.of(i));
            }

            harness.holdOutputs();
            harness.advance(Duration.ofMillis(5500));
            harness.releaseOutputs();
            while (queue.waiting() > 0) {
                harness.runBatch();
            }

            assertThat(out.all()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(out.batches())
                    .allSatisfy(batch -> assertThat(batch.records()).hasSizeLessThanOrEqualTo(1));
        }
    }

    @Test
    void neverPutsTwoElementsIntoABatchWhenABlockIsLateForItsOwn() {
        QueueReceiver<Integer> queue = QueueReceiver.create();
        try (BatchHarness harness = BatchHarness.create("frozen")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(queue, 0));
            harness.start();
            queue.add(List.of(1)).add(List.of(2));

            harness.freezeExecutor(1);
            harness.advance(Duration.ofMillis(3500));
            assertThat(out.all()).isEmpty();
            harness.thawExecutor(1);
            harness.runBatches(3);

            assertThat(out.all()).containsExactly(1, 2);
            assertThat(out.batches())
                    .allSatisfy(batch -> assertThat(batch.records()).hasSizeLessThanOrEqualTo(1));
        }
    }

    @Test
    void losesNoElementWhenTheExecutorDiesBeforeItIsCopied() {
        for (CrashPoint point : List.of(CrashPoint.BLOCK_CUT, CrashPoint.REPLICA_STORED)) {
            QueueReceiver<Integer> queue = QueueReceiver.create();
            try (BatchHarness harness = BatchHarness.create("crash")) {
                CollectedOutput<Integer> out = harness.collect(harness.stream(queue, 0));
                harness.start();
                queue.add(List.of(1)).add(List.of(2)).add(List.of(3));

                harness.crashWhen(point, 0, 1);
                harness.runBatches(5);

                assertThat(harness.crashes()).isEqualTo(1);
                assertThat(out.all()).as(point.toString()).containsExactly(1, 2, 3);
                assertThat(queue.waiting()).isZero();
            }
        }
    }

    @Test
    void refusesAnElementWhenItIsFullAndWrongNumbers() {
        QueueReceiver<Integer> queue = QueueReceiver.withCapacity(1);
        queue.add(List.of(1));

        assertThatThrownBy(() -> queue.add(List.of(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the queue is full: 1 elements wait");
        assertThatThrownBy(() -> QueueReceiver.withCapacity(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be in 1..10000000, but is 0");
        assertThat(queue.named("words").name()).isEqualTo("words");
    }
}
