// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueHash;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.plan.Eviction;
import io.millrace.table.plan.JoinTimes;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeJoinTest {

    private static final Schema SIDE =
            new Schema(List.of(Field.of("k", AtomicType.STRING), Field.of("v", AtomicType.INT)));

    /** A row of a side. */
    private record In(@Nullable String k, int v, int kind) {}

    private final List<String> out = new ArrayList<>();

    @Test
    void aRowBesideNullsGoesWhenAnotherMeetsIt() {
        ChangeJoin join = join(JoinType.LEFT_OUTER, false);

        assertThat(batch(join, List.of(come("a", 1)), List.of())).containsExactly("[a, 1, null, null, 1]");
        assertThat(batch(join, List.of(), List.of(come("a", 2))))
                .containsExactly("[a, 1, null, null, -1]", "[a, 1, a, 2, 1]");
        assertThat(batch(join, List.of(), List.of(go("a", 2))))
                .containsExactly("[a, 1, a, 2, -1]", "[a, 1, null, null, 1]");
        assertThat(batch(join, List.of(go("a", 1)), List.of())).containsExactly("[a, 1, null, null, -1]");
        assertThat(join.waiting()).isZero();
    }

    @Test
    void whatComesAndGoesInOneBatchLeavesNoTrace() {
        ChangeJoin join = join(JoinType.FULL_OUTER, false);

        assertThat(batch(join, List.of(come("a", 1), go("a", 1)), List.of())).isEmpty();
        assertThat(join.waiting()).isZero();
    }

    @Test
    void aSemiJoinTakesBackWhatIsMetNoMore() {
        ChangeJoin join = join(JoinType.LEFT_SEMI, false);

        batch(join, List.of(come("a", 1)), List.of(come("a", 2), come("a", 3)));
        assertThat(batch(join, List.of(), List.of(go("a", 2)))).isEmpty();
        assertThat(batch(join, List.of(), List.of(go("a", 3)))).containsExactly("[a, 1, -1]");
    }

    @Test
    void inCompleteModeTheWholeResultComesEachTime() {
        ChangeJoin join = join(JoinType.LEFT_OUTER, true);

        batch(join, List.of(come("a", 1), come("b", 5)), List.of());
        assertThat(batch(join, List.of(), List.of(come("a", 2))))
                .containsExactlyInAnyOrder("[a, 1, a, 2]", "[b, 5, null, null]");
        assertThat(batch(join, List.of(), List.of())).hasSize(2);
    }

    /** After every batch, what came and went adds up to the join of what is there. */
    @ParameterizedTest
    @EnumSource(JoinType.class)
    void changesAddUpToTheJoinOfWhatIsThere(JoinType type) {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ChangeJoin join = join(type, false);
            ChangeJoin whole = join(type, true);
            List<In> left = new ArrayList<>();
            List<In> right = new ArrayList<>();
            List<String> result = new ArrayList<>();
            for (int batch = 0; batch < 12; batch++) {
                List<In> leftChanges = changes(random, left);
                List<In> rightChanges = changes(random, right);
                for (String change : batch(join, leftChanges, rightChanges)) {
                    String row = change.substring(0, change.lastIndexOf(',')) + "]";
                    if (change.endsWith("-1]")) {
                        assertThat(result.remove(row))
                                .as("seed %d: %s goes", seed, row)
                                .isTrue();
                    } else {
                        result.add(row);
                    }
                }
                List<String> expected = expected(type, left, right);
                assertThat(result).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(batch(whole, leftChanges, rightChanges))
                        .as("whole, seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static List<In> changes(Random random, List<In> there) {
        List<In> changes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            if (!there.isEmpty() && random.nextInt(2) == 0) {
                In gone = there.remove(random.nextInt(there.size()));
                changes.add(new In(gone.k, gone.v, Changes.GOES));
            } else {
                In come = come(random.nextInt(6) == 0 ? null : "k" + random.nextInt(2), random.nextInt(4));
                there.add(come);
                changes.add(come);
            }
        }
        return changes;
    }

    private static List<String> expected(JoinType type, List<In> left, List<In> right) {
        List<String> rows = new ArrayList<>();
        for (In l : left) {
            long met = right.stream().filter(r -> meets(l, r)).count();
            if (type == JoinType.LEFT_SEMI || type == JoinType.LEFT_ANTI) {
                if (met > 0 == (type == JoinType.LEFT_SEMI)) {
                    rows.add("[" + l.k + ", " + l.v + "]");
                }
                continue;
            }
            right.stream().filter(r -> meets(l, r)).forEach(r -> rows.add(pair(l.k, l.v, r.k, r.v)));
            if (met == 0 && (type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER)) {
                rows.add(pair(l.k, l.v, null, null));
            }
        }
        if (type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER) {
            right.stream()
                    .filter(r -> left.stream().noneMatch(l -> meets(l, r)))
                    .forEach(r -> rows.add(pair(null, null, r.k, r.v)));
        }
        return rows;
    }

    private static String pair(
            @Nullable String k, @Nullable Integer v, @Nullable String otherK, @Nullable Integer otherV) {
        return "[" + k + ", " + v + ", " + otherK + ", " + otherV + "]";
    }

    private static boolean meets(In left, In right) {
        return left.k != null && left.k.equals(right.k) && left.v <= right.v + 1;
    }

    private ChangeJoin join(JoinType type, boolean whole) {
        List<Field> fields = new ArrayList<>(SIDE.fields());
        if (type != JoinType.LEFT_SEMI && type != JoinType.LEFT_ANTI) {
            fields.addAll(SIDE.fields());
        }
        boolean left = type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER || type == JoinType.LEFT_ANTI;
        boolean right = type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER;
        PairCondition condition = (l, r) -> (leftRow, rightRow) -> value(l, leftRow) <= value(r, rightRow) + 1;
        StreamJoin.Shape shape = new StreamJoin.Shape(type, side(left), side(right), new Schema(fields), condition);
        return new ChangeJoin(shape, 2, 2, whole, new TestState<GroupKey>(), this::collect);
    }

    private static int value(ColumnBatch rows, int row) {
        Integer value = (Integer) rows.column(1).get(row);
        return value == null ? 0 : value;
    }

    private static JoinSide side(boolean kept) {
        return new JoinSide(
                SIDE, new int[] {0}, List.of(AtomicType.STRING), kept, JoinTimes.NO_COLUMN, Eviction.NEVER, null);
    }

    private List<String> batch(ChangeJoin join, List<In> left, List<In> right) {
        ColumnBatch one = rows(left);
        ColumnBatch other = rows(right);
        out.clear();
        int[] key = {0};
        join.batch(one, ValueHash.hashes(one, key), other, ValueHash.hashes(other, key), 0, 0);
        return List.copyOf(out);
    }

    private static ColumnBatch rows(List<In> rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(Changes.with(SIDE));
        for (In row : rows) {
            builder.append(new @Nullable Object[] {row.k == null ? null : Utf8.of(row.k), row.v, row.kind});
        }
        return builder.build();
    }

    private void collect(ColumnBatch rows) {
        for (int row = 0; row < rows.rows(); row++) {
            out.add(Arrays.toString(rows.row(row)));
        }
    }

    private static In come(@Nullable String key, int value) {
        return new In(key, value, Changes.COMES);
    }

    private static In go(String key, int value) {
        return new In(key, value, Changes.GOES);
    }
}
