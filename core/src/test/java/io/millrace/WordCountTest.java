// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The seed's two programs on what the seed types. */
class WordCountTest {

    @Test
    void countsTheWordsOfEachBatch() {
        try (BatchHarness harness = BatchHarness.create("word-count")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Pair<String, Long>> counts =
                    harness.collect(ones(harness, lines).reduceByKey(Long::sum));
            harness.start();

            typeTheSeed(harness, lines);

            assertThat(counts.at(1000)).containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 3L));
            assertThat(counts.at(2000)).containsExactly(Pair.of("gohawks", 1L));
            assertThat(counts.at(3000)).isEmpty();
            assertThat(counts.at(4000)).containsExactly(Pair.of("green", 2L));
            assertThat(counts.times()).containsExactly(1000L, 2000L, 3000L, 4000L);
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }

    @Test
    void keepsTheTotalsOfAllBatches() {
        try (BatchHarness harness = BatchHarness.create("stateful-word-count")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Pair<String, Long>> totals = harness.collect(
                    ones(harness, lines).updateStateByKey(WordCountTest::sum).named("totals"));
            harness.start();

            typeTheSeed(harness, lines);

            assertThat(totals.at(1000)).containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 3L));
            assertThat(totals.at(2000))
                    .containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 3L), Pair.of("gohawks", 1L));
            assertThat(totals.at(3000))
                    .containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 3L), Pair.of("gohawks", 1L));
            assertThat(totals.at(4000))
                    .containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 5L), Pair.of("gohawks", 1L));
            assertThat(harness.<String, Long>state("totals"))
                    .containsOnly(
                            java.util.Map.entry("blue", 5L),
                            java.util.Map.entry("green", 5L),
                            java.util.Map.entry("gohawks", 1L));
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }

    private static void typeTheSeed(BatchHarness harness, ScriptedText lines) {
        lines.add("blue blue blue blue blue green green green");
        harness.runBatch();
        lines.add("gohawks");
        harness.runBatch();
        harness.runBatch();
        lines.add("green green");
        harness.runBatch();
    }

    private static PairDStream<String, Long> ones(BatchHarness harness, ScriptedText lines) {
        return harness.stream(lines)
                .flatMap(line -> Arrays.asList(line.split(" ", -1)))
                .mapToPair(word -> Pair.of(word, 1L));
    }

    private static Optional<Long> sum(List<Long> values, Optional<Long> before) {
        return Optional.of(
                before.orElse(0L) + values.stream().mapToLong(Long::longValue).sum());
    }
}
