// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Number formats, regressions and lists of texts; expectations are those of Spark's documentation where it has some. */
class FurtherFunctionsTest {

    private static TableSession session;

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static @Nullable Object value(String sql) {
        return session.sql(sql).collect().get(0).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "to_number('454', '999') ; 454 ; decimal(3,0)",
                "to_number('454.00', '000.00') ; 454.00 ; decimal(5,2)",
                "to_number('12,454', '99,999') ; 12454 ; decimal(5,0)",
                "to_number('$78.12', '$99.99') ; 78.12 ; decimal(4,2)",
                "to_number('12,454.8-', '99,999.9S') ; -12454.8 ; decimal(6,1)",
                "to_number('-5', 'S9') ; -5 ; decimal(1,0)",
                "to_number('-5', 'MI9') ; -5 ; decimal(1,0)",
                "to_number('<1,234>', '9G999PR') ; -1234 ; decimal(4,0)",
                "to_number('.5', '9D9') ; 0.5 ; decimal(2,1)",
                "to_number('7', '99.99') ; 7.00 ; decimal(4,2)",
                "try_to_number('$78.12', '$99.99') ; 78.12 ; decimal(4,2)",
                "try_to_number('x', '999') ; null ; decimal(3,0)",
                "try_to_number('1234', '999') ; null ; decimal(3,0)",
                "try_to_number('12', '000') ; null ; decimal(3,0)",
                "try_to_number('1,2,3', '9,999') ; null ; decimal(4,0)",
                "try_to_number('1.234', '9.99') ; null ; decimal(3,2)",
                "try_to_number('<5', '9PR') ; null ; decimal(1,0)",
                "try_to_number('78', '$99') ; null ; decimal(2,0)",
                "try_to_number('', '9') ; null ; decimal(1,0)",
                "to_number(CAST(NULL AS string), '9') ; null ; decimal(1,0)",
                "to_char(454, '999') ; 454 ; string",
                "to_char(454.00, '000D00') ; 454.00 ; string",
                "to_char(12454, '99G999') ; 12,454 ; string",
                "to_char(78.12, '$99.99') ; $78.12 ; string",
                "to_char(-12454.8, '99G999D9S') ; 12,454.8- ; string",
                "to_varchar(78.12, '$99.99') ; $78.12 ; string",
                "to_char(date'2016-04-08', 'y') ; 2016 ; string",
                "to_char(x'537061726b2053514c', 'base64') ; U3BhcmsgU1FM ; string",
                "to_char(x'537061726b2053514c', 'hex') ; 537061726B2053514C ; string",
                "to_char(encode('abc', 'utf-8'), 'utf-8') ; abc ; string",
                "concat('[', to_char(54, '999'), ']') ; [ 54] ; string",
                "concat('[', to_char(54, '0999'), ']') ; [0054] ; string",
                "concat('[', to_char(1234, '99,999'), ']') ; [ 1,234] ; string",
                "concat('[', to_char(4, '99,999'), ']') ; [     4] ; string",
                "concat('[', to_char(-54, 'S999'), ']') ; [ -54] ; string",
                "concat('[', to_char(54, 'S999'), ']') ; [ +54] ; string",
                "concat('[', to_char(54, 'MI99'), ']') ; [ 54] ; string",
                "concat('[', to_char(-54, '99PR'), ']') ; [<54>] ; string",
                "concat('[', to_char(54, '99PR'), ']') ; [54  ] ; string",
                "concat('[', to_char(5.5, '99.99'), ']') ; [ 5.50] ; string",
                "concat('[', to_char(0.5, '9.9'), ']') ; [0.5] ; string",
                "to_char(1234, '99.9') ; ##.# ; string",
                "to_char(CAST(NULL AS int), '99') ; null ; string",
            })
    void numbersHaveFormats(String expression, String result, String type) {
        assertThat(String.valueOf(value("SELECT " + expression))).isEqualTo(result);
        assertThat(session.sql("SELECT " + expression).schema().field(0).type().sql())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INVALID_FORMAT.EMPTY ; to_number('1', '')",
                "INVALID_FORMAT.WRONG_NUM_DIGIT ; to_number('1', '$')",
                "INVALID_FORMAT.CONT_THOUSANDS_SEPS ; to_number('1', '9,,999')",
                "INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC ; to_number('1', '9.9,99')",
                "INVALID_FORMAT.WRONG_NUM_TOKEN ; to_number('1', 'S9S')",
                "INVALID_FORMAT.UNEXPECTED_TOKEN ; to_number('1', '9x')",
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT ; to_char(1, concat('9', s))",
            })
    void wrongFormatsAreRefused(String condition, String expression) {
        assertThatThrownBy(() -> session.sql("SELECT " + expression + " FROM VALUES ('a') AS t(s)"))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "equal_null(3, 3) ; true",
                "equal_null(1, '11') ; false",
                "equal_null(NULL, NULL) ; true",
                "equal_null(true, NULL) ; false",
                "nullifzero(0) ; null",
                "nullifzero(2.5) ; 2.5",
                "zeroifnull(NULL) ; 0",
                "zeroifnull(2) ; 2",
                "elt(1, 'scala', 'java') ; scala",
                "elt(2, 'a', 1) ; 1",
                "elt(NULL, 'a', 'b') ; null",
                "elt(2, 'a', NULL) ; null",
                "luhn_check('8112189876') ; true",
                "luhn_check('79927398713') ; true",
                "luhn_check('79927398714') ; false",
                "luhn_check('') ; false",
                "luhn_check('12a') ; false",
                "quote('Don\\'t') ; 'Don\\'t'",
                "decode(to_binary('abc', 'utf-8'), 'utf-8') ; abc",
                "hex(to_binary('616')) ; 0616",
                "hex(to_binary('YWI=', 'BASE64')) ; 6162",
                "try_to_binary('a!', 'hex') ; null",
                "try_to_binary('abc!', 'base64') ; null",
                "validate_utf8('Spärk') ; Spärk",
                "try_validate_utf8(CAST(x'80' AS string)) ; null",
                "make_valid_utf8(CAST(x'61C262' AS string)) ; a\uFFFDb",
                "bitmap_bit_position(1) ; 0",
                "bitmap_bit_position(123) ; 122",
                "bitmap_bit_position(-1) ; 1",
                "bitmap_bucket_number(123) ; 1",
                "bitmap_bucket_number(0) ; 0",
                "bitmap_bucket_number(32769) ; 2",
                "bitmap_count(X'1010') ; 2",
                "bitmap_count(X'FFFF') ; 16",
                "CAST(convert_timezone('Europe/Brussels', 'America/Los_Angeles', timestamp_ntz'2021-12-06 00:00:00') AS string) ; 2021-12-05 15:00:00",
                "CAST(convert_timezone('Europe/Brussels', timestamp_ntz'2021-12-05 15:00:00') AS string) ; 2021-12-05 16:00:00",
                "CAST(to_timestamp_ntz('2016-12-31', 'yyyy-MM-dd') AS string) ; 2016-12-31 00:00:00",
                "current_schema() ; default",
            })
    void smallFunctions(String expression, String result) {
        assertThat(String.valueOf(value("SELECT " + expression))).isEqualTo(result.replace("\\uFFFD", "\uFFFD"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INVALID_ARRAY_INDEX ; elt(3, 'a', 'b')",
                "INVALID_ARRAY_INDEX ; elt(0, 'a', 'b')",
                "CONVERSION_INVALID_INPUT ; to_binary('x', 'hex')",
                "INVALID_UTF8_STRING ; validate_utf8(CAST(x'80' AS string))",
                "INVALID_PARAMETER_VALUE.BINARY_FORMAT ; to_binary('x', 'morse')",
                "INVALID_TIMEZONE ; convert_timezone('Nowhere', timestamp'2021-12-05 15:00:00')",
            })
    void whatFailsHasSparksCondition(String condition, String expression) {
        assertThatThrownBy(() -> value("SELECT " + expression))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @Test
    void aTextThatDoesNotFitEndsTheQuery() {
        assertThatThrownBy(() -> value("SELECT to_number('x', '9')"))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("INVALID_FORMAT.MISMATCH_INPUT"));
    }

    @ParameterizedTest
    @CsvSource({
        "regr_avgx, 2.75",
        "regr_avgy, 1.75",
        "regr_r2, 0.2727272727272726",
        "regr_sxx, 2.7499999999999996",
        "regr_sxy, 0.7499999999999998",
        "regr_syy, 0.7499999999999999",
        "regr_slope, 0.2727272727272727",
        "regr_intercept, 1.0",
    })
    void linesThroughPoints(String function, double expected) {
        String points = " FROM VALUES (1, 2), (2, 2), (2, 3), (2, 4), (NULL, 9), (9, NULL) AS t(y, x)";
        assertThat((Double) Objects.requireNonNull(value("SELECT " + function + "(y, x)" + points)))
                .isCloseTo(expected, within(1e-14));
        assertThat(value("SELECT regr_count(y, x)" + points)).isEqualTo(4L);
        assertThat(value("SELECT " + function + "(y, x) FROM VALUES (1, 2) AS t(y, x) WHERE y > 5"))
                .isNull();
        assertThat(value("SELECT regr_count(y, x) FROM VALUES (1, 2) AS t(y, x) WHERE y > 5"))
                .isEqualTo(0L);
    }

    @Test
    void pointsInOneLineUpAndDown() {
        Row upright = session.sql(
                        "SELECT regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x) FROM VALUES (1, 2), (2, 2) AS t(y, x)")
                .collect()
                .get(0);
        assertThat(upright).isEqualTo(Row.of(null, null, null));
        Row level = session.sql(
                        "SELECT regr_slope(y, x), regr_intercept(y, x), regr_r2(y, x) FROM VALUES (1, 2), (1, 3) AS t(y, x)")
                .collect()
                .get(0);
        assertThat(level).isEqualTo(Row.of(0.0, 1.0, 1.0));
    }

    @Test
    void textsAreListed() {
        assertThat(value("SELECT listagg(c) FROM VALUES ('a'), ('b'), (NULL), ('c') AS t(c)"))
                .isEqualTo("abc");
        assertThat(value("SELECT string_agg(c, ', ') FROM VALUES ('ä'), ('😀'), (NULL) AS t(c)"))
                .isEqualTo("ä, 😀");
        assertThat(value("SELECT listagg(c, '-') FROM VALUES (1), (2) AS t(c)")).isEqualTo("1-2");
        assertThat(value("SELECT listagg(c, NULL) FROM VALUES ('a'), ('') AS t(c)"))
                .isEqualTo("a");
        assertThat(value("SELECT listagg(c) FROM VALUES ('a') AS t(c) WHERE c = 'b'"))
                .isNull();
    }
}
