// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableJoinTest {

    private static final Schema EVENTS =
            new Schema(List.of(Field.of("word", AtomicType.STRING), Field.of("v", AtomicType.INT)));
    private static final Schema RANKS =
            new Schema(List.of(Field.of("word", AtomicType.STRING), Field.of("rank", AtomicType.INT)));

    private final List<String> out = new ArrayList<>();

    @Test
    void anInnerJoinGivesAllPairsAndNullsMeetNothing() {
        join(JoinType.INNER, true, PairCondition.ANY);

        assertThat(out).containsExactlyInAnyOrder("[a, 1, a, 1]", "[b, 2, b, 2]", "[b, 2, b, 22]");
    }

    @Test
    void theSideThatPassesMayBeKeptWhole() {
        join(JoinType.LEFT_OUTER, true, PairCondition.ANY);
        assertThat(out).contains("[c, 3, null, null]", "[null, 4, null, null]").hasSize(5);

        out.clear();
        join(JoinType.RIGHT_OUTER, false, PairCondition.ANY);
        assertThat(out)
                .contains("[null, null, c, 3]", "[null, null, null, 4]", "[b, 22, b, 2]")
                .hasSize(5);
    }

    @Test
    void semiAndAntiDivideTheRows() {
        join(JoinType.LEFT_SEMI, true, PairCondition.ANY);
        assertThat(out).containsExactlyInAnyOrder("[a, 1]", "[b, 2]");

        out.clear();
        join(JoinType.LEFT_ANTI, true, PairCondition.ANY);
        assertThat(out).containsExactlyInAnyOrder("[c, 3]", "[null, 4]");
    }

    @Test
    void theConditionDecidesAmongEqualKeys() {
        PairCondition large = (left, right) -> (l, r) -> (Integer) value(right, r) > 10;
        join(JoinType.LEFT_OUTER, true, large);

        assertThat(out)
                .containsExactlyInAnyOrder(
                        "[a, 1, null, null]", "[b, 2, b, 22]", "[c, 3, null, null]", "[null, 4, null, null]");
    }

    @Test
    void aConditionReadsTheSidesInTheirOrderWhicheverPasses() {
        PairCondition larger =
                (left, right) -> (l, r) -> (Integer) value(left, l) > 10 && (Integer) value(right, r) < 10;
        join(JoinType.INNER, false, larger);

        assertThat(out).containsExactly("[b, 22, b, 2]");
    }

    @Test
    void whatNeedsAllRowsOfTheStreamIsRefused() {
        assertThatThrownBy(() -> join(JoinType.LEFT_SEMI, false, PairCondition.ANY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LEFT_SEMI");
        assertThatThrownBy(() -> join(JoinType.RIGHT_OUTER, true, PairCondition.ANY))
                .hasMessageContaining("RIGHT_OUTER join with the table on the right");
        assertThatThrownBy(() -> join(JoinType.FULL_OUTER, true, PairCondition.ANY))
                .hasMessageContaining("FULL_OUTER");
    }

    private static Object value(ColumnBatch rows, int row) {
        return java.util.Objects.requireNonNull(rows.column(1).get(row));
    }

    private void join(JoinType type, boolean tableOnRight, PairCondition condition) {
        List<Field> fields = new ArrayList<>((tableOnRight ? EVENTS : RANKS).fields());
        if (type != JoinType.LEFT_SEMI && type != JoinType.LEFT_ANTI) {
            fields.addAll((tableOnRight ? RANKS : EVENTS).fields());
        }
        TableJoin.Shape shape =
                new TableJoin.Shape(type, tableOnRight, new int[] {0}, EVENTS, RANKS, new Schema(fields), condition);
        ColumnBatch table = rows(RANKS, "a", 1, "b", 2, "b", 22, null, 9, "unused", 7);
        TableJoin join = TableJoin.with(table, new int[] {0}, shape, this::collect);
        join.pass(rows(EVENTS, "a", 1, "b", 2));
        join.pass(rows(EVENTS, "c", 3, null, 4));
    }

    private static ColumnBatch rows(Schema schema, @Nullable Object... values) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
        for (int i = 0; i < values.length; i += 2) {
            Object word = values[i];
            builder.append(new @Nullable Object[] {word == null ? null : Utf8.of((String) word), values[i + 1]});
        }
        return builder.build();
    }

    private void collect(ColumnBatch rows) {
        for (int row = 0; row < rows.rows(); row++) {
            out.add(Arrays.toString(rows.row(row)));
        }
    }
}
