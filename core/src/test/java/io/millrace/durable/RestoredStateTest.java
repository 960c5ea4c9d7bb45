// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.RestoredState;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An operator that asks for it is told the state that it goes on from. */
class RestoredStateTest {

    private final CrashingStorage disk = new CrashingStorage();

    /** Keeps the last value of each key; a negative one takes the key away. */
    private record Latest(Map<Object, Object> told)
            implements PartitionOperator<Pair<String, Long>, String, Long, Pair<String, Long>>, RestoredState {
        @Override
        public String kind() {
            return "latest";
        }

        @Override
        public Exchange exchange() {
            return Exchange.BY_KEY;
        }

        @Override
        public boolean stateful() {
            return true;
        }

        @Override
        public void restored(Object key, Object value) {
            assertThat(told.put(key, value)).as("told once").isNull();
        }

        @Override
        public PartitionTask<String, Long> open(PartitionContext context, Step<Pair<String, Long>> out) {
            return new PartitionTask<>() {
                @Override
                public void begin() {}

                @Override
                public void add(int input, String key, int hash, Object value) {
                    State<String, Long> state = context.state();
                    int entry = state.find(key, hash);
                    if ((Long) value < 0) {
                        if (entry >= 0) {
                            state.remove(entry);
                        }
                    } else if (entry < 0) {
                        state.insert(key, hash, (Long) value);
                    } else {
                        state.set(entry, (Long) value);
                    }
                }

                @Override
                public void finish() {}
            };
        }
    }

    private Map<Object, Object> run(int second, String... keys) {
        Map<Object, Object> told = new TreeMap<>();
        try (BatchHarness harness = BatchHarness.builder("restored")
                .startAt(Instant.ofEpochSecond(second))
                .checkpoint(disk)
                .build()) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input)
                    .map(text -> Pair.of(text.substring(0, 1), Long.valueOf(text.substring(1))))
                    .apply(new Latest(told)));
            harness.start();
            for (String key : keys) {
                input.add(key);
                harness.runBatch();
            }
        }
        return told;
    }

    @Test
    void ofEachKeyTheLastValueAndNothingInTheFirstRun() {
        assertThat(run(0, "a1", "b2", "a3", "c4", "c-1")).isEmpty();
        assertThat(run(100, "b-1", "d5")).isEqualTo(Map.of("a", 3L, "b", 2L));
        assertThat(run(200)).isEqualTo(Map.of("a", 3L, "d", 5L));
    }
}
