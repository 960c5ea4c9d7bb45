// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.DataTypes;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " 12 |int|12",
                "-9223372036854775808|bigint|-9223372036854775808",
                "1e3|double|1000.0",
                "-inf|double|-Infinity",
                "2.345|decimal(4,2)|2.35",
                "Yes|boolean|true",
                "2024-2-3|date|2024-02-03",
                "2024-02-03T10:11:12.5+01:30|timestamp|2024-02-03 08:41:12.5",
                "2024-02|timestamp|2024-02-01 00:00:00",
                "2024-02-03 10:11:12 Europe/Berlin|timestamp|2024-02-03 09:11:12",
                "1 02:03:04.5|interval day to second|INTERVAL '1 02:03:04.5' DAY TO SECOND",
                "-1-2|interval year to month|INTERVAL '-1-2' YEAR TO MONTH",
            })
    void textsBecomeValues(String text, String type, String expected) throws Exception {
        Object value = cast(Utf8.of(text), "string", type);
        assertThat(cast(value, type, "string")).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x|int|CAST_INVALID_INPUT",
                "1.5|int|CAST_INVALID_INPUT",
                "300|tinyint|CAST_INVALID_INPUT",
                "9223372036854775808|bigint|CAST_INVALID_INPUT",
                "''|double|CAST_INVALID_INPUT",
                "2024-13-01|date|CAST_INVALID_INPUT",
                "25:00|timestamp|CAST_INVALID_INPUT",
                "maybe|boolean|CAST_INVALID_INPUT",
                "1000|decimal(4,2)|NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
            })
    void textsThatAreNoValuesFail(String text, String type, String condition) {
        assertThatThrownBy(() -> cast(Utf8.of(text), "string", type))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @Test
    void numbersThatDoNotFitFail() {
        for (Object value : List.of(1e20, Double.NaN, Double.NEGATIVE_INFINITY)) {
            assertThatThrownBy(() -> cast(value, "double", "int"))
                    .isInstanceOfSatisfying(
                            QueryExecutionException.class,
                            e -> assertThat(e.condition()).isEqualTo("CAST_OVERFLOW"));
        }
        assertThatThrownBy(() -> cast(1e20, "double", "int"))
                .hasMessageContaining("1.0E20D")
                .hasMessageContaining("\"INT\"");
        assertThatThrownBy(() -> cast(40_000, "int", "smallint")).hasMessageContaining("CAST_OVERFLOW");
    }

    @Test
    void numbersLoseWhatIsBehindThePoint() throws Exception {
        assertThat(cast(-1.9, "double", "int")).isEqualTo(-1);
        assertThat(cast(new BigDecimal("2.99"), "decimal(3,2)", "bigint")).isEqualTo(2L);
        assertThat(cast(-1L, "timestamp", "bigint")).isEqualTo(-1L);
        assertThat(cast(1_500_000L, "timestamp", "double")).isEqualTo(1.5);
        assertThat(cast(-1L, "timestamp", "date")).isEqualTo(-1);
    }

    @Test
    void nestedValuesAreWrittenLikeSpark() throws Exception {
        assertThat(cast(new Object[] {1, null, 3}, "array<int>", "string")).hasToString("[1, null, 3]");
        assertThat(cast(new Object[0], "array<int>", "string")).hasToString("[]");
        MapValue map = new MapValue(new Object[] {Utf8.of("a")}, new Object[] {true});
        assertThat(cast(map, "map<string,boolean>", "string")).hasToString("{a -> true}");
        assertThat(cast(new Object[] {1, Utf8.of("x")}, "struct<a:int,b:string>", "string"))
                .hasToString("{1, x}");
        Object[] texts = (Object[]) cast(new Object[] {1, null}, "array<int>", "array<string>");
        assertThat(texts).containsExactly(Utf8.of("1"), null);
    }

    @Test
    void castsThatAreNeverPossibleAreRefused() {
        assertThatThrownBy(() -> Casts.bind(DataTypes.parse("int"), DataTypes.parse("date")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("\"INT\"");
        assertThat(Casts.possible(DataTypes.parse("array<int>"), DataTypes.parse("array<date>")))
                .isFalse();
    }

    @SuppressWarnings("NullAway") // none of the values is null
    private static Object cast(@Nullable Object value, String from, String to) throws Exception {
        return FunctionCall.of(Casts.bind(DataTypes.parse(from), DataTypes.parse(to)))
                .call(new Object[] {value});
    }
}
