// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.TableSession;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final MathContext DIGITS_OF_DOUBLES = new MathContext(12);

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
        duckDb.answer(query).forEach(row -> expected.add(text(row)));
        List<String> actual = new ArrayList<>();
        session.sql(query.sql()).collect().forEach(row -> actual.add(text(row.values())));

        assertThat(expected).as("an answer that is empty would show nothing").isNotEmpty();
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String text(List<? extends @Nullable Object> row) {
        List<String> texts = new ArrayList<>();
        row.forEach(value -> texts.add(text(value)));
        return texts.toString();
    }

    /** A value without its type: numbers without needless digits. */
    private static String text(@Nullable Object value) {
        if (value instanceof Double number) {
            return plain(new BigDecimal(number).round(DIGITS_OF_DOUBLES));
        }
        if (value instanceof BigDecimal number) {
            return plain(number);
        }
        if (value instanceof BigInteger || value instanceof Number) {
            return plain(new BigDecimal(value.toString()));
        }
        return String.valueOf(value);
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
