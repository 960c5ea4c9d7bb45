// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.Batch;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Executors die while outputs are attached: these see what the registered outputs of the same streams see, batch by batch. */
class AttachOutputCrashTest {

    private static PairDStream<String, Long> totals(DStream<String> words) {
        return words.mapToPair(word -> Pair.of(word, 1L))
                .updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()));
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"BATCH_STARTED", "TASK_DONE", "CHANGES_STAGED", "BEFORE_OUTPUT", "BEFORE_COMMIT", "AFTER_COMMIT"})
    void seesEveryBatchOnceAndExactly(CrashPoint point) {
        try (BatchHarness harness =
                BatchHarness.builder("totals").set("block.records", 3).build()) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input, 0);
            PairDStream<String, Long> totals = totals(words);
            CollectedOutput<Pair<String, Long>> registered = harness.collect(totals);
            harness.start();
            input.add("a", "b", "c", "d");
            harness.runBatch();

            CollectedOutput<String> ofWords = new CollectedOutput<>();
            CollectedOutput<Pair<String, Long>> ofTotals = new CollectedOutput<>();
            AttachedOutput unused = harness.context().attach(words, ofWords);
            AttachedOutput unusedToo = harness.context().attach(totals, ofTotals);
            harness.crashWhen(point, 1);
            input.add("a", "b", "e", "a", "f", "g", "h");
            harness.runBatch();
            input.add("a");
            harness.runBatches(2);

            assertThat(harness.crashes()).isEqualTo(1);
            assertThat(ofWords.times()).containsExactly(2000L, 3000L, 4000L);
            assertThat(ofWords.at(2000)).containsExactly("a", "b", "e", "a", "f", "g", "h");
            assertThat(ofWords.at(3000)).containsExactly("a");
            assertThat(ofTotals.at(2000)).contains(Pair.of("a", 3L), Pair.of("b", 2L), Pair.of("h", 1L));
            assertThat(ofTotals.batches())
                    .isEqualTo(
                            registered.batches().subList(1, registered.batches().size()));
        }
    }

    @Test
    void allAttemptsAtABatchAreForTheSameOutputs() {
        try (BatchHarness harness = BatchHarness.create("attempts")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input, 0);
            CollectedOutput<String> leaving = new CollectedOutput<>();
            CollectedOutput<String> coming = new CollectedOutput<>();
            List<AttachedOutput> handles = new ArrayList<>();
            harness.collect(totals(words.map(word -> {
                if (word.equals("change") && handles.size() == 1) {
                    var unused = handles.get(0).detach();
                    handles.add(harness.context().attach(words, coming));
                }
                return word;
            })));
            harness.start();
            handles.add(harness.context().attach(words, leaving));
            harness.runBatch();

            harness.crashWhen(CrashPoint.TASK_DONE, 1);
            input.add("a", "change", "b");
            harness.runBatch();
            input.add("c");
            harness.runBatch();

            assertThat(harness.batches().get(1).attempts()).isEqualTo(2);
            assertThat(leaving.times()).containsExactly(1000L, 2000L);
            assertThat(leaving.all()).containsExactly("a", "change", "b");
            assertThat(leaving.isClosed()).isTrue();
            assertThat(coming.times()).containsExactly(3000L);
            assertThat(coming.all()).containsExactly("c");
        }
    }

    @Test
    void anythingMayBeAttachedWheneverAnExecutorDies() {
        Random seeds = SeededRandom.of(AttachOutputCrashTest.class);
        for (int round = 0; round < 40; round++) {
            long seed = seeds.nextLong();
            try {
                runAtRandom(new Random(seed), seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("in round " + round + ": " + e.getMessage(), e);
            }
        }
    }

    /** A stream, the output that is registered for it, and what was attached to it. */
    private static final class Watched<T> {
        private final BatchHarness harness;
        private final DStream<T> stream;
        private final CollectedOutput<T> registered;
        private final List<CollectedOutput<T>> attached = new ArrayList<>();
        private final List<AttachedOutput> handles = new ArrayList<>();

        Watched(BatchHarness harness, DStream<T> stream) {
            this.harness = harness;
            this.stream = stream;
            this.registered = harness.collect(stream);
        }

        void change(Random dice) {
            if (handles.isEmpty() || dice.nextInt(3) > 0) {
                CollectedOutput<T> output = new CollectedOutput<>();
                attached.add(output);
                handles.add(harness.context().attach(stream, output));
            } else {
                var unused = handles.remove(dice.nextInt(handles.size())).detach();
            }
        }

        /** Whatever was attached has seen a run of batches without a gap, each as the registered output has. */
        void check() {
            List<Batch<T>> all = registered.batches();
            for (CollectedOutput<T> output : attached) {
                List<Batch<T>> seen = output.batches();
                if (!seen.isEmpty()) {
                    int first = registered.times().indexOf(seen.get(0).time().millis());
                    assertThat(seen).isEqualTo(all.subList(first, first + seen.size()));
                }
            }
        }
    }

    private static void runAtRandom(Random dice, long seed) {
        try (BatchHarness harness = BatchHarness.builder("random")
                .seed(seed)
                .set("block.records", 1 + dice.nextInt(5))
                .set("max-executor-restarts", 100)
                .build()) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input);
            PairDStream<String, Long> totals = totals(words.filter(word -> !word.equals("k3")));
            List<Watched<?>> watched = List.of(
                    new Watched<>(harness, words),
                    new Watched<>(harness, words.countByValue()),
                    new Watched<>(harness, totals),
                    new Watched<>(harness, totals.map(Pair::value).window(Duration.ofSeconds(3))));
            harness.start();
            int crashes = 0;
            for (int round = 0; round < 12; round++) {
                if (harness.crashes() == crashes && dice.nextInt(3) == 0) {
                    CrashPoint[] points = CrashPoint.values();
                    harness.runBatches(2);
                    harness.crashWhen(points[dice.nextInt(points.length)], dice.nextInt(2), dice.nextInt(4));
                    crashes++;
                }
                for (int i = dice.nextInt(12); i > 0; i--) {
                    input.add("k" + dice.nextInt(6));
                }
                harness.advance(Duration.ofMillis(dice.nextInt(900)));
                watched.get(dice.nextInt(watched.size())).change(dice);
                harness.runBatch();
            }
            harness.stop();

            watched.forEach(Watched::check);
            assertThat(watched.stream().flatMap(one -> one.attached.stream()).allMatch(CollectedOutput::isClosed))
                    .isTrue();
            assertThat(harness.events().failures()).isEmpty();
        }
    }
}
