// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.join.TestState;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessorRunTest {

    private static final Schema INPUT = new Schema(List.of(
            Field.of("k", AtomicType.STRING),
            new Field("t", AtomicType.TIMESTAMP, true, true),
            Field.of("v", AtomicType.LONG)));
    private static final Schema OUTPUT =
            new Schema(List.of(Field.of("k", AtomicType.STRING), Field.of("what", AtomicType.STRING)));
    private static final long MINUTE = 60_000;

    private final TestState<GroupKey> state = new TestState<>();
    private final List<String> out = new ArrayList<>();

    /** Gives the sum of all values of a key so far. */
    private static class Sums extends StatefulProcessor<Row, Row, Row> {
        private @Nullable ValueState<Long> kept;

        ValueState<Long> sum() {
            return Objects.requireNonNull(kept);
        }

        @Override
        public void init(OutputMode outputMode, TimeMode timeMode) {
            kept = getHandle().getValueState("sum", AtomicType.LONG);
        }

        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues timerValues) {
            long total = sum().getOption().orElse(0L);
            while (rows.hasNext()) {
                total += rows.next().getLong(2);
            }
            sum().update(total);
            return one(key, "sum " + total);
        }
    }

    /** Sets a timer some time after the first row of a key, says when it fires, and forgets the key. */
    private static final class Timers extends Sums {
        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues time) {
            Row first = rows.next();
            long now = getHandle().listTimers().isEmpty()
                    ? Objects.requireNonNull((Instant) first.get(1)).toEpochMilli()
                    : 0;
            if (now > 0) {
                getHandle().registerTimer(now + MINUTE);
                sum().update(first.getLong(2));
            }
            return Collections.emptyIterator();
        }

        @Override
        public Iterator<Row> handleExpiredTimer(Row key, TimerValues time, ExpiredTimerInfo info) {
            String text =
                    "fired " + info.expiryTimeInMs() + " at " + time.currentWatermarkInMs() + " with " + sum().get();
            sum().clear();
            return one(key, text);
        }
    }

    /** Lists and maps that expire after a minute. */
    private static final class Expiring extends StatefulProcessor<Row, Row, Row> {
        private @Nullable ListState<Long> listOrNull;
        private @Nullable MapState<String, Long> countsOrNull;

        @Override
        public void init(OutputMode outputMode, TimeMode timeMode) {
            TTLConfig minute = new TTLConfig(Duration.ofMinutes(1));
            listOrNull = getHandle().getListState("list", AtomicType.LONG, minute);
            countsOrNull = getHandle().getMapState("counts", AtomicType.STRING, AtomicType.LONG, minute);
        }

        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues time) {
            ListState<Long> list = Objects.requireNonNull(listOrNull);
            MapState<String, Long> counts = Objects.requireNonNull(countsOrNull);
            rows.forEachRemaining(row -> {
                list.appendValue(row.getLong(2));
                String parity = row.getLong(2) % 2 == 0 ? "even" : "odd";
                counts.updateValue(parity, counts.getValue(parity).orElse(0L) + 1);
            });
            return one(key, list.get() + " " + counts.entries());
        }
    }

    @Test
    void aValueIsThereInTheNextBatch() {
        ProcessorRun run = run(Sums::new, TimeMode.NONE);

        batch(run, 0, 0, 0, row("a", 1, 1), row("b", 1, 5), row("a", 2, 2));
        assertThat(out).containsExactly("[a, sum 3]", "[b, sum 5]");
        batch(run, 0, 0, 0, row("a", 1, 10));
        assertThat(out).containsExactly("[a, sum 13]");
        assertThat(run.updated()).isEqualTo(1);
    }

    @Test
    void aTimerFiresOnceWhenTheWatermarkIsAtIt() {
        ProcessorRun run = run(Timers::new, TimeMode.EVENT_TIME);

        batch(run, 0, 0, 7, row("a", 1000, 4));
        batch(run, 0, 1000 + MINUTE - 1, 8);
        assertThat(out).isEmpty();
        batch(run, 0, 1000 + MINUTE, 9);
        assertThat(out).containsExactly("[a, fired 61000 at 61000 with 4]");
        assertThat(state.size()).as("nothing is kept of the key").isZero();
        batch(run, 0, 10 * MINUTE, 9);
        assertThat(out).isEmpty();
    }

    @Test
    void byTheWatermarkLateRowsAreDropped() {
        ProcessorRun run = run(Sums::new, TimeMode.EVENT_TIME);

        batch(run, 1000, 1000, 0, row("a", 1000, 1), row("a", 1001, 2));
        assertThat(out).containsExactly("[a, sum 2]");
        assertThat(run.dropped()).isEqualTo(1);
    }

    @Test
    void aTimerByTheTimeOfTheBatchFiresWithoutRows() {
        Supplier<Sums> processors = () -> new Sums() {
            @Override
            public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues time) {
                getHandle().registerTimer(time.currentProcessingTimeInMs() + 10);
                getHandle().registerTimer(time.currentProcessingTimeInMs() + 20);
                getHandle().registerTimer(time.currentProcessingTimeInMs() + 30);
                getHandle().deleteTimer(time.currentProcessingTimeInMs() + 20);
                return Collections.emptyIterator();
            }

            @Override
            public Iterator<Row> handleExpiredTimer(Row key, TimerValues time, ExpiredTimerInfo info) {
                getHandle().registerTimer(0);
                return one(key, "at " + info.expiryTimeInMs());
            }
        };
        ProcessorRun run = run(processors, TimeMode.PROCESSING_TIME);

        batch(run, 0, 0, 100, row("a", 1, 1));
        batch(run, 0, 0, 109);
        assertThat(out).isEmpty();
        batch(run, 0, 0, 130);
        assertThat(out)
                .as("one set while firing waits for a later batch")
                .containsExactly("[a, at 110]", "[a, at 130]");
        batch(run, 0, 0, 131);
        assertThat(out).containsExactly("[a, at 0]");
    }

    @Test
    void elementsExpireEachForItself() {
        ProcessorRun run = run(Expiring::new, TimeMode.PROCESSING_TIME);

        batch(run, 0, 0, 0, row("a", 1, 1));
        batch(run, 0, 0, MINUTE - 1, row("a", 1, 2), row("a", 1, 4));
        assertThat(out).containsExactly("[a, [1, 2, 4] {odd=1, even=2}]");
        batch(run, 0, 0, MINUTE, row("a", 1, 3));
        assertThat(out).containsExactly("[a, [2, 4, 3] {even=2, odd=1}]");
        batch(run, 0, 0, 3 * MINUTE);
        assertThat(state.size()).isZero();
    }

    @Test
    void whatAUserDoesWrongIsSaid() {
        ProcessorRun noTimers = run(Timers::new, TimeMode.NONE);
        assertThatThrownBy(() -> batch(noTimers, 0, 0, 0, row("a", 1, 1)))
                .isInstanceOf(QueryExecutionException.class)
                .hasMessageContaining("[TRANSFORM_WITH_STATE_USER_FUNCTION_ERROR]")
                .hasMessageContaining("handleInputRows of test")
                .hasMessageContaining("no timers in the time mode NONE");
        ProcessorRun expiring = run(Expiring::new, TimeMode.EVENT_TIME);
        assertThatThrownBy(() -> batch(expiring, 0, 0, 0, row("a", 1, 1)))
                .hasMessageContaining("init of test")
                .hasMessageContaining("PROCESSING_TIME");
    }

    @Test
    void theBytesOfAKeyComeBackAsTheyWere() {
        KeyedValues values = new KeyedValues();
        values.set("one", List.of(new KeyedValues.Entry(new byte[] {1, 2}, 77)));
        values.set(
                "map",
                List.of(
                        new KeyedValues.Entry(new byte[] {3}, new byte[0], KeyedValues.FOR_EVER),
                        new KeyedValues.Entry(new byte[] {4}, new byte[] {5}, 5)));
        values.addTimer(9);
        values.addTimer(-3);

        KeyedValues back = KeyedValues.of(values.toBytes());

        assertThat(back.toBytes()).isEqualTo(values.toBytes());
        assertThat(back.timers()).containsExactly(-3L, 9L);
        assertThat(back.dueAtMillis()).isEqualTo(-3);
        assertThat(back.isChanged()).isFalse();
    }

    private ProcessorRun run(Supplier<? extends StatefulProcessor<Row, Row, Row>> processors, TimeMode mode) {
        StatefulProcessorFunction function = new StatefulProcessorFunction("test", processors, mode, OutputMode.APPEND);
        return new ProcessorRun(
                function,
                INPUT,
                new int[] {0},
                OUTPUT,
                state,
                rows -> RowForm.rows(rows).forEach(row -> out.add(row.values().toString())));
    }

    private void batch(ProcessorRun run, long lateMillis, long watermarkMillis, long nowMillis, Row... rows) {
        ColumnBatch batch = RowForm.batch(INPUT, List.of(rows));
        out.clear();
        run.batch(batch, ValueHash.hashes(batch, new int[] {0}), lateMillis * 1000, watermarkMillis * 1000, nowMillis);
    }

    private static Row row(String key, long millis, long value) {
        return Row.of(key, Instant.ofEpochMilli(millis), value);
    }

    private static Iterator<Row> one(Row key, String text) {
        return List.of(Row.of(key.get(0), text)).iterator();
    }
}
