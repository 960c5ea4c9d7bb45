// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Window functions over finished tables: small ones by hand, and random ones against rows that are looked through one by one. */
class WindowFunctionsTest {

    private static final SqlTables TABLES = new SqlTables();

    @BeforeAll
    static void tables() {
        TABLES.table(
                "t",
                "k string, o int, v int",
                Row.of("a", 1, 10),
                Row.of("a", 2, null),
                Row.of("a", 2, 30),
                Row.of("a", 5, 40),
                Row.of("b", 1, 7));
        TABLES.table(
                "d", "day date, v int", Row.of(day(1), 1), Row.of(day(2), 2), Row.of(day(4), 4), Row.of(day(9), 8));
        TABLES.table("none", "k string, o int, v int");
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2024, 1, day);
    }

    @AfterAll
    static void close() {
        TABLES.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "SELECT k, o, rank() OVER (PARTITION BY k ORDER BY o) AS r, dense_rank() OVER (PARTITION BY k ORDER BY o) AS d FROM t | a 1 1 1; a 2 2 2; a 2 2 2; a 5 4 3; b 1 1 1",
                "SELECT k, o, percent_rank() OVER w AS p, cume_dist() OVER w AS c FROM t WINDOW w AS (PARTITION BY k ORDER BY o) | a 1 0.0 0.25; a 2 0.3333333333333333 0.75; a 2 0.3333333333333333 0.75; a 5 1.0 1.0; b 1 0.0 1.0",
                "SELECT o, v, ntile(3) OVER (ORDER BY o, v) AS n FROM t | 1 10 1; 1 7 1; 2 30 2; 2 null 2; 5 40 3",
                "SELECT k, v, lag(v) OVER (PARTITION BY k ORDER BY o, v) AS l FROM t | a 10 null; a 30 null; a 40 30; a null 10; b 7 null",
                "SELECT k, v, lead(v, 2, -1) OVER (PARTITION BY k ORDER BY o, v) AS l FROM t | a 10 30; a 30 -1; a 40 -1; a null 40; b 7 -1",
                "SELECT k, v, lag(v) IGNORE NULLS OVER (PARTITION BY k ORDER BY o, v) AS l FROM t | a 10 null; a 30 10; a 40 30; a null 10; b 7 null",
                "SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY o) AS s FROM t | a 10 10; a 30 40; a 40 80; a null 40; b 7 7",
                "SELECT k, v, sum(v) OVER (PARTITION BY k) AS s, count(*) OVER () AS n FROM t | a 10 80 5; a 30 80 5; a 40 80 5; a null 80 5; b 7 7 5",
                "SELECT v, sum(v) OVER (ORDER BY o, v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM t | 10 17; 30 70; 40 70; 7 17; null 40",
                "SELECT o, count(*) OVER (PARTITION BY k ORDER BY o RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) AS n FROM t WHERE k = 'a' | 1 1; 2 3; 2 3; 5 1",
                "SELECT o, count(*) OVER (PARTITION BY k ORDER BY o DESC RANGE BETWEEN 3 PRECEDING AND 1 FOLLOWING) AS n FROM t WHERE k = 'a' | 1 3; 2 4; 2 4; 5 1",
                "SELECT v, sum(v) OVER (ORDER BY day RANGE BETWEEN INTERVAL 2 DAYS PRECEDING AND CURRENT ROW) AS s FROM d | 1 1; 2 3; 4 6; 8 8",
                "SELECT v, first_value(v) OVER w AS f, last_value(v) OVER w AS l, nth_value(v, 2) OVER w AS n FROM t WHERE k = 'a' WINDOW w AS (ORDER BY o, v ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) | 10 10 40 null; 30 10 40 null; 40 10 40 null; null 10 40 null",
                "SELECT o, last_value(v) IGNORE NULLS OVER (PARTITION BY k ORDER BY o, v) AS l FROM t WHERE k = 'a' | 1 10; 2 10; 2 30; 5 40",
                "SELECT k, sum(v) AS s, rank() OVER (ORDER BY sum(v) DESC) AS r FROM t GROUP BY k | a 80 1; b 7 2",
                "SELECT k, sum(v) / sum(sum(v)) OVER () AS p FROM t GROUP BY k HAVING sum(v) > 7 | a 1.0",
                "SELECT k, o FROM t QUALIFY rank() OVER (PARTITION BY k ORDER BY o DESC) = 1 | a 5; b 1",
                "SELECT k, o, row_number() OVER (PARTITION BY k ORDER BY o DESC, v) AS n FROM t QUALIFY n <= 2 ORDER BY k | a 2 2; a 5 1; b 1 1",
                "SELECT k, max(v) AS m FROM t GROUP BY k QUALIFY row_number() OVER (ORDER BY m DESC) = 1 | a 40",
                "SELECT * FROM (SELECT k, o, dense_rank() OVER (PARTITION BY k ORDER BY o) AS d FROM t) WHERE d = 2 AND k = 'a' | a 2 2; a 2 2",
                "SELECT o FROM t ORDER BY sum(o) OVER (PARTITION BY k) DESC, o LIMIT 1 | 1",
                "SELECT k, sum(v) FILTER (WHERE o > 1) OVER (PARTITION BY k) AS s FROM t WHERE v < 40 | a 30; a 30; b null",
                "SELECT k, collect_list(v) OVER (PARTITION BY k ORDER BY o, v) AS s FROM t WHERE v IS NOT NULL | a [10, 30, 40]; a [10, 30]; a [10]; b [7]",
                "SELECT v, sum(v) OVER (ORDER BY o, v ROWS 1 PRECEDING) AS s FROM t WHERE v > 7 | 10 10; 30 40; 40 70",
                "SELECT rank() OVER (ORDER BY o) AS r FROM none | ''",
                "SELECT k, (SELECT count(*) FROM d) + rank() OVER (ORDER BY k) AS r FROM t WHERE o = 1 | a 5; b 6",
            })
    void aRowIsSeenAmongOthers(String sql, String expected) {
        assertThat(TABLES.rows(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT rank() OVER (PARTITION BY k ORDER BY o) FROM t | RANK() OVER (PARTITION BY k ORDER BY o ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) int",
                "SELECT sum(v) OVER (ORDER BY o DESC) FROM t | sum(v) OVER (ORDER BY o DESC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) bigint",
                "SELECT lag(v) OVER (ORDER BY o) FROM t | lag(v, 1, NULL) OVER (ORDER BY o ASC NULLS FIRST ROWS BETWEEN -1 FOLLOWING AND -1 FOLLOWING) int",
                "SELECT max(v) OVER (ORDER BY o ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) FROM t | max(v) OVER (ORDER BY o ASC NULLS FIRST ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) int",
            })
    void columnsAreCalledAsInSpark(String sql, String columns) {
        assertThat(TABLES.session().sql(sql).schema()).hasToString(columns);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT rank() OVER (PARTITION BY k) FROM t | WINDOW_FUNCTION_WITHOUT_ORDER",
                "SELECT rank() OVER (ORDER BY o ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t | WINDOW_FUNCTION_AND_FRAME_MISMATCH",
                "SELECT count(DISTINCT v) OVER (PARTITION BY k) FROM t | DISTINCT_WINDOW_FUNCTION_UNSUPPORTED",
                "SELECT sum(v) OVER (ORDER BY k, o RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t | DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER",
                "SELECT sum(v) OVER (RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t | DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER",
                "SELECT sum(v) OVER (ORDER BY k RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t | DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE",
                "SELECT sum(v) OVER (ORDER BY o ROWS BETWEEN 1 FOLLOWING AND 1 PRECEDING) FROM t | DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON",
                "SELECT upper(k) OVER (ORDER BY o) FROM t | UNSUPPORTED_EXPR_FOR_WINDOW",
                "SELECT nothing(k) OVER (ORDER BY o) FROM t | UNRESOLVED_ROUTINE",
                "SELECT sum(v) OVER w FROM t | MISSING_WINDOW_SPECIFICATION",
                "SELECT ntile(0) OVER (ORDER BY o) FROM t | DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                "SELECT k FROM t WHERE rank() OVER (ORDER BY o) = 1 | UNSUPPORTED_EXPR_FOR_OPERATOR",
            })
    void whatHasNoMeaningIsRefused(String sql, String condition) {
        assertThatThrownBy(() -> TABLES.rows(sql))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @Test
    void onAStreamItIsRefusedAtTheStartAndNotBefore() {
        MemoryStream stream = MemoryStream.of("w", DataTypes.parseSchema("k string, v int"));
        TABLES.session().createTable(stream).createOrReplaceTempView("w");
        for (String sql : List.of(
                "SELECT k, rank() OVER (PARTITION BY k ORDER BY v) AS r FROM w",
                "SELECT k, sum(v) OVER (PARTITION BY k) AS r FROM w",
                "SELECT k, row_number() OVER (PARTITION BY k ORDER BY v) AS r FROM w")) {
            Table table = TABLES.session().sql(sql);
            assertThatThrownBy(() -> StepwiseQuery.start(table, OutputMode.APPEND))
                    .isInstanceOfSatisfying(
                            AnalysisException.class,
                            e -> assertThat(e.condition()).isEqualTo("NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING"));
        }
    }

    private record Value(
            int k, @Nullable Integer o, @Nullable Integer v, int id) {}

    @Test
    void framesAreWhatTheySayForRandomRows() {
        long seed = Long.getLong("millrace.windowSeed", 20261123);
        Random random = new Random(seed);
        for (int round = 0; round < 16; round++) {
            List<Value> values = new ArrayList<>();
            int size = random.nextInt(40);
            for (int id = 0; id < size; id++) {
                @Nullable Integer o = random.nextInt(8) == 0 ? null : Integer.valueOf(random.nextInt(12));
                @Nullable Integer v = random.nextInt(6) == 0 ? null : Integer.valueOf(random.nextInt(100));
                values.add(new Value(random.nextInt(3), o, v, id));
            }
            TABLES.table(
                    "random",
                    "k int, o int, v int, id int",
                    values.stream()
                            .map(value -> Row.of(value.k, value.o, value.v, value.id))
                            .toArray(Row[]::new));
            check(values, random, "seed " + seed + ", round " + round);
        }
    }

    private static void check(List<Value> values, Random random, String where) {
        boolean rows = random.nextBoolean();
        boolean descending = random.nextBoolean();
        @Nullable Integer low = random.nextInt(4) == 0 ? null : Integer.valueOf(random.nextInt(7) - 4);
        @Nullable
        Integer high = random.nextInt(4) == 0 ? null : Integer.valueOf((low == null ? -3 : low) + random.nextInt(5));
        String window = "(PARTITION BY k ORDER BY o" + (descending ? " DESC" : "") + (rows ? ", id ROWS" : " RANGE")
                + " BETWEEN " + bound(low, "PRECEDING") + " AND " + bound(high, "FOLLOWING") + ")";
        List<String> expected = new ArrayList<>();
        for (Value value : values) {
            List<Value> partition = values.stream()
                    .filter(other -> other.k == value.k)
                    .sorted(order(descending))
                    .toList();
            List<Value> frame = new ArrayList<>();
            int place = partition.indexOf(value);
            for (int i = 0; i < partition.size(); i++) {
                Value other = partition.get(i);
                if (rows ? within(i - place, low, high) : inRange(value, other, low, high, descending)) {
                    frame.add(other);
                }
            }
            List<Integer> seen = new ArrayList<>();
            for (Value other : frame) {
                if (other.v != null) {
                    seen.add(other.v);
                }
            }
            Comparator<Integer> least = Comparator.naturalOrder();
            expected.add(value.id + " " + frame.size() + " "
                    + (seen.isEmpty() ? null : seen.stream().mapToLong(v -> v).sum()) + " "
                    + seen.stream().max(least).orElse(null) + " "
                    + (rows
                            ? seen.stream().findFirst().orElse(null)
                            : seen.stream().min(least).orElse(null)));
        }
        expected.sort(Comparator.naturalOrder());
        // where rows are equal in the order, which of them is the first is not told
        String first = rows ? "first_value(v) IGNORE NULLS" : "min(v)";
        String sql = "SELECT id, count(*) OVER w AS c, sum(v) OVER w AS s, max(v) OVER w AS m, " + first
                + " OVER w AS f FROM random WINDOW w AS " + window;
        assertThat(TABLES.rows(sql)).as(where + ": " + sql).isEqualTo(String.join("; ", expected));
    }

    private static String bound(@Nullable Integer offset, String end) {
        if (offset == null) {
            return "UNBOUNDED " + end;
        }
        return offset == 0 ? "CURRENT ROW" : Math.abs(offset) + (offset < 0 ? " PRECEDING" : " FOLLOWING");
    }

    private static boolean within(int distance, @Nullable Integer low, @Nullable Integer high) {
        return (low == null || distance >= low) && (high == null || distance <= high);
    }

    /** A null is only with nulls, but an end without a bound is behind all. */
    private static boolean inRange(
            Value value, Value other, @Nullable Integer low, @Nullable Integer high, boolean descending) {
        if (value.o == null && other.o == null) {
            return true;
        }
        if (value.o == null || other.o == null) {
            boolean before = (other.o == null) != descending;
            return before ? low == null : high == null;
        }
        int distance = descending ? value.o - other.o : other.o - value.o;
        return within(distance, low, high);
    }

    private static Comparator<Value> order(boolean descending) {
        Comparator<Value> byOrder = Comparator.comparingInt(value -> value.o == null ? Integer.MIN_VALUE : value.o);
        return (descending ? byOrder.reversed() : byOrder).thenComparing(Value::id);
    }
}
