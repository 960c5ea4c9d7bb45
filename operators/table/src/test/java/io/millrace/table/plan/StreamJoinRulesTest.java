// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.call;
import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.join;
import static io.millrace.table.plan.Plans.scan;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamJoinRulesTest {

    /** Bounds the left by the watermark of the right. */
    private static final Expression RANGE = call("<=", column(4), column(1));

    @Test
    void anOuterJoinWithoutABoundOnItsOuterSideIsRefused() {
        QueryPlan noRange = join(stream("a", 0), stream("b", 1), JoinType.LEFT_OUTER, List.of(0), List.of(0), null);
        assertThatThrownBy(() -> StreamingRules.check(noRange, OutputMode.APPEND, Refusals.ALL_OF_SPARK))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("Stream-stream LeftOuter join")
                .hasMessageContaining("a watermark on the nullable side and an appropriate range condition");
        QueryPlan leftOnly = join(stream("a", 0), scan("b"), JoinType.LEFT_OUTER, List.of(0), List.of(0), RANGE);
        assertThatThrownBy(() -> StreamingRules.check(leftOnly, OutputMode.APPEND, Refusals.ALL_OF_SPARK))
                .isInstanceOf(AnalysisException.class);
    }

    @Test
    void withABoundItIsAllowed() {
        for (QueryPlan left : List.of(stream("a", 0), scan("a"))) {
            QueryPlan plan = join(left, stream("b", 1), JoinType.LEFT_OUTER, List.of(0), List.of(0), RANGE);
            assertThatCode(() -> StreamingRules.check(plan, OutputMode.APPEND, Refusals.ALL_OF_SPARK))
                    .doesNotThrowAnyException();
        }
        QueryPlan byTime = join(stream("a", 0), scan("b"), JoinType.FULL_OUTER, List.of(1), List.of(1), null);
        assertThatCode(() -> StreamingRules.check(byTime, OutputMode.APPEND, Refusals.ALL_OF_SPARK))
                .doesNotThrowAnyException();
    }
}
