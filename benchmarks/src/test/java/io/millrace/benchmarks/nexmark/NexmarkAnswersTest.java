// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.TableSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answers to Nexmark's questions over the first events are those of DuckDB, which is asked the same in its own words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NexmarkAnswersTest {

    private static final long SEED = 42;
    private static final long EVENTS = 10_000;
    private static final double EVENTS_PER_SECOND = 400;

    private final TableSession session = TableSession.builder().build();
    private final NexmarkEvents events = new NexmarkEvents(SEED, EVENTS_PER_SECOND);
    private final NexmarkDuckDb duckDb;

    NexmarkAnswersTest() throws Exception {
        duckDb = new NexmarkDuckDb(events, EVENTS);
    }

    @BeforeAll
    void fill() {
        NexmarkViews.finished(session, events, EVENTS);
    }

    @AfterAll
    void close() throws Exception {
        duckDb.close();
        session.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersAsDuckDb(NexmarkQuery query) throws Exception {
        List<String> expected = new ArrayList<>();
        duckDb.answer(query).forEach(row -> expected.add(AnswerText.of(row)));
        List<String> actual = new ArrayList<>();
        session.sql(query.sql()).collect().forEach(row -> actual.add(AnswerText.of(row.values())));

        assertThat(expected).as("an answer that is empty would show nothing").isNotEmpty();
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }
}
