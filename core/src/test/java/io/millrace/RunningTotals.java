// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.BlockReport;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The job that tests of failures run: numbered records of a few keys, each record collected as it is, and running totals per key. */
final class RunningTotals {

    private final BatchHarness harness;
    private final String seed;
    private final ScriptedInput<String> input;
    private final CollectedOutput<String> records;
    private final CollectedOutput<Pair<String, Long>> totals;
    private int added;

    RunningTotals(BatchHarness harness, String seed) {
        this.harness = harness;
        this.seed = seed;
        this.input = harness.input();
        DStream<String> stream = harness.stream(input);
        this.records = harness.collect(stream.map(record -> record));
        this.totals = harness.collect(stream.mapToPair(record -> Pair.of(key(record), 1L))
                .updateStateByKey(RunningTotals::sum)
                .named("totals"));
        harness.start();
    }

    /** Adds so many records to the input, no two of which are equal. */
    void add(int count) {
        for (int i = 0; i < count; i++) {
            input.add("key-" + added % 7 + "/" + added++);
        }
    }

    ScriptedInput<String> input() {
        return input;
    }

    /** Checks that all that counted as received, and nothing else, was processed once and is in the state of all copies. */
    void check() {
        checkProcessed();
        checkTotals();
    }

    /** Checks that all that counted as received, and nothing else, was processed once. */
    void checkProcessed() {
        List<String> processed = records.all();
        Set<String> seen = new HashSet<>();
        List<String> twice =
                processed.stream().filter(record -> !seen.add(record)).toList();
        assertThat(twice).as("twice, %s", seed).isEmpty();
        long received = harness.events().blocks().stream()
                .mapToLong(BlockReport::records)
                .sum();
        assertThat((long) processed.size()).as("received, %s", seed).isEqualTo(received);
        assertThat(harness.batches().stream().mapToLong(BatchInfo::records).sum())
                .as("figures, %s", seed)
                .isEqualTo(received);
    }

    /** Checks that the totals and all copies of the state are the fold of all that was processed; between two batches. */
    private void checkTotals() {
        Map<String, Long> expected = new HashMap<>();
        records.all().forEach(record -> expected.merge(key(record), 1L, Long::sum));
        Map<String, Long> last = new HashMap<>();
        totals.last().forEach(pair -> last.put(pair.key(), pair.value()));
        assertThat(last).as("totals, %s", seed).isEqualTo(expected);
        assertThat(harness.<String, Long>state("totals")).as("state, %s", seed).isEqualTo(expected);
        assertThat(totals.times()).as("batch times, %s", seed).doesNotHaveDuplicates();
    }

    /** Checks that nothing is left: no block that waits, is held too few times, or is held though nobody knows it. */
    void checkNothingLeft() {
        assertThat(harness.blocks()).as("blocks, %s", seed).isEmpty();
        assertThat(harness.underReplicated()).as("under-replicated, %s", seed).isZero();
        assertThat(harness.events().underReplicated())
                .as("under-replicated as heard, %s", seed)
                .isZero();
        assertThat(harness.heldBlocks().values()).as("held blocks, %s", seed).allMatch(Set::isEmpty);
        assertThat(harness.simulation().runnablesFromOutside())
                .as("from outside, %s", seed)
                .isZero();
    }

    List<String> processed() {
        return records.all();
    }

    private static String key(String record) {
        return record.substring(0, record.indexOf('/'));
    }

    private static Optional<Long> sum(List<Long> values, Optional<Long> before) {
        return Optional.of(before.orElse(0L) + values.size());
    }
}
