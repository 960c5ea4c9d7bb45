// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a durable batch waits for the disk: a count, the same on every machine. */
class SyncsPerBatchTest {

    private static final int BATCHES = 50;

    /** One for each group of blocks that come at different times, one for the plan, one for what came of the batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void areTwoAndOneForEachGroupOfBlocks(int groups) {
        CrashingStorage disk = new CrashingStorage();
        try (BatchHarness harness =
                BatchHarness.builder("words").checkpoint(disk).build()) {
            ScriptedInput<String> words = harness.input();
            ScriptedInput<String> others = harness.input();
            harness.collect(harness.stream(words)
                    .union(harness.stream(others))
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L) + values.size())));
            harness.start();
            batch(harness, words, others, groups);
            int most = 0;
            int before = disk.syncs();
            for (int i = 0; i < BATCHES; i++) {
                int atBegin = disk.syncs();
                batch(harness, words, others, groups);
                most = Math.max(most, disk.syncs() - atBegin);
            }
            double each = (disk.syncs() - before) / (double) BATCHES;
            System.out.printf(
                    Locale.ROOT,
                    "syncs of a durable batch with blocks in %d groups: %.2f, at most %d%n",
                    groups,
                    each,
                    most);
            assertThat(most).isLessThanOrEqualTo(2 + groups);
        }
    }

    /** Batches in which nothing comes leave no trace. */
    @Test
    void areNoneWhenNothingComes() {
        CrashingStorage disk = new CrashingStorage();
        try (BatchHarness harness =
                BatchHarness.builder("words").checkpoint(disk).build()) {
            harness.collect(harness.stream(harness.<String>input()).map(String::trim));
            harness.start();
            int before = disk.syncs();
            harness.runBatches(20);
            assertThat(disk.syncs()).isEqualTo(before);
        }
    }

    private static void batch(
            BatchHarness harness, ScriptedInput<String> words, ScriptedInput<String> others, int groups) {
        for (int group = 0; group < groups; group++) {
            words.add("blue", "green");
            others.add("red");
            if (group < groups - 1) {
                harness.advance(Duration.ofMillis(250));
            }
        }
        harness.runBatch();
    }
}
