// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SideGroupsTest {

    /** Batches that outgrow the first room, and small and empty ones after them, which give room back. */
    @Test
    void keepsEveryValueOfEveryKeyInOrderWhateverTheSizeOfTheBatch() {
        Random random = new Random(17);
        try (BatchHarness harness = BatchHarness.builder("groups")
                .executors(1)
                .replication(1)
                .set("partitions", 1)
                .build()) {
            ScriptedInput<Pair<Integer, Integer>> input = harness.input();
            DStream<Pair<Integer, Integer>> all = harness.stream(input);
            PairDStream<Integer, Integer> even = new PairDStream<>(all.filter(pair -> pair.value() % 2 == 0));
            PairDStream<Integer, Integer> odd = new PairDStream<>(all.filter(pair -> pair.value() % 2 != 0));
            CollectedOutput<Pair<Integer, Pair<List<Integer>, List<Integer>>>> out = harness.collect(even.cogroup(odd));
            harness.start();

            for (int size : new int[] {3, 20_000, 0, 5, 5, 3000, 1}) {
                Map<Integer, Pair<List<Integer>, List<Integer>>> expected = new HashMap<>();
                for (int i = 0; i < size; i++) {
                    Pair<Integer, Integer> pair = Pair.of(random.nextInt(1 + size / 2), random.nextInt(1000));
                    var lists =
                            expected.computeIfAbsent(pair.key(), key -> Pair.of(new ArrayList<>(), new ArrayList<>()));
                    (pair.value() % 2 == 0 ? lists.key() : lists.value()).add(pair.value());
                    input.add(pair);
                }
                harness.runBatch();

                Map<Integer, Pair<List<Integer>, List<Integer>>> got = new HashMap<>();
                out.last().forEach(pair -> got.put(pair.key(), pair.value()));
                assertThat(got).as("%d records", size).isEqualTo(expected);
                assertThat(out.last()).hasSize(expected.size());
            }
        }
    }
}
