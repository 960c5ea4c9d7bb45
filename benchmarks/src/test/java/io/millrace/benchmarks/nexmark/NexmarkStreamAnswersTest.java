// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.Refusals;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepwiseQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The answers to Nexmark's questions over streams, in several batches, are in the end those of DuckDB over the same events: what append mode has given, what rows
 * of update mode leave where each takes the place of the one before it with its key, and what the last batch of complete mode has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NexmarkStreamAnswersTest {

    private static final long SEED = 42;
    private static final long EVENTS = 10_000;
    private static final double EVENTS_PER_SECOND = 400;
    private static final int BATCHES = 5;

    /** An hour and more later than all that count. */
    private static final long FAR_EVENT = 2_000_000;

    /** Whose rows come when a window is over, so that later events have to come before the last of them do. */
    private static final Set<NexmarkQuery> BY_WINDOWS =
            EnumSet.of(NexmarkQuery.Q5, NexmarkQuery.Q7, NexmarkQuery.Q8, NexmarkQuery.Q11, NexmarkQuery.Q12);

    private final NexmarkEvents events = new NexmarkEvents(SEED, EVENTS_PER_SECOND);
    private final NexmarkDuckDb duckDb;

    NexmarkStreamAnswersTest() throws Exception {
        duckDb = new NexmarkDuckDb(events, EVENTS);
    }

    @AfterAll
    void close() throws Exception {
        duckDb.close();
    }

    static Stream<Arguments> appending() {
        return Stream.concat(
                BY_WINDOWS.stream().map(query -> arguments(query)),
                Stream.of(
                                NexmarkQuery.Q0,
                                NexmarkQuery.Q1,
                                NexmarkQuery.Q2,
                                NexmarkQuery.Q3,
                                NexmarkQuery.Q13,
                                NexmarkQuery.Q14,
                                NexmarkQuery.Q20,
                                NexmarkQuery.Q21,
                                NexmarkQuery.Q22)
                        .map(query -> arguments(query)));
    }

    @ParameterizedTest
    @MethodSource("appending")
    void whatIsAppendedIsTheAnswer(NexmarkQuery query) throws Exception {
        List<String> given = new ArrayList<>();
        run(query, OutputMode.APPEND, batch -> batch.rows().forEach(row -> given.add(AnswerText.of(row.values()))));

        expect(query, given);
    }

    /** Questions, and the places of the columns of which no two rows of the answer have the same. */
    static Stream<Arguments> updating() {
        return Stream.of(
                arguments(NexmarkQuery.Q4, new int[] {0}),
                arguments(NexmarkQuery.Q6, new int[] {0}),
                arguments(NexmarkQuery.Q8, new int[] {0, 2}),
                arguments(NexmarkQuery.Q9, new int[] {0}),
                arguments(NexmarkQuery.Q12, new int[] {0, 1}),
                arguments(NexmarkQuery.Q15, new int[] {0}),
                arguments(NexmarkQuery.Q17, new int[] {0, 1}),
                arguments(NexmarkQuery.Q18, new int[] {0, 1}),
                arguments(NexmarkQuery.Q19, new int[] {0, 4}));
    }

    @ParameterizedTest
    @MethodSource("updating")
    void rowsThatTakeThePlaceOfOthersLeaveTheAnswer(NexmarkQuery query, int[] key) throws Exception {
        Map<List<Object>, String> table = new LinkedHashMap<>();
        run(query, OutputMode.UPDATE, batch -> {
            for (Row row : batch.rows()) {
                table.put(Arrays.stream(key).mapToObj(place -> row.get(place)).toList(), AnswerText.of(row.values()));
            }
        });

        expect(query, table.values());
    }

    static Stream<Arguments> whole() {
        return Stream.of(
                        NexmarkQuery.Q4,
                        NexmarkQuery.Q5,
                        NexmarkQuery.Q6,
                        NexmarkQuery.Q7,
                        NexmarkQuery.Q8,
                        NexmarkQuery.Q9,
                        NexmarkQuery.Q11,
                        NexmarkQuery.Q12,
                        NexmarkQuery.Q15,
                        NexmarkQuery.Q17,
                        NexmarkQuery.Q18,
                        NexmarkQuery.Q19)
                .map(query -> arguments(query));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void theLastWholeResultIsTheAnswer(NexmarkQuery query) throws Exception {
        List<String> last = new ArrayList<>();
        run(query, OutputMode.COMPLETE, batch -> {
            last.clear();
            batch.rows().forEach(row -> last.add(AnswerText.of(row.values())));
        });

        expect(query, last);
    }

    private void expect(NexmarkQuery query, Collection<String> actual) throws Exception {
        List<String> expected = new ArrayList<>();
        duckDb.answer(query).forEach(row -> expected.add(AnswerText.of(row)));
        assertThat(expected).as("an answer that is empty would show nothing").isNotEmpty();
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** What takes a batch of a query. */
    @FunctionalInterface
    private interface Batches {
        void take(QueryBatch batch);
    }

    private void run(NexmarkQuery query, OutputMode mode, Batches batches) {
        try (TableSession session = TableSession.builder()
                .queryOptions(options -> options.withRefusals(Refusals.NONE))
                .build()) {
            NexmarkMemory memory = NexmarkMemory.views(session, events);
            try (StepwiseQuery run = StepwiseQuery.start(session.sql(query.sql()), mode)) {
                for (int batch = 0; batch < BATCHES; batch++) {
                    memory.add(EVENTS * batch / BATCHES, EVENTS * (batch + 1) / BATCHES);
                    run.run().forEach(batches::take);
                }
                if (mode == OutputMode.APPEND && BY_WINDOWS.contains(query)) {
                    memory.add(FAR_EVENT, FAR_EVENT + NexmarkEvents.nth(NexmarkEvents.Kind.PERSON, 1));
                    run.run().forEach(batches::take);
                }
            }
        }
    }
}
