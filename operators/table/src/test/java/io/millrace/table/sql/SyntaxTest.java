// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.type.DataTypes;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators and calls that Spark writes in its own way give what they give there. */
class SyntaxTest {

    private static TableSession session;

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
        session.fromRows(
                        DataTypes.parseSchema("a int, b bigint, end int, s string"), List.of(Row.of(12, 10L, 3, "xyz")))
                .createOrReplaceTempView("t");
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "3 & 5 ; 1",
                "3 | 5 ; 7",
                "3 ^ 5 ; 6",
                "~ 0 ; -1",
                "~5 + 1 ; -5",
                "-~5 ; 6",
                "~ ~ a ; 12",
                "2 << 1 ; 4",
                "4 >> 1 ; 2",
                "-8 >> 1 ; -4",
                "-8 >>> 28 ; 15",
                "-1L >>> 60 ; 15",
                "1 << 33 ; 2",
                "1L << 33 ; 8589934592",
                "1 + 1 << 2 * 1 ; 8",
                "1 | 2 & 3 ^ 1 ; 3",
                "6 & 3 = 2 ; true",
                "1 | 2 > 2 AND NOT 4 & 4 = 0 ; true",
                "a & 8 | b & 2 ; 10",
                "(a | 1) & (b | 1) ; 9",
                "CASE WHEN a & 4 > 0 THEN a | 3 ELSE 0 END | 16 ; 31",
                "t.a & t.end ; 0",
                "a::bigint & b ; 8",
                "CAST(array(array(1)) AS array<array<bigint>>)[0][0] >> 0 ; 1",
                "array(7, 8)[0] & ~1 ; 6",
                "CAST(NULL AS int) & 1 ; null",
                "transform(array(1, 2), x -> x << 1 | 1)[1] ; 5",
                "shiftright(a, 2) | shiftleft(1, 4) ; 19",
                "overlay('Spark SQL' PLACING '_' FROM 6) ; Spark_SQL",
                "overlay('Spark SQL' PLACING 'CORE' FROM 7) ; Spark CORE",
                "overlay('Spark SQL' PLACING 'ANSI ' FROM 7 FOR 0) ; Spark ANSI SQL",
                "overlay('Spark SQL' PLACING 'tructured' FROM 2 FOR 4) ; Structured SQL",
                "position('bar' IN 'foobarbar') ; 4",
                "position('bar', 'foobarbar', 5) ; 7",
                "position(substring('xbar', 2) IN 'foobarbar') ; 4",
                "trim(BOTH FROM '  SparkSQL   ') ; SparkSQL",
                "concat(trim(LEADING FROM '  a '), '|') ; a |",
                "concat('|', trim(TRAILING FROM ' a  ')) ; | a",
                "trim('SL' FROM 'SSparkSQLS') ; parkSQ",
                "trim(BOTH 'SL' FROM 'SSparkSQLS') ; parkSQ",
                "trim(LEADING 'SL' FROM 'SSparkSQLS') ; parkSQLS",
                "trim(TRAILING 'SL' FROM 'SSparkSQLS') ; SSparkSQ",
                "substring('Spark SQL' FROM 5 FOR 1) ; k",
                "substring('Spark SQL' FROM 5) ; k SQL",
                "extract(YEAR FROM TIMESTAMP '2019-08-12 01:00:00.123456') ; 2019",
                "extract(week FROM timestamp'2019-08-12 01:00:00.123456') ; 33",
                "extract(doy FROM DATE'2019-08-12') ; 224",
                "extract(SECONDS FROM timestamp'2019-10-01 00:00:01.000001') ; 1.000001",
                "extract(days FROM interval 5 days 3 hours 7 minutes) ; 5",
                "extract(seconds FROM interval 5 hours 30 seconds 1 milliseconds 1 microseconds) ; 30.001001",
                "extract(MINUTE FROM INTERVAL '123 23:55:59.002001' DAY TO SECOND) ; 55",
                "extract(yearofweek FROM DATE'2021-01-01') ; 2020",
                "date_part('SECONDS', timestamp'2019-10-01 00:00:01.000001') ; 1.000001",
                "CAST(dateadd(HOUR, 2, timestamp'2024-01-01 23:00:00') AS string) ; 2024-01-02 01:00:00",
                "CAST(date_add(MONTH, 1, timestamp'2024-01-31 00:00:00') AS string) ; 2024-02-29 00:00:00",
                "CAST(timestampadd(MICROSECOND, 5, timestamp'2022-02-28 00:00:00') AS string) ; 2022-02-28 00:00:00.000005",
                "timestampdiff(MONTH, timestamp'2022-01-01 00:00:00', timestamp'2022-02-28 00:00:00') ; 1",
                "datediff(DAY, timestamp'2022-01-01 00:00:00', timestamp'2022-02-28 00:00:00') ; 58",
                "date_diff('WEEK', timestamp'2022-01-01 00:00:00', timestamp'2022-02-28 00:00:00') ; 8",
                "datediff('2009-07-31', '2009-07-30') ; 1",
                "CAST(date_add('2016-07-30', 1) AS string) ; 2016-07-31",
                "'12'::int + 1 ; 13",
                "try_cast('x' AS int) ; null",
                "try_cast('7' AS int) ; 7",
                "CAST(TIMESTAMP_NTZ '2020-12-31 10:00:00' AS string) ; 2020-12-31 10:00:00",
                "CAST(TIMESTAMP_LTZ '2020-12-31 10:00:00+01:00' AS string) ; 2020-12-31 09:00:00",
                "CAST(DATE '2024-01-31' + INTERVAL 1 MONTH AS string) ; 2024-02-29",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '1-2' YEAR TO MONTH AS string) ; 2025-03-01 00:00:00",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '1 02:03:04.5' DAY TO SECOND AS string) ; 2024-01-02 02:03:04.5",
                "CAST(DATE '2024-03-31' + INTERVAL '-0-1' YEAR TO MONTH AS string) ; 2024-02-29",
                "2147483647 | 2147483648 ; 4294967295",
                "'6' & 3 ; 2",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '90' MINUTE AS string) ; 2024-01-01 01:30:00",
                "CAST(timestamp'2024-01-01 00:00:00' - INTERVAL -1 DAY AS string) ; 2024-01-02 00:00:00",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '02:03' HOUR TO MINUTE AS string) ; 2024-01-01 02:03:00",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '-1' HOUR AS string) ; 2023-12-31 23:00:00",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL 2 YEARS 3 MONTHS AS string) ; 2026-04-01 00:00:00",
                "CAST(timestamp'2024-01-01 00:00:00' + INTERVAL '1 day 2 hours' AS string) ; 2024-01-02 02:00:00",
                "CAST(timestamp'2024-01-01 00:00:00' + 2 * INTERVAL 1 HOUR AS string) ; 2024-01-01 02:00:00",
            })
    void gives(String expression, String result) {
        Object value = session.sql("SELECT " + expression + " AS v FROM t")
                .collect()
                .get(0)
                .get(0);
        assertThat(String.valueOf(value)).isEqualTo(result);
    }

    @Test
    void namesStayOutsideOfOperators() {
        assertThat(session.sql(
                                "SELECT a | b c, a & 4 AS d, ~a, a << 1, count(*) FROM t WHERE a & 4 = 4 GROUP BY a, b, end")
                        .schema()
                        .toString())
                .isEqualTo("c bigint, d int, ~a int, (a << 1) int, count(1) bigint");
        assertThat(session.sql(
                                "SELECT array(array(1))::array<array<int>> x, a | b y FROM t LEFT JOIN (SELECT 1 AS q) u ON a & 1 = u.q")
                        .schema()
                        .toString())
                .isEqualTo("x array<array<int>>, y bigint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES ; 1.5 & 1",
                "DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE ; 1.5 & 2.5",
                "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES ; 1 | array(1)",
                "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE ; 1 << array(1)",
                "PARSE_SYNTAX_ERROR ; 1 |",
                "PARSE_SYNTAX_ERROR ; 1 LIMIT (2",
                "PARSE_SYNTAX_ERROR ; 1 DISTRIBUTE BY (2",
                "PARSE_SYNTAX_ERROR ; array(1, (2) AS a + 1)",
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION ; `or`()",
                "INVALID_INTERVAL_FORMAT.INVALID_VALUE ; 1 = INTERVAL '1-2' YEAR 2L MONTH",
                "PARSE_SYNTAX_ERROR ; & 1",
                "PARSE_SYNTAX_ERROR ; ~",
                "INVALID_EXTRACT_FIELD ; extract(fortnight FROM DATE'2024-01-01')",
            })
    void whatIsWrongIsSaid(String condition, String expression) {
        assertThatThrownBy(() -> session.sql("SELECT " + expression + " AS v"))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.condition()).as(e.getMessage()).isEqualTo(condition));
    }

    @Test
    void anUnknownUnitEndsTheQuery() {
        assertThatThrownBy(() -> session.sql("SELECT timestampadd(FORTNIGHT, 1, timestamp'2024-01-01 00:00:00')")
                        .collect())
                .isInstanceOfAny(QueryExecutionException.class, AnalysisException.class);
    }
}
