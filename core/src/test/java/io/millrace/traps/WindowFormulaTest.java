// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which batches a window holds, and what an inverse makes of them, term by term. */
class WindowFormulaTest {

    private final BatchHarness harness = BatchHarness.create("formula");
    private final ScriptedInput<String> input = harness.input();

    @Test
    void aWindowOverWindowsHoldsThoseThatEndInIt() {
        try (harness) {
            DStream<String> parent = harness.stream(input).window(seconds(3), seconds(2));
            CollectedOutput<String> windows = harness.collect(parent.window(seconds(4), seconds(4)));
            harness.start();

            for (int second = 1; second <= 8; second++) {
                input.add("" + second);
                harness.runBatch();
            }

            // [T - 4 + 2, T]: the parent's windows of T - 2 and T, each with the three seconds before its end
            assertThat(windows.times()).containsExactly(4000L, 8000L);
            assertThat(windows.at(4000)).containsExactly("1", "2", "2", "3", "4");
            assertThat(windows.at(8000)).containsExactly("4", "5", "6", "6", "7", "8");
        }
    }

    @Test
    void persistingAWindowedStreamChangesNeitherItNorHowOftenItsParentIsMade() {
        try (harness) {
            AtomicInteger made = new AtomicInteger();
            DStream<String> parent = harness.stream(input).map(text -> {
                made.incrementAndGet();
                return text;
            });
            CollectedOutput<String> persisted =
                    harness.collect(parent.window(seconds(3)).persist());
            CollectedOutput<String> plain = harness.collect(parent.window(seconds(3)));
            harness.collect(parent);
            harness.start();

            for (int second = 1; second <= 5; second++) {
                input.add("" + second);
                harness.runBatch();
            }

            assertThat(made).hasValue(5);
            assertThat(persisted.batches()).isEqualTo(plain.batches());
            assertThat(persisted.last()).containsExactly("3", "4", "5");
        }
    }

    @Test
    void anInverseWindowIsTheOneBeforeLessWhatLeftPlusWhatCame() {
        assertThat(terms(seconds(2), seconds(1), "1", "2", "3 three", "4", "", ""))
                .containsExactly(
                        "1",
                        "(1+2)",
                        "(((1+2)-1)+(3+three))",
                        "(((((1+2)-1)+(3+three))-2)+4)",
                        "((((((1+2)-1)+(3+three))-2)+4)-(3+three))",
                        "(((((((1+2)-1)+(3+three))-2)+4)-(3+three))-4)");
    }

    @Test
    void theBatchesOfASlideLeaveAndComeAsOne() {
        assertThat(terms(seconds(4), seconds(2), "1", "2", "3", "4", "5", "6"))
                .containsExactly("(1+2)", "((1+2)+(3+4))", "((((1+2)+(3+4))-(1+2))+(5+6))");
    }

    @Test
    void withoutAFilterAKeyStaysForEverAndWithOneItGoes() {
        try (harness) {
            PairDStream<String, Integer> ones = harness.stream(input).mapToPair(word -> Pair.of(word, 1));
            CollectedOutput<Pair<String, Integer>> all = harness.collect(
                    ones.reduceByKeyAndWindow(Integer::sum, (sum, left) -> sum - left, seconds(2), seconds(1))
                            .named("all"));
            CollectedOutput<Pair<String, Integer>> present = harness.collect(ones.reduceByKeyAndWindow(
                            Integer::sum, (sum, left) -> sum - left, seconds(2), seconds(1), pair -> pair.value() > 0)
                    .named("present"));
            harness.start();

            input.add("a");
            harness.runBatches(50);

            assertThat(all.last()).containsExactly(Pair.of("a", 0));
            assertThat(present.at(2000)).containsExactly(Pair.of("a", 1));
            assertThat(present.at(3000)).isEmpty();
            assertThat(harness.state("all")).isNotEmpty();
            assertThat(harness.state("present")).isEmpty();
        }
    }

    /** The values of the only key, whose records come in these batches, several of them with blanks in between. */
    private List<String> terms(Duration length, Duration slide, String... batches) {
        try (harness) {
            CollectedOutput<Pair<String, String>> out = harness.collect(harness.stream(input)
                    .mapToPair(value -> Pair.of("k", value))
                    .reduceByKeyAndWindow(
                            (left, right) -> "(" + left + "+" + right + ")",
                            (whole, left) -> "(" + whole + "-" + left + ")",
                            length,
                            slide));
            harness.start();
            for (String batch : batches) {
                if (!batch.isEmpty()) {
                    input.add(batch.split(" "));
                }
                harness.runBatch();
            }
            return out.all().stream().map(Pair::value).toList();
        }
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
