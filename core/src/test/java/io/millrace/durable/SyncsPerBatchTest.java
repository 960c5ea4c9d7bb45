// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a durable batch waits for the disk: a count, the same on every machine. */
class SyncsPerBatchTest {

    private static final int BATCHES = 50;

    /**
     * One for each group of blocks, one for the plan, one for what came of the batch. Here every block is a group of its own, since this disk
     * is done before the next block comes; on a slower one blocks share a sync.
     *
     * @param groups how many blocks each receiver has in a batch, one after the other
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "1, 3", "2, 1", "2, 3"})
    void areTwoAndOneForEachGroupOfBlocks(int receivers, int groups) {
        CrashingStorage disk = new CrashingStorage();
        try (BatchHarness harness =
                BatchHarness.builder("words").checkpoint(disk).build()) {
            List<ScriptedInput<String>> inputs = new ArrayList<>();
            DStream<String> words = stream(harness, inputs);
            while (inputs.size() < receivers) {
                words = words.union(stream(harness, inputs));
            }
            harness.collect(words.mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L) + values.size())));
            harness.start();
            batch(harness, inputs, groups);
            int most = 0;
            int before = disk.syncs();
            for (int i = 0; i < BATCHES; i++) {
                int atBegin = disk.syncs();
                batch(harness, inputs, groups);
                most = Math.max(most, disk.syncs() - atBegin);
            }
            double each = (disk.syncs() - before) / (double) BATCHES;
            System.out.printf(
                    Locale.ROOT,
                    "syncs of a durable batch with %d groups of blocks: %.2f, at most %d%n",
                    receivers * groups,
                    each,
                    most);
            assertThat(most).isLessThanOrEqualTo(2 + receivers * groups);
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

    private static DStream<String> stream(BatchHarness harness, List<ScriptedInput<String>> inputs) {
        ScriptedInput<String> input = harness.input();
        inputs.add(input);
        return harness.stream(input);
    }

    private static void batch(BatchHarness harness, List<ScriptedInput<String>> inputs, int groups) {
        for (int group = 0; group < groups; group++) {
            inputs.forEach(input -> input.add("blue", "green"));
            if (group < groups - 1) {
                harness.advance(Duration.ofMillis(250));
            }
        }
        harness.runBatch();
    }
}
