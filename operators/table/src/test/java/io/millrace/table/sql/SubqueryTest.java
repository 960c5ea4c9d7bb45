// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries within expressions, over finished tables; what is expected follows from the rules of SQL for nulls. */
class SubqueryTest {

    private static final SqlTables TABLES = new SqlTables();

    @BeforeAll
    static void tables() {
        TABLES.table(
                "o",
                "id int, k int, v int",
                Row.of(1, 10, 5),
                Row.of(2, 20, 7),
                Row.of(3, null, 1),
                Row.of(4, 40, null));
        TABLES.table("f", "k int, x int", Row.of(10, 1), Row.of(10, 6), Row.of(20, 7), Row.of(30, 9));
        TABLES.table("n", "k int, x int", Row.of(10, 1), Row.of(null, 7));
        TABLES.table("none", "k int, x int");
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
                // whether there is a row
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM none) | ''",
                "SELECT id FROM o WHERE NOT EXISTS (SELECT * FROM none) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k) | 1; 2",
                "SELECT id FROM o WHERE NOT EXISTS (SELECT 1 FROM f WHERE f.k = o.k) | 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND f.x > o.v) | 1",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE x < v AND f.x > 6) | ''",
                "SELECT id FROM o WHERE id > 1 AND EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND x > 6 LIMIT 1) | 2",
                "SELECT id FROM o WHERE EXISTS (SELECT k FROM f WHERE f.k = o.k GROUP BY k HAVING count(*) > 1) | 1",
                "SELECT id FROM o WHERE EXISTS (SELECT max(x) FROM f WHERE f.k = o.k) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k) OR v = 1 | 1; 2; 3",
                "SELECT id FROM o WHERE NOT (EXISTS (SELECT 1 FROM f WHERE f.k = o.k) OR v = 1) | ''",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND EXISTS (SELECT 1 FROM n WHERE n.k = f.k)) | 1",
                "SELECT id, EXISTS (SELECT 1 FROM f WHERE f.k = o.k) AS e FROM o | 1 true; 2 true; 3 false; 4 false",
                // whether there is a value: null may be any
                "SELECT id FROM o WHERE k IN (SELECT k FROM f) | 1; 2",
                "SELECT id FROM o WHERE k IN (SELECT k FROM n) | 1",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM f) | 4",
                "SELECT id FROM o WHERE NOT (k IN (SELECT k FROM f)) | 4",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM n) | ''",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM none) | 1; 2; 3; 4",
                "SELECT id FROM o WHERE k NOT IN (SELECT k FROM n WHERE n.x = 1) | 2; 4",
                "SELECT id FROM o WHERE v NOT IN (SELECT x FROM f WHERE f.k = o.k) | 1; 3; 4",
                "SELECT id FROM o WHERE v IN (SELECT x FROM f WHERE f.k = o.k) | 2",
                "SELECT id FROM o WHERE v IN (SELECT max(x) FROM f WHERE f.k = o.k) | 2",
                "SELECT id FROM o WHERE v NOT IN (SELECT max(x) FROM f WHERE f.k = o.k) | 1",
                "SELECT id FROM o WHERE (k, v) IN (SELECT k, x FROM f) | 2",
                "SELECT id FROM o WHERE (k, v) NOT IN (SELECT k, x FROM f) | 1; 4",
                "SELECT id FROM o WHERE k IN (SELECT k FROM f UNION SELECT 40) | 1; 2; 4",
                "SELECT id FROM o WHERE k IN (WITH q AS (SELECT 40 AS k) SELECT k FROM q) | 4",
                "SELECT id FROM o WHERE k IN (SELECT k FROM f) OR id = 4 | 1; 2; 4",
                "SELECT id, k IN (SELECT k FROM n) AS i FROM o | 1 true; 2 null; 3 null; 4 null",
                "SELECT id, k IN (SELECT k FROM f) AS i FROM o | 1 true; 2 true; 3 null; 4 false",
                "SELECT id, k NOT IN (SELECT k FROM none) AS i FROM o | 1 true; 2 true; 3 true; 4 true",
                "SELECT id FROM o WHERE CASE WHEN k IN (SELECT k FROM f) THEN v > 5 ELSE true END | 2; 3; 4",
                // one value
                "SELECT id FROM o WHERE v = (SELECT max(x) FROM f) - 2 | 2",
                "SELECT id, (SELECT count(*) FROM f) AS c FROM o WHERE id < 3 | 1 4; 2 4",
                "SELECT (SELECT x FROM f WHERE k = 20) AS x, (SELECT x FROM none) AS y | 7 null",
                "SELECT id, (SELECT sum(x) FROM f WHERE f.k = o.k) AS s FROM o | 1 7; 2 7; 3 null; 4 null",
                "SELECT id, (SELECT count(*) FROM f WHERE f.k = o.k) AS s FROM o | 1 2; 2 1; 3 0; 4 0",
                "SELECT id, (SELECT count(x) + 1 FROM f WHERE f.k = o.k) AS s FROM o | 1 3; 2 2; 3 1; 4 1",
                "SELECT id, (SELECT count(*) FROM f WHERE f.k < o.k) AS s FROM o | 1 0; 2 2; 3 0; 4 4",
                "SELECT id, (SELECT x FROM f WHERE f.k = o.k ORDER BY x DESC LIMIT 1) AS s FROM o | 1 6; 2 7; 3 null; 4 null",
                "SELECT id, (SELECT x FROM f WHERE f.k = o.k AND x > 5) AS s FROM o | 1 6; 2 7; 3 null; 4 null",
                "SELECT id FROM o WHERE v < (SELECT avg(x) FROM f WHERE f.k = o.k) | ''",
                "SELECT id FROM o WHERE v > (SELECT min(x) FROM f WHERE f.k = o.k) AND id < 9 | 1",
                // in the condition of a join
                "SELECT o.id, f.x FROM o JOIN f ON o.k = f.k AND o.v IN (SELECT x FROM f) | 2 7",
                "SELECT id, f.x FROM o JOIN f ON o.k = f.k AND EXISTS (SELECT 1 FROM n WHERE n.k = o.k AND n.x < f.x) | 1 6",
                "SELECT id, f.x FROM o JOIN f ON EXISTS (SELECT 1 FROM none) | ''",
                "SELECT id, f.x FROM o LEFT JOIN f ON o.k = f.k AND v IN (SELECT x FROM f) | 1 null; 2 7; 3 null; 4 null",
                "SELECT id, x FROM o LEFT JOIN f ON o.k = f.k AND x > (SELECT min(x) FROM f) | 1 6; 2 7; 3 null; 4 null",
                "SELECT id, x FROM o LEFT JOIN f ON x = 9 AND f.x IN (SELECT x FROM f) | 1 9; 2 9; 3 9; 4 9",
                "SELECT id, f.x FROM o RIGHT JOIN f ON o.k = f.k AND v IN (SELECT x FROM f) | 2 7; null 1; null 6; null 9",
                "SELECT id, f.x FROM o FULL JOIN f ON o.k = f.k AND f.x NOT IN (SELECT x FROM n)"
                        + " | 1 6; 2 null; 3 null; 4 null; null 1; null 7; null 9",
                "SELECT id FROM o LEFT SEMI JOIN f ON o.k = f.k AND x > (SELECT avg(x) FROM f) | 1; 2",
                "SELECT id FROM o LEFT ANTI JOIN f ON o.k = f.k AND v < (SELECT max(x) FROM f WHERE f.k < 20) | 2; 3; 4",
                "SELECT * FROM o LEFT JOIN n ON o.k = n.k AND EXISTS (SELECT 1 FROM f WHERE f.k = o.k AND f.x > 1) AND id < 9"
                        + " | 1 10 5 10 1; 2 20 7 null null; 3 null 1 null null; 4 40 null null null",
                // over groups
                "SELECT k, sum(x) AS s FROM f GROUP BY k HAVING sum(x) > (SELECT avg(x) FROM f) | 10 7; 20 7; 30 9",
                "SELECT k, sum(x) AS s FROM f GROUP BY k HAVING k IN (SELECT k FROM n) | 10 7",
                "SELECT f.k, count(*) AS c FROM f GROUP BY f.k HAVING NOT EXISTS (SELECT 1 FROM o WHERE o.k = f.k) | 30 1",
                "SELECT k, max(x) - (SELECT min(x) FROM f) AS d FROM f GROUP BY k | 10 5; 20 6; 30 8",
                "SELECT sum(CASE WHEN k IN (SELECT k FROM o) THEN x END) AS s FROM f | 14",
                "SELECT k, (SELECT count(*) FROM o WHERE o.k = f.k) AS c FROM f GROUP BY k | 10 1; 20 1; 30 0",
            })
    void aQueryWithinAnExpressionIsAJoin(String sql, String expected) {
        assertThat(TABLES.rows(sql)).isEqualTo(expected);
    }

    @Test
    void aQueryOfAnOuterJoinIsAboutOneSide() {
        assertThatThrownBy(() -> TABLES.rows(
                        "SELECT id FROM o LEFT JOIN f ON EXISTS (SELECT 1 FROM n WHERE n.k = o.k AND n.x < f.x)"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("may read columns of one side only");
        assertThatThrownBy(() -> TABLES.rows("SELECT id FROM o LEFT JOIN f ON k IN (SELECT k FROM n)"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("ambiguous");
    }

    private record Pair(@Nullable Integer k, @Nullable Integer v) {}

    private static final List<String> QUERIES = List.of(
            "EXISTS (SELECT 1 FROM rf WHERE rf.k = ro.k AND rf.v > ro.v)",
            "NOT EXISTS (SELECT 1 FROM rf WHERE rf.k = ro.k AND rf.v > ro.v)",
            "v IN (SELECT v FROM rf)",
            "v NOT IN (SELECT v FROM rf)",
            "v IN (SELECT v FROM rf WHERE rf.k = ro.k)",
            "v NOT IN (SELECT v FROM rf WHERE rf.k = ro.k)",
            "v NOT IN (SELECT v FROM rf WHERE rf.k < ro.k)",
            "(k, v) NOT IN (SELECT k, v FROM rf)",
            "(SELECT sum(v) FROM rf WHERE rf.k = ro.k) > v",
            "(SELECT count(v) FROM rf WHERE rf.k < ro.k) = k");

    @Test
    void answersAreThoseOfThreeValuedLogicForRandomRows() {
        long seed = Long.getLong("millrace.subquerySeed", 20261123);
        Random random = new Random(seed);
        for (int round = 0; round < 6; round++) {
            List<Pair> outer = pairs(random, 12);
            List<Pair> inner = pairs(random, random.nextInt(3) == 0 ? 0 : 8);
            TABLES.table(
                    "ro",
                    "k int, v int",
                    outer.stream().map(row -> Row.of(row.k, row.v)).toArray(Row[]::new));
            TABLES.table(
                    "rf",
                    "k int, v int",
                    inner.stream().map(row -> Row.of(row.k, row.v)).toArray(Row[]::new));
            for (int query = 0; query < QUERIES.size(); query++) {
                List<String> values = new ArrayList<>();
                List<String> chosen = new ArrayList<>();
                for (Pair row : outer) {
                    Boolean truth = truth(query, row, inner);
                    values.add(row.k + " " + row.v + " " + truth);
                    if (Boolean.TRUE.equals(truth)) {
                        chosen.add(row.k + " " + row.v);
                    }
                }
                values.sort(Comparator.naturalOrder());
                chosen.sort(Comparator.naturalOrder());
                String where = "seed " + seed + ", round " + round + ": " + QUERIES.get(query);
                assertThat(TABLES.rows("SELECT k, v, " + QUERIES.get(query) + " AS t FROM ro"))
                        .as(where)
                        .isEqualTo(String.join("; ", values));
                assertThat(TABLES.rows("SELECT k, v FROM ro WHERE " + QUERIES.get(query)))
                        .as(where)
                        .isEqualTo(String.join("; ", chosen));
            }
        }
    }

    private static List<Pair> pairs(Random random, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Integer k = random.nextInt(4);
            Integer v = random.nextInt(5);
            pairs.add(new Pair(random.nextInt(5) == 0 ? null : k, random.nextInt(8) == 0 ? null : v));
        }
        return pairs;
    }

    private static @Nullable Boolean truth(int query, Pair row, List<Pair> inner) {
        Pair at = row;
        List<Pair> same = inner.stream()
                .filter(other -> at.k != null && at.k.equals(other.k))
                .toList();
        List<Pair> less = inner.stream()
                .filter(other -> at.k != null && other.k != null && other.k < at.k)
                .toList();
        boolean exists = same.stream().anyMatch(other -> at.v != null && other.v != null && other.v > at.v);
        return switch (query) {
            case 0 -> exists;
            case 1 -> !exists;
            case 2 -> in(at, inner);
            case 3 -> not(in(at, inner));
            case 4 -> in(at, same);
            case 5 -> not(in(at, same));
            case 6 -> not(in(at, less));
            case 7 -> not(any(inner.stream().map(other -> and(equal(at.k, other.k), equal(at.v, other.v)))));
            case 8 -> greater(values(same), at.v);
            default -> any(Stream.of(equal(values(less).size(), at.k)));
        };
    }

    private static @Nullable Boolean greater(List<Integer> values, @Nullable Integer bound) {
        if (values.isEmpty() || bound == null) {
            return null;
        }
        return values.stream().mapToInt(value -> value).sum() > bound;
    }

    private static List<Integer> values(List<Pair> rows) {
        List<Integer> values = new ArrayList<>();
        for (Pair row : rows) {
            if (row.v != null) {
                values.add(row.v);
            }
        }
        return values;
    }

    private static @Nullable Boolean in(Pair row, List<Pair> rows) {
        return any(rows.stream().map(other -> equal(row.v, other.v)));
    }

    /** Of answers as text, since a null has no place in a stream of them. */
    private static String equal(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null ? "null" : String.valueOf(one.equals(other));
    }

    private static String and(String one, String other) {
        if (one.equals("false") || other.equals("false")) {
            return "false";
        }
        return one.equals("null") || other.equals("null") ? "null" : "true";
    }

    private static @Nullable Boolean any(Stream<String> answers) {
        List<String> all = answers.toList();
        return all.contains("true") ? Boolean.TRUE : all.contains("null") ? null : Boolean.FALSE;
    }

    private static @Nullable Boolean not(@Nullable Boolean truth) {
        return truth == null ? null : Boolean.valueOf(!truth);
    }

    @Test
    void aColumnOfTheQueryAroundStandsInWhere() {
        assertThatThrownBy(() -> TABLES.rows("SELECT id, (SELECT max(v) FROM (SELECT x FROM f)) AS m FROM o"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("outside WHERE");
    }

    @Test
    void columnsAreCalledAsInSpark() {
        assertThat(TABLES.session()
                        .sql("SELECT (SELECT max(x) FROM f), EXISTS (SELECT 1 FROM f), k IN (SELECT k FROM f) FROM o")
                        .schema()
                        .toString())
                .isEqualTo("scalarsubquery() int, exists() boolean, (k IN (listquery())) boolean");
    }

    @Test
    void aQueryForAValueMustNotGiveSeveral() {
        assertThatThrownBy(() -> TABLES.rows("SELECT id FROM o WHERE v = (SELECT x FROM f)"))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("SCALAR_SUBQUERY_TOO_MANY_ROWS"));
        assertThatThrownBy(() -> TABLES.rows("SELECT id, (SELECT x FROM f WHERE f.k = o.k) AS x FROM o"))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("SCALAR_SUBQUERY_TOO_MANY_ROWS"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM o WHERE k IN (SELECT k, x FROM f) | DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH",
                "SELECT (SELECT k, x FROM f) FROM o | INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM f WHERE f.k = o.y) | UNRESOLVED_COLUMN.WITH_SUGGESTION",
                "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM missing) | TABLE_OR_VIEW_NOT_FOUND",
                "SELECT id FROM o ORDER BY (SELECT k, x FROM f) | INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN",
                "SELECT o.id FROM o LEFT JOIN f ON EXISTS (SELECT 1 FROM n WHERE n.k = id + f.x) | UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY",
            })
    void whatHasNoMeaningIsRefused(String sql, String condition) {
        assertThatThrownBy(() -> TABLES.rows(sql))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }
}
