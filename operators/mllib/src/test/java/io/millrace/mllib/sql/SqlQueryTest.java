// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked
class SqlQueryTest {

    private static final Schema SCHEMA = Schema.of(
            Field.of("k", DataType.INTEGER),
            Field.of("x", DataType.DOUBLE).withAttributes(Attribute.numeric().withName("x")),
            Field.of("s", DataType.STRING),
            Field.of("b", DataType.BOOLEAN),
            Field.of("nothing", DataType.DOUBLE));

    private static final Row ROW = Row.of(SCHEMA, 7, -2.5, "Straße", true, null);

    private static Table run(String sql, Row... rows) {
        Table table = Table.of(SCHEMA, List.of(rows));
        RowPlan plan = new RowPlan(SCHEMA, table);
        SqlQuery.parse(sql).plan(plan);
        return plan.program().run(table);
    }

    private static Object value(String expression) {
        return run("SELECT " + expression + " AS v FROM __THIS__", ROW).row(0).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            value = {
                "nothing > 1 AND false | false",
                "nothing > 1 AND true | NULL",
                "nothing > 1 OR true | true",
                "nothing > 1 OR false | NULL",
                "NOT nothing > 1 | NULL",
                "nothing <=> NULL | true",
                "k NOT IN (1, NULL) | NULL",
                "k IN (7, NULL) | true",
                "k IN (1, NULL) | NULL",
                "k BETWEEN 7 AND 9 | true",
                "k NOT BETWEEN 7 AND 9 | false",
                "nothing IS NULL AND k IS NOT NULL | true",
                "s LIKE 'Stra_e' | true",
                "s LIKE 'stra%' | false",
                "s ILIKE 'STRA%' | true",
                "s NOT LIKE '%e' | false",
                "'10%' LIKE '10\\%' | true",
                "'100' LIKE '10\\%' | false",
                "s RLIKE '^S.*e$' | true",
                "1 + 2 * 3 = 7 | true",
                "(1 + 2) * 3 = 9 | true",
                "NOT false AND false | false",
                "double('NaN') = double('nan') | true",
                "double('NaN') > double('inf') | true",
                "0.0D = -0.0D | true",
                "'\uFFFD' < '😀' | true",
                "k = '7' | true",
                "b IS TRUE | true",
                "nothing IS FALSE | false",
                "x IS DISTINCT FROM nothing | true",
            })
    void answersConditions(String expression, String expected) {
        String condition = expression.replace("nothing IS FALSE", "(nothing > 0) IS FALSE");
        assertThat(value(condition)).isEqualTo(expected == null ? null : Boolean.valueOf(expected));
    }

    @Test
    void computesWithSparksTypes() {
        assertThat(value("k / 2")).isEqualTo(3.5);
        assertThat(value("k DIV 2")).isEqualTo(3L);
        assertThat(value("k % 4")).isEqualTo(3);
        assertThat(value("-k % 4")).isEqualTo(-3);
        assertThat(value("pmod(-k, 4)")).isEqualTo(1);
        assertThat(value("k * 1.5")).isEqualTo(new BigDecimal("10.5"));
        assertThat(value("1 / 3.0")).isEqualTo(new BigDecimal("0.333333"));
        assertThat(value("k + 1L")).isEqualTo(8L);
        assertThat(value("k + 1.5F")).isEqualTo(8.5);
        assertThat(value("CAST(x AS INT)")).isEqualTo(-2);
        assertThat(value("x::string || k")).isEqualTo("-2.57");
        assertThat(value("round(2.5D)")).isEqualTo(3.0);
        assertThat(value("bround(2.5D)")).isEqualTo(2.0);
        assertThat(value("round(15, -1)")).isEqualTo(20);
        assertThat(value("floor(x)")).isEqualTo(-3L);
        assertThat(value("ceil(x)")).isEqualTo(-2L);
        assertThat(value("abs(-3S)")).isEqualTo((short) 3);
        assertThat(value("ln(0)")).isNull();
        assertThat(value("greatest(1, nothing, 2.5)")).isEqualTo(2.5);
        assertThat(value("coalesce(nothing, k)")).isEqualTo(7.0);
        assertThat(value("if(nothing > 0, 1, 2)")).isEqualTo(2);
        assertThat(value("CASE k WHEN 7 THEN 'seven' END")).isEqualTo("seven");
        assertThat(value("CASE WHEN k < 0 THEN 1 END")).isNull();
        assertThat(value("nullif(k, 7)")).isNull();
        assertThat(value("try_cast(s AS INT)")).isNull();
    }

