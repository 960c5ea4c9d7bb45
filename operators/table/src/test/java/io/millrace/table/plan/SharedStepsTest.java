// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.join;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedStepsTest {

    private static QueryPlan groups(QueryPlan input, int key) {
        Field field = input.schema().field(key);
        return new QueryPlan.Aggregate(input, List.of(key), List.of(), new Schema(List.of(field)));
    }

    private static List<QueryPlan> inputs(QueryPlan plan) {
        return SharedSteps.apply(plan, OutputMode.UPDATE).inputs();
    }

    @Test
    void whatIsSaidTwiceIsOneStep() {
        QueryPlan.Join twice = join(
                groups(stream("a", 0), 0),
                groups(stream("a", 1), 0),
                QueryPlan.JoinType.INNER,
                List.of(0),
                List.of(0),
                null);

        List<QueryPlan> inputs = inputs(twice);

        assertThat(inputs.get(0)).isSameAs(inputs.get(1)).isEqualTo(groups(stream("a", 0), 0));
    }

    @Test
    void otherKeysOrOtherSourcesAreOtherSteps() {
        QueryPlan.Join keys = join(
                groups(stream("a", 0), 0),
                groups(stream("a", 1), 2),
                QueryPlan.JoinType.INNER,
                List.of(0),
                List.of(0),
                null);
        QueryPlan.Join sources = join(
                groups(stream("a", 0), 0),
                groups(stream("b", 1), 0),
                QueryPlan.JoinType.INNER,
                List.of(0),
                List.of(0),
                null);

        List<QueryPlan> byKeys = inputs(keys);
        assertThat(byKeys.get(0)).isNotEqualTo(byKeys.get(1));
        assertThat(byKeys.get(0).inputs().get(0))
                .isSameAs(byKeys.get(1).inputs().get(0));
        assertThat(inputs(sources).get(0)).isNotEqualTo(inputs(sources).get(1));
    }

    @Test
    void watermarksAreNumberedWithoutGaps() {
        QueryPlan.Join sources = join(
                join(stream("a", 3), stream("a", 5), QueryPlan.JoinType.INNER, List.of(0), List.of(0), null),
                stream("b", 4),
                QueryPlan.JoinType.INNER,
                List.of(0),
                List.of(0),
                null);

        QueryPlan numbered = SharedSteps.apply(sources, OutputMode.APPEND);

        QueryPlan.Join first = (QueryPlan.Join) numbered.inputs().get(0);
        assertThat(first.left()).isSameAs(first.right()).isEqualTo(stream("a", 0));
        assertThat(numbered.inputs().get(1)).isEqualTo(stream("b", 1));
    }

    /** One of the two gives rows to the result, the other changes to the aggregation over it. */
    @Test
    void aStepThatGivesTheResultIsNotSharedWithOneBelowAnother() {
        QueryPlan counted = groups(stream("a", 0), 0);
        QueryPlan.Union both = new QueryPlan.Union(List.of(counted, groups(counted, 0)), counted.schema());

        List<QueryPlan> inputs = inputs(both);

        assertThat(inputs.get(0)).isNotSameAs(inputs.get(1).inputs().get(0)).isEqualTo(counted);
    }
}
