// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INTERSECT, EXCEPT and several sets of keys; what is expected follows from the definitions in Spark's documentation. */
class SetsTest {

    private static final SqlTables TABLES = new SqlTables();

    @BeforeAll
    static void tables() {
        TABLES.table(
                "a",
                "x int, y string",
                Row.of(1, "p"),
                Row.of(1, "p"),
                Row.of(1, "p"),
                Row.of(2, null),
                Row.of(2, null),
                Row.of(3, "q"));
        TABLES.table("b", "x bigint, y string", Row.of(1L, "p"), Row.of(2L, null), Row.of(4L, "r"), Row.of(1L, "p"));
        TABLES.table(
                "s",
                "r string, c string, v int",
                Row.of("e", "x", 1),
                Row.of("e", "y", 2),
                Row.of("w", "x", 4),
                Row.of("w", null, 8));
        TABLES.table("none", "r string, c string, v int");
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
                "SELECT * FROM a INTERSECT SELECT * FROM b | 1 p; 2 null",
                "SELECT * FROM a INTERSECT DISTINCT SELECT * FROM b | 1 p; 2 null",
                "SELECT * FROM a INTERSECT ALL SELECT * FROM b | 1 p; 1 p; 2 null",
                "SELECT * FROM a EXCEPT SELECT * FROM b | 3 q",
                "SELECT * FROM a MINUS SELECT * FROM b | 3 q",
                "SELECT * FROM a EXCEPT ALL SELECT * FROM b | 1 p; 2 null; 3 q",
                "SELECT * FROM b EXCEPT ALL SELECT * FROM a | 4 r",
                "SELECT x FROM a UNION SELECT x FROM b INTERSECT SELECT 4 | 1; 2; 3; 4",
                "(SELECT x FROM a UNION SELECT x FROM b) INTERSECT SELECT 4 | 4",
                "SELECT r, sum(v) AS n FROM s GROUP BY ROLLUP(r) | e 3; null 15; w 12",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY ROLLUP(r, c) | e null 3; e x 1; e y 2; null null 15; w null 12; w null 8; w x 4",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY CUBE(r, c) | e null 3; e x 1; e y 2; null null 15; null null 8; null x 5; null y 2; w null 12; w null 8; w x 4",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY GROUPING SETS ((r), (c), ()) | e null 3; null null 15; null null 8; null x 5; null y 2; w null 12",
                "SELECT r, sum(v) AS n FROM s GROUP BY GROUPING SETS (r, r) | e 3; e 3; w 12; w 12",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY r, ROLLUP(c) | e null 3; e x 1; e y 2; w null 12; w null 8; w x 4",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY ROLLUP((r, c)) | e x 1; e y 2; null null 15; w null 8; w x 4",
                "SELECT r, c, sum(v) AS n FROM s GROUP BY GROUPING SETS (ROLLUP(r), (c)) | e null 3; null null 15; null null 8; null x 5; null y 2; w null 12",
                "SELECT c, grouping(c) AS g, sum(v) AS n FROM s GROUP BY ROLLUP(c) | null 0 8; null 1 15; x 0 5; y 0 2",
                "SELECT r, c, grouping_id() AS g, grouping_id(r, c) AS h FROM s WHERE v = 8 GROUP BY CUBE(r, c) | null null 2 2; null null 3 3; w null 0 0; w null 1 1",
                "SELECT upper(r) AS u, sum(v) AS n FROM s GROUP BY ROLLUP(upper(r)) HAVING grouping(upper(r)) = 1 | null 15",
                "SELECT r, sum(length(r)) AS n FROM s GROUP BY ROLLUP(r) ORDER BY grouping(r), r | e 2; null 4; w 2",
                "SELECT r AS k, count(*) AS n FROM s GROUP BY ROLLUP(k) | e 2; null 4; w 2",
                "SELECT r, count(*) AS n FROM s GROUP BY ROLLUP(1) HAVING r IS NULL | null 4",
                "SELECT r, count(*) AS n FROM none GROUP BY ROLLUP(r) | ''",
            })
    void setsOfRowsAndOfKeys(String sql, String expected) {
        assertThat(TABLES.rows(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT x FROM a INTERSECT SELECT x FROM b | x bigint",
                "SELECT x AS k, y AS l FROM a EXCEPT ALL SELECT * FROM b | k bigint, l string",
                "SELECT r, grouping(r), grouping_id() FROM s GROUP BY ROLLUP(r) | r string, grouping(r) tinyint, grouping_id() bigint",
            })
    void columnsAreThoseOfTheFirst(String sql, String columns) {
        assertThat(TABLES.session().sql(sql).schema()).hasToString(columns);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT x, y FROM a INTERSECT SELECT x FROM b | NUM_COLUMNS_MISMATCH",
                "SELECT map(x, y) AS m FROM a EXCEPT SELECT map(x, y) AS m FROM a | UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                "SELECT r, grouping(r) FROM s GROUP BY r | UNSUPPORTED_GROUPING_EXPRESSION",
                "SELECT r, grouping(c) FROM s GROUP BY ROLLUP(r) | GROUPING_COLUMN_MISMATCH",
                "SELECT r, grouping_id(r) FROM s GROUP BY CUBE(r, c) | GROUPING_ID_COLUMN_MISMATCH",
                "SELECT c FROM s GROUP BY ROLLUP(r) | MISSING_AGGREGATION",
            })
    void whatHasNoMeaningIsRefused(String sql, String condition) {
        assertThatThrownBy(() -> TABLES.rows(sql))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }
}
