// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.execution.join.JoinDrive.In;
import io.millrace.table.execution.join.JoinDrive.Range;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamJoinTest {

    private static final long SECOND = 1_000_000;
    private static final Range FIVE_SECONDS = new Range(0, 5 * SECOND);

    @Test
    void aPairComesInTheBatchOfItsLaterRow() {
        JoinDrive join = new JoinDrive(JoinType.INNER, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(List.of(in("k", 1, 1), in("l", 2, 2)), List.of(in("k", 3, 10), in("l", 9, 20)), 0, 0))
                .containsExactly("[k, 1000000, 1, k, 3000000, 10]");
        assertThat(join.batch(List.of(), List.of(in("k", 6, 11), in("l", 7, 21)), 0, 0))
                .containsExactly("[k, 1000000, 1, k, 6000000, 11]", "[l, 2000000, 2, l, 7000000, 21]");
        assertThat(join.waiting()).isEqualTo(6);
    }

    @Test
    void aRowThatWasNotMetComesOutWhenTheWatermarkPassesWhatCouldMeetIt() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_OUTER, true, true, List.of(0), FIVE_SECONDS);
        join.batch(List.of(in("k", 1, 1), in("l", 2, 2)), List.of(in("k", 3, 10)), 0, 0);

        assertThat(join.batch(List.of(), List.of(), 0, 7 * SECOND))
                .as("a right row at 7.0 s would be late")
                .isEmpty();
        assertThat(join.batch(List.of(), List.of(), 0, 7 * SECOND + 1000))
                .containsExactly("[l, 2000000, 2, null, null, null]");
        assertThat(join.waiting()).isZero();
    }

    @Test
    void aMetRowThatWaitsIsForgottenInSilence() {
        JoinDrive join = new JoinDrive(JoinType.FULL_OUTER, true, true, List.of(0), FIVE_SECONDS);
        join.batch(List.of(in("k", 1, 1)), List.of(), 0, 0);
        join.batch(List.of(), List.of(in("k", 2, 2), in("k", 1000, 3)), 0, 0);

        assertThat(join.batch(List.of(), List.of(), 0, 100 * SECOND)).isEmpty();
        assertThat(join.waiting()).isEqualTo(1);
        assertThat(join.batch(List.of(), List.of(), 0, 2000 * SECOND))
                .containsExactly("[null, null, null, k, 1000000000, 3]");
    }

    @Test
    void nullKeysMeetNothingInAFullOuterJoinEither() {
        JoinDrive join = new JoinDrive(JoinType.FULL_OUTER, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(List.of(in(null, 3, 3)), List.of(in(null, 3, 30)), 0, 0))
                .isEmpty();
        assertThat(join.batch(List.of(), List.of(), 0, 20 * SECOND))
                .containsExactly("[null, 3000000, 3, null, null, null]", "[null, null, null, null, 3000000, 30]");
    }

    @Test
    void aRowWithoutATimeMeetsNothingAndComesOutAtOnce() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_OUTER, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(List.of(new In("k", null, 3)), List.of(in("k", 1, 4)), 0, 0))
                .containsExactly("[k, null, 3, null, null, null]");
        assertThat(join.waiting()).isEqualTo(1);
    }

    @Test
    void aSemiJoinGivesEachLeftRowOnceAndForgetsIt() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_SEMI, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(List.of(in("k", 1, 1), in("l", 1, 2)), List.of(in("k", 2, 3), in("k", 3, 4)), 0, 0))
                .containsExactly("[k, 1000000, 1]");
        assertThat(join.batch(List.of(), List.of(in("k", 4, 5), in("l", 2, 6), in("l", 3, 7)), 0, 0))
                .containsExactly("[l, 1000000, 2]");
        assertThat(join.batch(List.of(), List.of(in("l", 4, 8)), 0, 0)).isEmpty();
        assertThat(join.waiting()).as("right rows only").isEqualTo(6);
    }

    @Test
    void anAntiJoinGivesARowOnceNothingCanMeetIt() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_ANTI, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(List.of(in("k", 1, 1), in("l", 1, 2)), List.of(in("k", 2, 3)), 0, 0))
                .isEmpty();
        assertThat(join.batch(List.of(), List.of(), 0, 7 * SECOND)).containsExactly("[l, 1000000, 2]");
    }

    @Test
    void lateRowsAreDroppedAndCountedOnBothSides() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_OUTER, true, true, List.of(0), FIVE_SECONDS);

        assertThat(join.batch(
                        List.of(in("k", 20, 1), in("k", 21, 2)), List.of(in("k", 20, 3)), 20 * SECOND, 20 * SECOND))
                .isEmpty();
        assertThat(join.dropped()).isEqualTo(2);
    }

    @Test
    void withTheTimeAmongTheKeysRowsAreForgottenAtIt() {
        JoinDrive join = new JoinDrive(JoinType.FULL_OUTER, true, true, List.of(1), null);

        assertThat(join.batch(List.of(in("k", 1, 1), in("l", 3, 2)), List.of(in("m", 3, 3)), 0, 0))
                .containsExactly("[l, 3000000, 2, m, 3000000, 3]");
        assertThat(join.batch(List.of(), List.of(), 0, 3 * SECOND))
                .containsExactly("[k, 1000000, 1, null, null, null]");
        assertThat(join.waiting()).isZero();
    }

    @Test
    void aWatermarkOnTheRightAloneIsEnoughForTheNullsOfALeftJoin() {
        JoinDrive join = new JoinDrive(JoinType.LEFT_OUTER, false, true, List.of(0), FIVE_SECONDS);
        join.batch(List.of(in("n", 1, 1)), List.of(in("k", 30, 3)), 0, 0);

        assertThat(join.batch(List.of(), List.of(), 0, 20 * SECOND))
                .containsExactly("[n, 1000000, 1, null, null, null]");
    }

    @Test
    void withoutAnyBoundRowsWaitForEver() {
        JoinDrive join = new JoinDrive(JoinType.INNER, false, false, List.of(0), null);
        join.batch(List.of(in("k", 1, 1)), List.of(), 0, 0);

        assertThat(join.times().evicts()).isFalse();
        assertThat(join.batch(List.of(), List.of(in("k", 100000, 2)), 0, 1_000_000 * SECOND))
                .hasSize(1);
    }

    /** Many small batches with a watermark that drops nothing give what all rows at once give. */
    @ParameterizedTest
    @EnumSource(JoinType.class)
    void manyBatchesGiveWhatOneGives(JoinType type) {
        LongStream.range(0, 60).forEach(seed -> compare(type, seed));
    }

    private static void compare(JoinType type, long seed) {
        Random random = new Random(seed);
        Range range = new Range(-random.nextInt(4) * SECOND, random.nextInt(5) * SECOND);
        List<Integer> keys = random.nextInt(4) == 0 ? List.of(0, 1) : List.of(0);
        JoinDrive whole = new JoinDrive(type, true, true, keys, range);
        JoinDrive parts = new JoinDrive(type, true, true, keys, range);
        List<In> allLeft = new ArrayList<>();
        List<In> allRight = new ArrayList<>();
        List<String> given = new ArrayList<>();
        long watermark = 0;
        int batches = 1 + random.nextInt(20);
        for (int batch = 0; batch < batches; batch++) {
            List<In> left = some(random, watermark / SECOND);
            List<In> right = some(random, watermark / SECOND);
            allLeft.addAll(left);
            allRight.addAll(right);
            given.addAll(parts.batch(left, right, watermark, watermark));
            watermark += random.nextInt(4) * SECOND;
            given.addAll(parts.batch(List.of(), List.of(), watermark, watermark));
        }
        given.addAll(parts.batch(List.of(), List.of(), watermark, Long.MAX_VALUE));

        assertThat(given.stream().sorted().toList())
                .as("seed %d, %s, keys %s", seed, range, keys)
                .isEqualTo(whole.batch(allLeft, allRight, Long.MIN_VALUE, Long.MAX_VALUE));
        assertThat(parts.waiting()).isZero();
        assertThat(whole.waiting()).isZero();
    }

    /** Rows that are not late. */
    private static List<In> some(Random random, long watermarkSeconds) {
        List<In> rows = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = random.nextInt(8) == 0 ? null : "k" + random.nextInt(3);
            Long time = random.nextInt(20) == 0 ? null : (watermarkSeconds + 1 + random.nextInt(9)) * SECOND;
            rows.add(new In(key, time, random.nextInt(100)));
        }
        return rows;
    }

    private static In in(@Nullable String key, long seconds, int value) {
        return new In(key, seconds * SECOND, value);
    }
}
