// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answers to Nexmark's questions over the first events. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NexmarkAnswersTest {

    private static final long SEED = 42;
    private static final long EVENTS = 10_000;

    private final NexmarkEvents events = new NexmarkEvents(SEED, 400);
    private NexmarkDuckDb duckDb;

    @BeforeAll
    void fill() throws Exception {
        duckDb = new NexmarkDuckDb(events, EVENTS);
    }

    @AfterAll
    void close() throws Exception {
        duckDb.close();
    }

    /** An answer that is empty would show nothing. */
    @ParameterizedTest
    @EnumSource
    void duckDbHasAnAnswer(NexmarkQuery query) throws Exception {
        List<?> rows = duckDb.answer(query);

        assertThat(rows).isNotEmpty();
        assertThat(query.sql()).startsWith("--");
    }
}