    @Test
    void countsCodePointsInTexts() {
        assertThat(value("length('a😀b')")).isEqualTo(3);
        assertThat(value("substring('a😀b', 2, 1)")).isEqualTo("😀");
        assertThat(value("substring('abc', -2)")).isEqualTo("bc");
        assertThat(value("substring('abc', -5, 3)")).isEqualTo("a");
        assertThat(value("substring('abc', 0, 2)")).isEqualTo("ab");
        assertThat(value("lpad('x', 3, '😀')")).isEqualTo("😀😀x");
        assertThat(value("rpad('abc', 2)")).isEqualTo("ab");
        assertThat(value("instr('a😀b', 'b')")).isEqualTo(3);
        assertThat(value("upper(s)")).isEqualTo("STRASSE");
        assertThat(value("trim(' \t ')")).isEqualTo("\t");
        assertThat(value("concat_ws('-', 'a', NULL, 'b')")).isEqualTo("a-b");
        assertThat(value("split('a,b,,', ',')")).isEqualTo(List.of("a", "b", "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k / 0 | org.apache.spark.SparkArithmeticException | [DIVIDE_BY_ZERO]",
                "x / 0.0D | org.apache.spark.SparkArithmeticException | [DIVIDE_BY_ZERO]",
                "k % 0 | org.apache.spark.SparkArithmeticException | [REMAINDER_BY_ZERO]",
                "k + 2147483647 | org.apache.spark.SparkArithmeticException | [ARITHMETIC_OVERFLOW] integer overflow",
                "9223372036854775807 + k | org.apache.spark.SparkArithmeticException | [ARITHMETIC_OVERFLOW] long",
                "CAST(k AS TINYINT) * 100Y | org.apache.spark.SparkArithmeticException | [BINARY_ARITHMETIC_OVERFLOW] 7S",
                "CAST(1e10 AS INT) | org.apache.spark.SparkArithmeticException | [CAST_OVERFLOW] The value 1.0E10D",
                "CAST(s AS INT) | org.apache.spark.SparkNumberFormatException | [CAST_INVALID_INPUT] The value 'Straße'",
                "CAST('1.5' AS INT) | org.apache.spark.SparkNumberFormatException | [CAST_INVALID_INPUT]",
                "CAST(k * 100 AS DECIMAL(2,0)) | org.apache.spark.SparkArithmeticException | [NUMERIC_VALUE_OUT_OF_RANGE",
            })
    void refusesValuesAsSparkDoes(String expression, String sparkClass, String message) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOf(ScoringException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((ScoringException) e).sparkClass())
                .isEqualTo(sparkClass);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT DISTINCT k FROM __THIS__ | DISTINCT",
                "SELECT k FROM __THIS__ ORDER BY k | ORDER",
                "SELECT k FROM __THIS__ LIMIT 3 | LIMIT",
                "SELECT k FROM __THIS__ GROUP BY k | GROUP",
                "SELECT k FROM __THIS__ a JOIN other | JOIN",
                "SELECT sum(k) FROM __THIS__ | function sum",
                "SELECT rank() OVER (ORDER BY k) FROM __THIS__ | OVER",
                "SELECT k FROM other | __THIS__ belongs",
                "SELECT (SELECT 1) FROM __THIS__ | SELECT",
                "SELECT k FROM __THIS__ WHERE k IN (SELECT 1) | SELECT",
                "SELECT DATE '2020-01-01' FROM __THIS__ | DATE",
                "SELECT CAST(k AS TIMESTAMP) FROM __THIS__ | type TIMESTAMP",
                "SELECT CAST(k AS DECIMAL(39,0)) FROM __THIS__ | decimal(39,0)",
                "SELECT tokens[0].x FROM __THIS__ | .",
                "SELECT tokens[0 FROM __THIS__ | ] belongs",
                "SELECT 'open FROM __THIS__ | without closing",
                "SELECT /*+ HINT */ k FROM __THIS__ | hint",
                "SELECT k | FROM belongs",
                "DELETE FROM __THIS__ | SELECT belongs",
            })
    void refusesWhatItDoesNotKnowAndNamesIt(String sql, String construct) {
        assertThatThrownBy(() -> SqlQuery.parse(sql))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining(construct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "- ", "NOT ", "1 + ", "true AND ", "~ ", "x[", "1 | "})
    void boundsTheDepth(String open) {
        String sql = "SELECT " + open.repeat(100_000) + "1" + (open.equals("(") ? ")".repeat(100_000) : "")
                + " FROM __THIS__";
        assertThatThrownBy(() -> SqlQuery.parse(sql))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("deeper");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "missing + 1",
                "k + b",
                "NOT k",
                "k = b AND s",
                "upper(k, s)",
                "round(x, k)",
                "k & x",
                "k & b",
                "~x",
                "s[0]",
                "element_at(s, 1)",
                "array_contains(array(1), 1.5)"
            })
    void refusesExpressionsThatDoNotFitTheColumns(String expression) {
        assertThatThrownBy(() -> value(expression)).isInstanceOf(SqlException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "k & 3 | 3",
                "8 ^ k & 3 | 11",
                "2 + 1 & 6 | 2",
                "k ^ 2 = 5 | true",
                "~k | -8",
                "~-1L | 0",
                "nothing + k | null",
                "array(k, x)[1] | -2.5",
                "array(array(1, 2), array(3))[0][1] | 2",
                "get(array(k), 1) | null",
                "get(array(k), 0) | 7",
                "element_at(array('a', 'b'), 1) | a",
                "element_at(array('a', 'b'), -1) | b",
                "array_contains(array(1, k), 7) | true",
                "array_contains(array(1, 2), 7) | false",
                "array_contains(array(1, NULL), 7) | null",
                "split(s, 'a')[1] | ße",
                "initcap('hELLO wORLD  éa-b') | Hello World  Éa-b",
                "hex(255) | FF",
                "hex(-1) | FFFFFFFFFFFFFFFF",
                "hex('aß') | 61C39F",
                "bin(k) | 111",
                "NULL | null",
            })
    void answersBitsAndArrays(String expression, String expected) {
        assertThat(String.valueOf(value(expression))).isEqualTo(expected);
    }

    @Test
    void joinsBitsBehindAllOtherOperators() {
        assertThat(value("k | 8")).isEqualTo(15);
        assertThat(value("1 | 2 ^ 7 & 4")).isEqualTo(7);
        assertThat(value("b AND k | 8 = 15")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array(k)[1] | [INVALID_ARRAY_INDEX] The index 1 is out of bounds. The array has 1 elements.",
                "array(k)[-1] | [INVALID_ARRAY_INDEX] The index -1 is out of bounds.",
                "element_at(array(k), -2) | [INVALID_ARRAY_INDEX_IN_ELEMENT_AT] The index -2 is out of bounds.",
                "element_at(array(k), 0) | [INVALID_INDEX_OF_ZERO] The index 0 is invalid.",
            })
    void refusesPlacesThatAnArrayDoesNotHave(String expression, String message) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOf(ScoringException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void findsColumnsInAnyCaseAndKeepsTheirMetadata() {
        Table table = run("SELECT K, t.X AS other, `s`, other * 2 AS twice, * FROM __THIS__ t WHERE B", ROW);
        assertThat(table.schema().names()).containsExactly("K", "other", "s", "twice", "k", "x", "s", "b", "nothing");
        assertThat(table.schema().fields().get(1).attributes())
                .isEqualTo(SCHEMA.field("x").attributes());
        assertThat(table.row(0).get("twice")).isEqualTo(-5.0);
    }

    @Test
    void dropsRowsWhoseConditionIsFalseOrNull() {
        Row open = Row.of(SCHEMA, null, 1.0, "", false, 0.0);
        assertThat(run("SELECT * FROM __THIS__ WHERE k > 6", ROW, open).size()).isEqualTo(1);
        assertThat(run("SELECT * FROM __THIS__ WHERE k <= 6", ROW, open).size()).isZero();
    }

    @Test
    void namesColumnsWithoutAliasAsSparkDoes() {
        Table table = run(
                "SELECT k + 1, -x, CAST(k AS STRING), upper(CAST(k AS STRING)), s LIKE 'a', if(b, 1, 2) FROM __THIS__",
                ROW);
        assertThat(table.schema().names())
                .containsExactly("(k + 1)", "(- x)", "k", "upper(CAST(k AS STRING))", "s LIKE a", "(IF(b, 1, 2))");
    }
}
