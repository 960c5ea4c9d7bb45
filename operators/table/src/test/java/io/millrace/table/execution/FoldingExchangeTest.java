// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Combiner;
import io.millrace.operator.Current;
import io.millrace.operator.Guard;
import io.millrace.operator.Pair;
import io.millrace.operator.StableHash;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.Versioned;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are folded in their task arrive once per group, at the right partition, whether batches of rows have few groups or many. */
class FoldingExchangeTest {

    private static final Schema IN = DataTypes.parseSchema("v bigint, k string, n bigint");
    private static final Schema OUT = DataTypes.parseSchema("k string, n bigint, rows bigint, total bigint");
    private static final int PARTITIONS = 3;

    @ParameterizedTest
    @CsvSource({"1,3", "2,50", "3,5000", "4,100000"})
    void everyGroupArrivesOnce(long seed, int keys) throws Exception {
        QueryPlan.Aggregate step = new QueryPlan.Aggregate(
                new QueryPlan.Scan("rows", true, IN),
                List.of(1, 2),
                List.of(
                        TestAggregates.count("rows"),
                        TestAggregates.sum("total", TestAggregates.column(0, AtomicType.LONG))),
                OUT);
        AggregateDescription description = new AggregateDescription(0, step, AggregateOutput.ALL);
        FoldingExchange exchange = Objects.requireNonNull(description.folding());
        Combiner<Object, Object> combiner = exchange.combiner();
        Map<Shard, Object> folds = new HashMap<>();
        Step<ColumnBatch> in = exchange.open(context(), pair -> add(combiner, folds, pair));
        Random random = new Random(seed);
        Map<List<@Nullable Object>, List<Long>> expected = new HashMap<>();
        for (int i = 0; i < 150; i++) {
            in.push(rows(random, keys, expected));
        }
        Map<List<@Nullable Object>, List<Long>> actual = new HashMap<>();
        folds.forEach((shard, fold) -> read(shard, ((GroupFold) fold).part(), description.code(), actual));
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }

    private static void add(Combiner<Object, Object> combiner, Map<Shard, Object> folds, Pair<Shard, Object> pair)
            throws Exception {
        Object fold = folds.get(pair.key());
        folds.put(pair.key(), fold == null ? combiner.create(pair.value()) : combiner.merge(fold, pair.value()));
    }

    private static void read(
            Shard shard, Part part, AggregateCode code, Map<List<@Nullable Object>, List<Long>> actual) {
        ColumnBatch results = code.result(part.rows());
        for (int row = 0; row < part.size(); row++) {
            assertThat(Shard.of(StableHash.spread(part.hashes()[row]), PARTITIONS))
                    .isEqualTo(shard.number());
            Object[] values = results.row(row);
            Object key = values[0] == null ? null : values[0].toString();
            List<Long> before = actual.put(Arrays.asList(key, values[1]), List.of((Long) values[2], (Long) values[3]));
            assertThat(before).isNull();
        }
    }

    private static ColumnBatch rows(Random random, int keys, Map<List<@Nullable Object>, List<Long>> expected) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(IN);
        for (int i = random.nextInt(100); i >= 0; i--) {
            int chosen = random.nextInt(keys);
            String key = chosen == 0 ? null : "key " + chosen;
            Long number = chosen % 3 == 0 ? null : chosen % 2L;
            long value = random.nextInt(1000);
            builder.append(new @Nullable Object[] {value, key == null ? null : Utf8.of(key), number});
            expected.merge(
                    Arrays.asList(key, number),
                    List.of(1L, value),
                    (left, right) -> List.of(left.get(0) + right.get(0), left.get(1) + right.get(1)));
        }
        return builder.build();
    }

    private static StepContext context() {
        LocalContext local = new LocalContext();
        return new StepContext() {
            @Override
            public Guard guard() {
                return local.guard();
            }

            @Override
            public BatchTime batchTime() {
                return local.batchTime();
            }

            @Override
            public int partitions() {
                return PARTITIONS;
            }

            @Override
            public <T> Current<T> current(Versioned<T> value) {
                return local.current(value);
            }

            @Override
            public <T> Step<T> fresh(Class<?> stepClass, Object... arguments) {
                return local.fresh(stepClass, arguments);
            }
        };
    }
}
