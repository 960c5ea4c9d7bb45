// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The samples that show one idea each: their jobs in virtual time, and their mains as a user starts them. */
class IdeasTest {

    /** What a job gives for the lines of each batch, as text and in order. */
    private static <T> List<List<String>> batches(
            BiFunction<DStream<String>, Duration, DStream<T>> job, boolean sorted, String... lines) {
        List<List<String>> batches = new ArrayList<>();
        try (BatchHarness harness = BatchHarness.create("idea")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<T> output = harness.collect(job.apply(harness.stream(input), Duration.ofSeconds(1)));
            harness.start();
            for (String line : lines) {
                if (!line.isEmpty()) {
                    input.add(line);
                }
                harness.runBatch();
                List<String> records = new ArrayList<>(
                        output.last().stream().map(String::valueOf).toList());
                if (sorted) {
                    records.sort(null);
                }
                batches.add(records);
            }
        }
        return batches;
    }

    private static void runsToItsEnd(Callable<Integer> sample, String expected) {
        try (Console console = Console.open()) {
            assertThat(console.run(sample, "--batch-interval", "100ms")).isZero();
            assertThat(console.out()).contains(expected);
        }
    }

    @Test
    void windowedCountsForgetWhatLeavesTheWindow() {
        assertThat(batches(WindowedCounts::counts, true, "red red blue", "blue", "", "green", ""))
                .containsExactly(
                        List.of("(blue,1)", "(red,2)"),
                        List.of("(blue,2)", "(red,2)"),
                        List.of("(blue,2)", "(red,2)"),
                        List.of("(blue,1)", "(green,1)"),
                        List.of("(green,1)"));
        runsToItsEnd(new WindowedCounts(), "(red,2)");
    }

    @Test
    void sessionsEndWhenNothingComes() {
        assertThat(batches(Sessions::sessions, true, "ann buys", "bob looks", "ann pays", "", "", "", "").stream()
                        .flatMap(List::stream))
                .containsExactly("bob is gone after 1 actions", "ann is gone after 2 actions");
        runsToItsEnd(new Sessions(), "ann is gone after");
    }

    @Test
    void clicksMeetTheShowingsOfTheLastBatches() {
        assertThat(batches(
                        JoinedStreams::clicks,
                        true,
                        "show 1 shoes,show 2 hats",
                        "click 2",
                        "click 1,show 3 coats",
                        "click 3"))
                .containsExactly(
                        List.of(),
                        List.of("advertisement 2 clicked: hats"),
                        List.of("advertisement 1 clicked: not shown lately"),
                        List.of("advertisement 3 clicked: coats"));
        runsToItsEnd(new JoinedStreams(), "advertisement 3 clicked");
    }

    @Test
    void trendingWordsAreSortedByTheirCount() {
        assertThat(batches(
                        TrendingWords::trends,
                        false,
                        "tea tea tea milk",
                        "milk milk sugar",
                        "honey honey honey honey",
                        "",
                        "milk"))
                .containsExactly(
                        List.of("(tea,3)", "(milk,1)"),
                        List.of("(milk,3)", "(tea,3)", "(sugar,1)"),
                        List.of("(honey,4)", "(milk,3)", "(tea,3)"),
                        List.of("(honey,4)", "(milk,2)", "(sugar,1)"),
                        List.of("(honey,4)", "(milk,1)"));
        runsToItsEnd(new TrendingWords(), "(honey,4)");
    }

    @Test
    void aPairOfTheTopIsWhatItShows() {
        assertThat(TrendingWords.top(1, List.of(Pair.of("b", 2L), Pair.of("a", 2L))))
                .containsExactly(Pair.of("a", 2L));
    }
}
