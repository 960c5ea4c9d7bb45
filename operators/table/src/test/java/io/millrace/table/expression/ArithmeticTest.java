// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int|+|int|int",
                "int|+|bigint|bigint",
                "int|+|float|double",
                "int|/|int|double",
                "string|+|int|bigint",
                "decimal(10,2)|+|decimal(5,4)|decimal(13,4)",
                "int|*|decimal(2,1)|decimal(13,1)",
                "decimal(38,10)|*|decimal(38,10)|decimal(38,6)",
                "decimal(10,2)|/|decimal(5,1)|decimal(17,8)",
                "decimal(10,2)|%|decimal(5,1)|decimal(6,2)",
                "bigint|div|int|bigint",
                "date|+|int|date",
                "date|-|date|interval day to second",
                "timestamp|-|timestamp|interval day to second",
                "timestamp|+|interval day|timestamp",
                "date|+|interval month|date",
                "int|*|interval day|interval day to second",
                "string|=|int|boolean",
            })
    void typesOfResultsAreSparks(String left, String sign, String right, String expected) {
        List<Expression> operands = List.of(operand(0, left), operand(1, right));
        DataType type = FunctionRegistry.spark()
                .scalar(sign)
                .orElseThrow()
                .bind(operands)
                .type();
        assertThat(type.sql()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2147483647|int|+|1|int|ARITHMETIC_OVERFLOW",
                "-9223372036854775808|bigint|-|1|bigint|ARITHMETIC_OVERFLOW",
                "9223372036854775807|bigint|*|2|bigint|ARITHMETIC_OVERFLOW",
                "1|int|/|0|int|DIVIDE_BY_ZERO",
                "1.5|double|/|0|double|DIVIDE_BY_ZERO",
                "1|int|%|0|int|REMAINDER_BY_ZERO",
                "1|bigint|div|0|bigint|DIVIDE_BY_ZERO",
                "99999999999999999999999999999999999999|decimal(38,0)|*|10|decimal(2,0)|"
                        + "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
            })
    void whatHasNoResultFails(String left, String one, String sign, String right, String other, String condition) {
        assertThatThrownBy(() -> compute(left, one, sign, right, other))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|int|/|2|int|3.5",
                "-7|int|%|2|int|-1",
                "-7|int|div|2|int|-3",
                "1.00|decimal(3,2)|/|3|decimal(1,0)|0.333333",
                "2024-01-31|date|+|1|int|2024-02-01",
                "2024-01-31|date|+|0-1|interval month|2024-02-29",
                "2024-01-31 00:00:00|timestamp|-|0 00:00:01|interval second|2024-01-30 23:59:59",
                "NaN|double|=|NaN|double|true",
                "NaN|double|>|Infinity|double|true",
                "0.0|double|=|-0.0|double|true",
                "1|string|=|1|int|true",
                "b|string|>|a|string|true",
                "9223372036854775807|bigint|try_add|1|bigint|null",
            })
    void resultsAreSparks(String left, String one, String sign, String right, String other, String expected)
            throws Exception {
        assertThat(compute(left, one, sign, right, other)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unary-", "negative"})
    void theNegativeOfTheLeastNumberIsNone(String name) throws Exception {
        Expression.Call call = call(name, List.of(operand(0, "bigint")));

        assertThat(TreeWalk.value(call, new Object[] {7L})).isEqualTo(-7L);
        assertThatThrownBy(() -> TreeWalk.value(call, new Object[] {Long.MIN_VALUE}))
                .isInstanceOfSatisfying(
                        QueryExecutionException.class,
                        e -> assertThat(e.condition()).isEqualTo("ARITHMETIC_OVERFLOW"));
    }

    @Test
    void aProductOfDecimalsIsExact() throws Exception {
        assertThat(compute("1.25", "decimal(3,2)", "*", "1.25", "decimal(3,2)")).isEqualTo("1.5625");
        assertThat(new BigDecimal("1.5625")).isEqualByComparingTo("1.56250");
    }

    private static Expression.Call call(String name, List<Expression> operands) {
        return new Expression.Call(
                FunctionRegistry.spark().scalar(name).orElseThrow().bind(operands), operands);
    }

    private static Expression operand(int index, String type) {
        return new Expression.Reference(index, DataTypes.parse(type), true, "c" + index);
    }

    private static String compute(String left, String one, String sign, String right, String other) throws Exception {
        List<Expression> operands = List.of(operand(0, one), operand(1, other));
        Expression call = call(sign, operands);
        @Nullable Object[] row = {value(left, one), value(right, other)};
        Object result = TreeWalk.value(call, row);
        return result == null
                ? "null"
                : String.valueOf(FunctionCall.of(Casts.bind(call.type(), DataTypes.parse("string")))
                        .call(new Object[] {result}));
    }

    private static @Nullable Object value(String text, String type) throws Exception {
        Expression literal = new Expression.Literal(Utf8.of(text), DataTypes.parse("string"));
        return TreeWalk.value(new Expression.Cast(literal, DataTypes.parse(type), false), new Object[0]);
    }
}
