// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowOrder;
import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueHash;
import io.millrace.table.execution.Changes;
import io.millrace.table.execution.GroupKey;
import io.millrace.table.execution.join.TestState;
import io.millrace.table.execution.rank.TopRows.Emission;
import io.millrace.table.plan.QueryPlan.Ranking;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopRowsTest {

    private static final Schema ROWS = new Schema(List.of(
            Field.of("k", AtomicType.STRING),
            new Field("t", AtomicType.TIMESTAMP, true, true),
            Field.of("v", AtomicType.INT)));

    private final List<String> out = new ArrayList<>();

    /** A row: key, time in microseconds, value, kind of change. */
    private record In(String k, long t, int v, int kind) {}

    @Test
    void aBetterRowTakesThePlaceOfTheWorstOfTheBest() {
        TopRows top = top(2, false, false, false, Emission.CHANGES);

        assertThat(batch(top, false, in("a", 5), in("a", 3), in("b", 1)))
                .containsExactly("[a, 0, 5, 1]", "[a, 0, 3, 1]", "[b, 0, 1, 1]");
        assertThat(batch(top, false, in("a", 4), in("a", 1))).containsExactly("[a, 0, 3, -1]", "[a, 0, 4, 1]");
        assertThat(batch(top, false, in("a", 2))).isEmpty();
    }

    @Test
    void withARankEveryRowThatMovesGoesAndComes() {
        TopRows top = top(3, true, false, false, Emission.CHANGES);

        batch(top, false, in("a", 5), in("a", 3));
        assertThat(batch(top, false, in("a", 4)))
                .containsExactly("[a, 0, 3, 2, -1]", "[a, 0, 4, 2, 1]", "[a, 0, 3, 3, 1]");
    }

    @Test
    void whereRowsMayGoTheNextBestComesUp() {
        TopRows top = top(1, false, true, false, Emission.CHANGES);

        batch(top, true, in("a", 5), in("a", 3));
        assertThat(batch(top, true, out("a", 5))).containsExactly("[a, 0, 5, -1]", "[a, 0, 3, 1]");
        assertThat(batch(top, true, out("a", 3))).containsExactly("[a, 0, 3, -1]");
    }

    @Test
    void equalRowsKeepTheirOrderOfArrival() {
        TopRows top = top(1, false, false, false, Emission.CHANGES);

        batch(top, false, new In("a", 1, 5, 1));
        assertThat(batch(top, false, new In("a", 2, 5, 1))).isEmpty();
    }

    @Test
    void aGroupIsClosedByItsTime() {
        TopRows top = top(1, false, false, true, Emission.CLOSED);

        assertThat(rows(top, 0, 0, new In("a", 1000, 5, 1), new In("a", 1000, 7, 1), new In("a", 2000, 1, 1)))
                .isEmpty();
        assertThat(rows(top, 0, 1000)).containsExactly("[a, 1000, 7]");
        assertThat(rows(top, 1000, 1000, new In("a", 1000, 9, 1))).isEmpty();
        assertThat(top.dropped()).isEqualTo(1);
        assertThat(rows(top, 1000, Long.MAX_VALUE)).containsExactly("[a, 2000, 1]");
    }

    @Test
    void inCompleteModeEverythingComesOutEachTime() {
        TopRows top = top(1, false, false, false, Emission.ALL);

        rows(top, 0, 0, in("a", 5));
        assertThat(rows(top, 0, 0, in("b", 1))).containsExactly("[a, 0, 5]", "[b, 0, 1]");
    }

    @Test
    void equalRowsHaveTheSameRank() {
        TopRows top = top(Ranking.RANK, 2, true, false, false, Emission.CHANGES);

        assertThat(batch(top, false, in("a", 5), new In("a", 1, 5, 1), in("a", 3)))
                .containsExactly("[a, 0, 5, 1, 1]", "[a, 1, 5, 1, 1]");
        assertThat(batch(top, false, in("a", 6)))
                .containsExactly(
                        "[a, 0, 5, 1, -1]",
                        "[a, 1, 5, 1, -1]",
                        "[a, 0, 6, 1, 1]",
                        "[a, 0, 5, 2, 1]",
                        "[a, 1, 5, 2, 1]");
        assertThat(batch(top, false, in("a", 6)))
                .as("three rows are before the others now")
                .containsExactly("[a, 0, 5, 2, -1]", "[a, 1, 5, 2, -1]", "[a, 0, 6, 1, 1]");
    }

    @Test
    void denseRanksCountDifferentRows() {
        TopRows top = top(Ranking.DENSE_RANK, 2, true, true, false, Emission.CHANGES);

        assertThat(batch(top, true, in("a", 5), in("a", 5), in("a", 3), in("a", 1)))
                .containsExactly("[a, 0, 5, 1, 1]", "[a, 0, 5, 1, 1]", "[a, 0, 3, 2, 1]");
        assertThat(batch(top, true, out("a", 5))).containsExactly("[a, 0, 5, 1, -1]");
        assertThat(batch(top, true, out("a", 5)))
                .containsExactly("[a, 0, 5, 1, -1]", "[a, 0, 3, 2, -1]", "[a, 0, 3, 1, 1]", "[a, 0, 1, 2, 1]");
    }

    @Test
    void closedGroupsAndWholeResultsHaveRanksThatAreReadFromTheState() {
        TopRows closed = top(Ranking.RANK, 2, true, false, true, Emission.CLOSED);
        rows(closed, 0, 0, new In("a", 1000, 5, 1), new In("a", 1000, 5, 1), new In("a", 1000, 4, 1));
        assertThat(rows(closed, 0, 1000)).containsExactly("[a, 1000, 5, 1]", "[a, 1000, 5, 1]");

        TopRows all = top(Ranking.DENSE_RANK, 2, true, false, false, Emission.ALL);
        rows(all, 0, 0, in("a", 5), in("a", 5), in("a", 4), in("a", 3));
        assertThat(rows(all, 0, 0)).containsExactly("[a, 0, 5, 1]", "[a, 0, 5, 1]", "[a, 0, 4, 2]");
    }

    @Test
    void theChangesOfManyBatchesAddUpToTheResultOfOne() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            boolean rank = random.nextBoolean();
            int count = 1 + random.nextInt(3);
            TopRows parts = top(count, rank, true, false, Emission.CHANGES);
            List<In> there = new ArrayList<>();
            List<String> result = new ArrayList<>();
            for (int batch = 0; batch < 10; batch++) {
                List<In> changes = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    if (!there.isEmpty() && random.nextInt(3) == 0) {
                        In gone = there.remove(random.nextInt(there.size()));
                        changes.add(new In(gone.k, gone.t, gone.v, Changes.GOES));
                    } else {
                        // no two rows are equal in the order, so there is one right answer
                        In come =
                                new In("k" + random.nextInt(2), 0, batch * 100 + i * 7 % 100 - random.nextInt(900), 1);
                        if (there.stream().noneMatch(row -> row.v == come.v)) {
                            there.add(come);
                            changes.add(come);
                        }
                    }
                }
                for (String change : batch(parts, true, changes.toArray(new In[0]))) {
                    String row = change.substring(0, change.lastIndexOf(','));
                    if (change.endsWith("-1]")) {
                        assertThat(result.remove(row))
                                .as("seed %d: %s goes", seed, row)
                                .isTrue();
                    } else {
                        result.add(row);
                    }
                }
            }
            List<String> whole = batch(top(count, rank, true, false, Emission.CHANGES), true, there.toArray(new In[0]));
            assertThat(result)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(whole.stream()
                            .map(row -> row.substring(0, row.lastIndexOf(',')))
                            .toList());
        }
    }

    private TopRows top(int count, boolean rank, boolean retracts, boolean byTime, Emission emission) {
        return top(Ranking.ROW_NUMBER, count, rank, retracts, byTime, emission);
    }

    private TopRows top(Ranking ranking, int count, boolean rank, boolean retracts, boolean byTime, Emission emission) {
        List<Field> output = new ArrayList<>(ROWS.fields());
        if (rank) {
            output.add(Field.of("rank", AtomicType.LONG));
        }
        TopRows.Shape shape = new TopRows.Shape(
                ROWS,
                ROWS,
                byTime ? new int[] {0, 1} : new int[] {0},
                new Ranks(ranking, new RowOrder(List.of(new RowOrder.Key(2, true, false))), count),
                rank,
                new Schema(output),
                retracts,
                byTime ? 1 : TopRows.NO_TIME,
                emission);
        return new TopRows(shape, new TestState<GroupKey>(), this::collect);
    }

    private List<String> batch(TopRows top, boolean retracts, In... rows) {
        return rows(top, retracts, 0, 0, rows);
    }

    private List<String> rows(TopRows top, long late, long evict, In... rows) {
        return rows(top, false, late, evict, rows);
    }

    private List<String> rows(TopRows top, boolean retracts, long late, long evict, In... rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(retracts ? Changes.with(ROWS) : ROWS);
        for (In row : rows) {
            builder.append(
                    retracts
                            ? new Object[] {Utf8.of(row.k), row.t, row.v, row.kind}
                            : new Object[] {Utf8.of(row.k), row.t, row.v});
        }
        ColumnBatch batch = builder.build();
        out.clear();
        top.batch(batch, ValueHash.hashes(batch, new int[] {0}), late, evict);
        return List.copyOf(out);
    }

    private void collect(ColumnBatch rows) {
        for (int row = 0; row < rows.rows(); row++) {
            out.add(Arrays.toString(rows.row(row)));
        }
    }

    private static In in(String key, int value) {
        return new In(key, 0, value, Changes.COMES);
    }

    private static In out(String key, int value) {
        return new In(key, 0, value, Changes.GOES);
    }
}
