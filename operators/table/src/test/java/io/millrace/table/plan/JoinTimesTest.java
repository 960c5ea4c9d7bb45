// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.and;
import static io.millrace.table.plan.Plans.call;
import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.join;
import static io.millrace.table.plan.Plans.scan;
import static io.millrace.table.plan.Plans.seconds;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JoinTimesTest {

    private static final long SECOND = 1_000_000;
    private static final long MILLI = 1000;
    private static final int LEFT_TIME = 1;
    private static final int RIGHT_TIME = 4;

    @Test
    void aRangeBoundsBothSides() {
        JoinTimes times = of(and(
                call(">=", column(RIGHT_TIME), column(LEFT_TIME)),
                call("<=", column(RIGHT_TIME), call("+", column(LEFT_TIME), seconds(5)))));

        assertThat(times.left().boundMicros(100 * SECOND))
                .as("R.t <= L.t + 5 s, and R.t > 100 s is to come")
                .isEqualTo(95 * SECOND - MILLI);
        assertThat(times.right().boundMicros(100 * SECOND)).isEqualTo(100 * SECOND - MILLI);
        assertThat(times.outputMicros(100 * SECOND)).isEqualTo(95 * SECOND - MILLI);
    }

    @Test
    void strictComparisonsBoundAtTheTimeItself() {
        JoinTimes times = of(call(">", call("-", column(LEFT_TIME), seconds(2)), column(RIGHT_TIME)));

        assertThat(times.left().boundMicros(100 * SECOND)).isEqualTo(102 * SECOND);
        assertThat(times.right().happens()).isFalse();
    }

    @Test
    void ofSeveralBoundsOnOneColumnTheMostCarefulCounts() {
        JoinTimes times = of(and(
                call("<", column(RIGHT_TIME), column(LEFT_TIME)),
                call("<", column(RIGHT_TIME), call("+", column(LEFT_TIME), seconds(7)))));

        assertThat(times.left().boundMicros(100 * SECOND)).isEqualTo(93 * SECOND);
    }

    @Test
    void aTimeAmongTheKeysBoundsBothSidesWhateverTheCondition() {
        QueryPlan.Join join = join(
                stream("a", 0),
                scan("b"),
                JoinType.LEFT_OUTER,
                List.of(0, 1),
                List.of(0, 1),
                call("<", column(RIGHT_TIME), call("+", column(LEFT_TIME), seconds(7))));
        JoinTimes times = JoinTimes.of(join);

        assertThat(times.left()).isEqualTo(times.right());
        assertThat(times.left().source()).isEqualTo(Eviction.Source.KEY);
        assertThat(times.left().place()).isEqualTo(1);
        assertThat(times.right().boundMicros(5)).isEqualTo(5);
        assertThat(times.lateRight()).isEqualTo(JoinTimes.NO_COLUMN);
    }

    @Test
    void withoutAWatermarkOnTheOtherSideNothingIsForgotten() {
        Expression range = call("<=", column(RIGHT_TIME), call("+", column(LEFT_TIME), seconds(5)));

        assertThat(JoinTimes.of(join(stream("a", 0), scan("b"), JoinType.LEFT_OUTER, List.of(0), List.of(0), range))
                        .allows(JoinType.LEFT_OUTER))
                .isFalse();
        JoinTimes right =
                JoinTimes.of(join(scan("a"), stream("b", 0), JoinType.LEFT_OUTER, List.of(0), List.of(0), range));
        assertThat(right.allows(JoinType.LEFT_OUTER))
                .as("the watermark of the right says what can still come to meet a left row")
                .isTrue();
        assertThat(right.right().happens()).isFalse();
    }

    @Test
    void anEqualityThatIsNoKeyBoundsBothSides() {
        JoinTimes times = of(call("=", column(RIGHT_TIME), column(LEFT_TIME)));

        assertThat(times.left().boundMicros(100 * SECOND)).isEqualTo(100 * SECOND - MILLI);
        assertThat(times.right()).isEqualTo(times.left());
    }

    @Test
    void otherComparisonsSayNothing() {
        assertThat(of(null).evicts()).isFalse();
        assertThat(of(call("<", column(RIGHT_TIME), seconds(3))).evicts()).isFalse();
        assertThat(of(call("<", column(RIGHT_TIME), call("date_trunc", column(LEFT_TIME))))
                        .evicts())
                .isFalse();
    }

    @Test
    void secondsLoseTheirFractionSoASecondIsGranted() {
        Expression left = new Expression.Cast(column(LEFT_TIME), AtomicType.LONG, false);
        Expression right = new Expression.Cast(column(RIGHT_TIME), AtomicType.LONG, false);
        JoinTimes times = of(call("<", right, left));

        assertThat(times.left().boundMicros(100 * SECOND)).isLessThanOrEqualTo(99 * SECOND);
    }

    @Test
    void aRowIsDueExactlyAtTheFirstWatermarkWhoseBoundItIsNotAbove() {
        Eviction[] all = {
            Eviction.byKey(0),
            Eviction.byColumn(0, -5 * SECOND, true),
            Eviction.byColumn(0, 1234567, false),
            Eviction.byColumn(0, -7, true)
        };
        for (Eviction eviction : all) {
            for (long time = -3000; time < 3000; time += 7) {
                long due = eviction.dueAtMicros(time);
                assertThat(eviction.boundMicros(due)).isGreaterThanOrEqualTo(time);
                assertThat(eviction.boundMicros(due - 1)).isLessThan(time);
            }
        }
    }

    private static JoinTimes of(@Nullable Expression condition) {
        return JoinTimes.of(join(stream("a", 0), stream("b", 1), JoinType.INNER, List.of(0), List.of(0), condition));
    }
}
