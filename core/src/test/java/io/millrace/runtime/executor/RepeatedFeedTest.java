// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.function.StateFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Combiner;
import io.millrace.operator.Current;
import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.InitialState;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.PartitionTask;
import io.millrace.operator.StableHash;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.operator.Versioned;
import io.millrace.operator.key.MapWithStateOperator;
import io.millrace.operator.key.Timeouts;
import io.millrace.runtime.state.KeyNumbers;
import io.millrace.runtime.state.KeyedTable;
import io.millrace.runtime.state.PairBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way rows are gone through, what is told and what is kept is what it would be one row after the other. */
class RepeatedFeedTest {

    private static final int BATCHES = 6;

    /** A word, and the block it came in. */
    private record Arrival(int block, String key, Object value) {}

    /** Half of the seeds have functions that tell something of few records only, a third has different values. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void tellsAndKeepsWhatRowsInOrderWould(long seed) throws Exception {
        Random random = new Random(seed);
        int seldom = seed % 2 == 0 ? 300 : 7;
        Partition byRows = new Partition(seed, seldom);
        Partition fed = new Partition(seed, seldom);
        for (int batch = 0; batch < BATCHES; batch++) {
            List<Arrival> arrivals = arrivals(random, seed % 3 == 0 ? 2 : 1);
            List<PairBuffer> buffers = buffers(random, arrivals);

            byRows.begin();
            for (Arrival arrival : arrivals) {
                byRows.task.add(0, arrival.key(), StableHash.of(arrival.key()), arrival.value());
            }
            byRows.finish();

            fed.begin();
            feed(fed, buffers);
            fed.finish();

            assertThat(fed.told).isEqualTo(byRows.told);
            assertThat(fed.kept()).isEqualTo(byRows.kept());
        }
        assertThat(fed.told).isNotEmpty();
    }

    @Test
    void callsForOneKeyFollowEachOtherWhileNothingIsTold() throws Exception {
        List<String> calls = new ArrayList<>();
        Partition partition = new Partition((time, key, value, state) -> {
            calls.add(key);
            state.update(state.getOption().orElse(0L) + 1);
            return Optional.empty();
        });
        List<Arrival> arrivals = List.of(new Arrival(0, "b", 1L), new Arrival(0, "a", 1L), new Arrival(0, "b", 1L));

        partition.begin();
        feed(partition, buffers(new Random(0), arrivals));
        partition.finish();

        assertThat(calls).containsExactly("b", "b", "a");
        assertThat(partition.kept()).containsExactly(Map.entry("b", 2L), Map.entry("a", 1L));
    }

    @Test
    void failsAtTheFirstRecordInOrderOfArrival() throws Exception {
        Partition partition = new Partition((time, key, value, state) -> {
            state.update(state.getOption().orElse(0L) + 1);
            if (key.equals("a") || state.get() == 2L) {
                throw new IllegalStateException(key);
            }
            return Optional.empty();
        });
        partition.fails = true;
        List<Arrival> arrivals = List.of(new Arrival(0, "b", 1L), new Arrival(0, "a", 1L), new Arrival(0, "b", 1L));

        partition.begin();
        assertThatThrownBy(() -> feed(partition, buffers(new Random(0), arrivals)))
                .hasMessage("(a,1)");
    }

    private static List<Arrival> arrivals(Random random, int values) {
        List<Arrival> arrivals = new ArrayList<>();
        int blocks = 2 + random.nextInt(4);
        for (int block = 0; block < blocks; block++) {
            int rows = random.nextInt(random.nextInt(2) == 0 ? 3000 : 40);
            for (int row = 0; row < rows; row++) {
                int key = Math.min(random.nextInt(200), random.nextInt(200));
                arrivals.add(new Arrival(block, "key-" + key, (long) (1 + random.nextInt(values))));
            }
        }
        return arrivals;
    }

    /** The blocks are dealt out to up to three tasks. */
    private static List<PairBuffer> buffers(Random random, List<Arrival> arrivals) {
        int tasks = 1 + random.nextInt(3);
        List<PairBuffer> buffers = new ArrayList<>();
        List<KeyNumbers> numbers = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            buffers.add(PairBuffer.repeatingKeys(16));
            numbers.add(new KeyNumbers());
        }
        int block = -1;
        int task = 0;
        for (Arrival arrival : arrivals) {
            if (arrival.block() != block) {
                block = arrival.block();
                task = random.nextInt(tasks);
                buffers.get(task).mark(block);
            }
            int before = numbers.get(task).size();
            int number = numbers.get(task).of(arrival.key());
            if (number == before) {
                buffers.get(task).addKey(arrival.key(), StableHash.of(arrival.key()));
            }
            buffers.get(task).addRow(number, arrival.value());
        }
        buffers.removeIf(buffer -> buffer.size() == 0);
        return buffers;
    }

    private static void feed(Partition partition, List<PairBuffer> buffers) throws Exception {
        new RepeatedFeed(partition.task, 0, PairBuffer.inOrder(buffers)).feed();
    }

    /** One partition of a {@code mapWithState}, with what it has told: mapped values and failures in order. */
    private static final class Partition implements PartitionContext, Guard {
        private final KeyedTable<String, Long> table = new KeyedTable<>();
        private final List<String> told = new ArrayList<>();
        private final PartitionTask<Object, Object> task;
        private boolean fails;

        /** A function that counts, and seldom tells something, throws or forgets the key, by chance that is the same for all of a seed. */
        Partition(long seed, int seldom) {
            this((time, key, value, state) -> {
                long count = state.getOption().orElse(0L) + value.orElseThrow();
                Random chance = new Random(31 * (31 * seed + key.hashCode()) + count);
                state.update(count);
                return switch (chance.nextInt(seldom)) {
                    case 0 -> Optional.of(key + " " + count);
                    case 1 -> throw new IllegalStateException("refused " + count);
                    case 2 -> {
                        state.remove();
                        yield Optional.of(key + " gone");
                    }
                    default -> Optional.empty();
                };
            });
        }

        @SuppressWarnings("unchecked")
        Partition(StateFunction<String, Long, Long, String> function) {
            MapWithStateOperator<String, Long, Long, String> operator =
                    new MapWithStateOperator<>(function, InitialState.none(), Timeouts.NEVER, false);
            Step<Object> out = record -> told.add(String.valueOf(record));
            this.task = (PartitionTask<Object, Object>) (PartitionTask<?, ?>) operator.open(this, out);
        }

        void begin() throws Exception {
            table.begin();
            task.begin();
        }

        void finish() throws Exception {
            task.finish();
            table.commit();
        }

        /** Keys and states in the order in which they were kept first. */
        Map<String, Long> kept() {
            Map<String, Long> kept = new LinkedHashMap<>();
            for (int entry = 0; entry < table.bound(); entry++) {
                if (table.isLive(entry)) {
                    kept.put(table.key(entry), table.value(entry));
                }
            }
            return kept;
        }

        @Override
        public void failed(Object record, Throwable cause) {
            if (fails) {
                throw new IllegalArgumentException(String.valueOf(record));
            }
            told.add(record + " " + cause.getMessage());
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        public Guard guard() {
            return this;
        }

        @Override
        public Guard emissionGuard() {
            return this;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <K, S> State<K, S> state() {
            return (State<K, S>) table;
        }

        @Override
        public BatchTime batchTime() {
            return new BatchTime(1000);
        }

        @Override
        public BatchTime zero() {
            return new BatchTime(0);
        }

        @Override
        public BatchTime nextEmission() {
            return batchTime();
        }

        @Override
        public long parentSlideMillis() {
            return 1000;
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public int parts() {
            return 1;
        }

        @Override
        public int part() {
            return 0;
        }

        @Override
        public void part(int part) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean emits() {
            return true;
        }

        @Override
        public <T> Current<T> current(Versioned<T> value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Step<T> fresh(Class<?> stepClass, Object... arguments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <K, V, A> Fold<K, V, A> fold(Combiner<V, A> combiner) {
            throw new UnsupportedOperationException();
        }
    }
}
