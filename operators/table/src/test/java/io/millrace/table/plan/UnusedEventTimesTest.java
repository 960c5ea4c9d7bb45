// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.join;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnusedEventTimesTest {

    private static final int WORD = 0;
    private static final int TIME = 1;

    @Test
    void aTimeThatNothingUsesAfterADeduplicationCarriesNoWatermarkIntoIt() {
        QueryPlan plan = select(new QueryPlan.Deduplicate(stream("a", 0), List.of(WORD), false), WORD);

        assertThat(watermarked(inputsOf(QueryPlan.Deduplicate.class, UnusedEventTimes.apply(plan))
                        .get(0)))
                .isFalse();
    }

    @Test
    void aTimeThatIsUsedGoesOnCarryingIt() {
        QueryPlan plan = select(new QueryPlan.Deduplicate(stream("a", 0), List.of(WORD), false), TIME);

        assertThat(UnusedEventTimes.apply(plan)).isEqualTo(plan);
    }

    @Test
    void soDoesOneOfAResultThatIsTakenAsItIs() {
        QueryPlan plan = new QueryPlan.Deduplicate(stream("a", 0), List.of(WORD), false);

        assertThat(UnusedEventTimes.apply(plan)).isEqualTo(plan);
    }

    @Test
    void deduplicationWithinAWatermarkUsesTheTime() {
        QueryPlan plan = select(new QueryPlan.Deduplicate(stream("a", 0), List.of(WORD), true), WORD);

        assertThat(UnusedEventTimes.apply(plan)).isEqualTo(plan);
    }

    @Test
    void ofAJoinTheSideWhoseTimeIsNotUsedLosesIt() {
        QueryPlan.Join join = join(stream("a", 0), stream("b", 1), JoinType.INNER, List.of(WORD), List.of(WORD), null);
        List<QueryPlan> inputs = inputsOf(QueryPlan.Join.class, UnusedEventTimes.apply(select(join, TIME)));

        assertThat(watermarked(inputs.get(0))).isTrue();
        assertThat(watermarked(inputs.get(1))).isFalse();
    }

    private static QueryPlan select(QueryPlan input, int place) {
        Field field = input.schema().field(place);
        return new QueryPlan.Project(
                input,
                List.of(column(place)),
                new Schema(List.of(new Field(field.name(), field.type(), true, field.eventTime()))));
    }

    private static List<QueryPlan> inputsOf(Class<? extends QueryPlan> kind, QueryPlan plan) {
        return kind.isInstance(plan)
                ? plan.inputs()
                : inputsOf(kind, plan.inputs().get(0));
    }

    private static boolean watermarked(QueryPlan plan) {
        assertThat(plan.schema().field(TIME).type()).isEqualTo(AtomicType.TIMESTAMP);
        return plan.schema().fields().stream().anyMatch(Field::eventTime);
    }
}
