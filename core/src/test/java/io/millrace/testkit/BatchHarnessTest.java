// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.DStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchHarnessTest {

    /** A record that must be registered to become bytes. */
    record Reading(String sensor, int value) {}

    @Test
    void tellsABatchWithoutRecordsFromNoBatch() {
        try (BatchHarness harness = BatchHarness.create("empty")) {
            CollectedOutput<String> out = harness.collect(harness.stream(harness.<String>input()));
            harness.start();
            assertThatThrownBy(out::last).isInstanceOf(AssertionError.class).hasMessage("there was no batch");

            harness.runBatch();

            assertThat(out.at(1000)).isEmpty();
            assertThat(out.find(1000)).contains(List.of());
            assertThat(out.find(2000)).isEmpty();
            assertThatThrownBy(() -> out.at(2000))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("there was no batch at 2000 ms, but there were batches at [1000]");
        }
    }

    @Test
    void startsAtTheEpochUnlessToldOtherwise() {
        try (BatchHarness harness = BatchHarness.builder("later")
                .startAt(Instant.parse("2026-11-22T10:00:00.300Z"))
                .batchInterval(Duration.ofMillis(500))
                .build()) {
            CollectedOutput<String> out = harness.collect(harness.stream(harness.<String>input()));
            harness.start();

            BatchInfo info = harness.runBatch();

            assertThat(info.batchTime().instant()).isEqualTo(Instant.parse("2026-11-22T10:00:00.500Z"));
            assertThat(out.times()).containsExactly(info.batchTime().millis());
        }
    }

    @Test
    void doesTheSameForTheSameSeedAndSomethingElseForAnother() {
        assertThat(traceOf(7)).isEqualTo(traceOf(7)).isNotEqualTo(traceOf(8));
    }

    private static long traceOf(long seed) {
        try (BatchHarness harness = BatchHarness.builder("seeded").seed(seed).build()) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input).countByValue());
            harness.start();
            input.add("a", "b", "c");
            harness.runBatch();
            harness.crashExecutor(1);
            input.add("a");
            harness.runBatches(2);
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
            return harness.simulation().traceHash();
        }
    }

    @Test
    void makesBytesOfEveryMessageUnlessToldOtherwise() {
        try (BatchHarness unregistered = BatchHarness.builder("unregistered").build();
                BatchHarness registered = BatchHarness.builder("registered")
                        .register(Reading.class)
                        .build();
                BatchHarness references = BatchHarness.builder("references")
                        .serializeMessages(false)
                        .build()) {
            Reading reading = new Reading("s", 1);

            assertThat(first(registered, reading)).isEqualTo(reading).isNotSameAs(reading);
            assertThat(first(references, reading)).isSameAs(reading);
            assertThatThrownBy(() -> first(unregistered, reading)).isInstanceOf(AssertionError.class);
        }
    }

    private static Reading first(BatchHarness harness, Reading reading) {
        ScriptedInput<Reading> input = harness.input();
        // Received on one executor, processed on the other, from its copy.
        CollectedOutput<Reading> out = harness.collect(harness.stream(input, 1));
        harness.start();
        input.add(reading);
        harness.runBatches(2);
        assertThat(out.all()).hasSize(1);
        return out.all().get(0);
    }

    @Test
    void opensAnInputAgainAfterAFailureAndGoesOnWhereItWas() {
        try (BatchHarness harness = BatchHarness.create("fails")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();

            input.add("a").fail(new IOException("gone")).add("b");
            harness.runBatch();

            assertThat(out.all()).containsExactly("a", "b");
            assertThat(input.timesOpened()).isEqualTo(2);
            assertThat(harness.events().lines())
                    .contains("receiver 0 failed: scripted-0 failed: java.io.IOException: gone; opened again");
        }
    }

    @Test
    void doesNotOpenAnInputAgainThatIsComplete() {
        try (BatchHarness harness = BatchHarness.create("complete")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();

            input.add("a").complete();
            harness.runBatches(2);
            harness.crashExecutor(0);
            harness.runBatch();

            assertThat(out.all()).containsExactly("a");
            assertThat(input.isOpen()).isFalse();
            assertThat(harness.stop().complete()).isTrue();
        }
    }

    @Test
    void saysWhatHappenedWhenABatchDoesNotCome() {
        try (BatchHarness harness = BatchHarness.create("stuck")) {
            harness.collect(harness.stream(harness.<String>input()).count());
            harness.start();
            harness.freezeExecutor(0);

            assertThatThrownBy(harness::runBatch)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("waited in vain")
                    .hasMessageContaining("batch 1000 ms started with [] on [executor-0]");
        }
    }

    @Test
    void crashesAnExecutorWhenAPointIsReachedForTheNthTime() {
        try (BatchHarness harness = BatchHarness.create("nth")) {
            harness.collect(harness.stream(harness.<String>input()).count());
            harness.crashWhen(CrashPoint.AFTER_COMMIT, 1, 2);
            harness.start();

            harness.runBatches(2);
            assertThat(harness.crashes()).isZero();
            assertThat(harness.pendingCrashes()).isEqualTo(1);
            harness.runBatch();

            assertThat(harness.crashes()).isEqualTo(1);
            assertThat(harness.events().lines()).contains("executor-1 lost");
        }
    }

    @Test
    void readsTheStateOfAnOperatorByItsName() {
        try (BatchHarness harness = BatchHarness.create("state")) {
            ScriptedInput<String> input = harness.input();
            DStream<Pair<String, Integer>> totals = harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1))
                    .<Integer>updateStateByKey((ones, total) -> Optional.of(total.orElse(0) + ones.size()));
            harness.collect(totals);
            harness.start();

            input.add("a", "a", "b");
            harness.runBatch();

            assertThat(harness.<String, Integer>state("updateStateByKey-1"))
                    .hasSize(2)
                    .containsEntry("a", 2)
                    .containsEntry("b", 1);
            assertThatThrownBy(() -> harness.state("totals"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no operator totals among "
                            + "[receiver-1, mapToPair-1, updateStateByKey-1, collected-1]");
        }
    }

    @Test
    void tellsOtherListenersToo() {
        List<Long> heard = new ArrayList<>();
        StreamingListener listener = new StreamingListener() {
            @Override
            public void onBatchCompleted(BatchInfo batch) {
                heard.add(batch.batchTime().millis());
            }
        };
        try (BatchHarness harness =
                BatchHarness.builder("listeners").listener(listener).build()) {
            harness.collect(harness.stream(harness.<String>input()));
            harness.start();

            harness.runBatches(2);

            assertThat(heard).containsExactly(1000L, 2000L);
        }
    }
}
