// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.expression.library.Calls.fails;
import static io.millrace.table.expression.library.Calls.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class NumberFunctionsTest {

    @Test
    void roundsHalvesUpOrToEven() {
        is(3.0, "round", 2.5);
        is(-3.0, "round", -2.5);
        is(2.0, "bround", 2.5);
        is(0.0, "round", -0.4);
        is(0.13, "round", 0.125, 2);
        is(1.01, "round", 1.005, 2);
        is(30, "round", 25, -1);
        is(20, "bround", 25, -1);
        is(new BigDecimal("-3.3"), "round", new BigDecimal("-3.33"), 1);
        assertThat(Calls.bind("round", new BigDecimal("99999999.99"), 1).type()).isEqualTo(new DecimalType(10, 1));
        is(Double.NaN, "round", Double.NaN);
        fails("ARITHMETIC_OVERFLOW", "round", Integer.MAX_VALUE, -1);
    }

    @Test
    void goesToWholeNumbers() {
        is(3L, "ceil", 2.5);
        is(-1L, "floor", -0.4);
        is(0L, "ceil", -0.4);
        is(new BigDecimal("3"), "ceil", new BigDecimal("2.1"));
        is(5L, "floor", 5);
        is(-2.0, "rint", -2.5);
        is(-1.0, "sign", -0.4);
    }

    @Test
    void givesPositiveRemaindersForPositiveDivisors() {
        is(1, "pmod", -7, 2);
        is(1, "pmod", 7, -2);
        is(0, "pmod", 0, 5);
        is(1L, "pmod", -7L, 2);
        fails("REMAINDER_BY_ZERO", "pmod", 1, 0);
    }

    @Test
    void refusesSignsThatDoNotFit() {
        is(7, "abs", -7);
        is(new BigDecimal("1.5"), "abs", new BigDecimal("-1.5"));
        fails("ARITHMETIC_OVERFLOW", "abs", Integer.MIN_VALUE);
    }

    @Test
    void treatsNaNAsTheGreatestNumber() {
        is(Double.NaN, "greatest", 1.0, Double.NaN);
        is(1.0, "least", 1.0, Double.NaN);
        is(true, "isnan", Double.NaN);
        is(false, "isnan", Calls.typed(AtomicType.DOUBLE, null));
        is(0.0, "nanvl", Double.NaN, 0.0);
        is(3, "greatest", 2, null, 3);
        is(null, "least", null, null);
        is(2.5, "greatest", 1, 2.5);
    }

    @Test
    void knowsLogarithms() {
        is(null, "ln", 0.0);
        is(null, "log10", -1.0);
        is(2.0, "log10", 100.0);
        is(3.0, "log2", 8.0);
        is(null, "log1p", -1.0);
        is(3.0, "log", 2.0, 8.0);
        is(4.0, "pow", -2.0, 2);
        is(Double.NaN, "sqrt", -1.0);
        is(120L, "factorial", 5);
        is(null, "factorial", 21);
        is(5.0, "hypot", 3.0, 4.0);
        is(3L, "width_bucket", 5.35, 0.024, 10.06, 5L);
        is(6L, "width_bucket", 11.0, 0.0, 10.0, 5L);
        is(0L, "width_bucket", 11.0, 10.0, 0.0, 5L);
    }

    @Test
    void convertsBases() {
        is("4", "conv", "100", 2, 10);
        is("-16", "conv", "-10", 16, -10);
        is("FFFFFFFFFFFFFFFF", "conv", "-1", 10, 16);
        is("0", "conv", "xyz", 10, 16);
        is(null, "conv", "1", 1, 10);
        fails("ARITHMETIC_OVERFLOW", "conv", "FFFFFFFFFFFFFFFFF", 16, 10);
        is("1101", "bin", 13L);
        is("11", "hex", 17L);
        is("537061726B2053514C", "hex", "Spark SQL");
    }

    @Test
    void movesBits() {
        is(4, "shiftleft", 2, 1);
        is(-1L, "shiftright", -2L, 1);
        is(Integer.MAX_VALUE, "shiftrightunsigned", -2, 1);
        is(64, "bit_count", -1);
        is(1, "&", 3, 5);
        is(6L, "^", 3L, 5L);
        is(1, "getbit", 4L, 2);
    }

    @Test
    void choosesAmongValues() {
        is(2, "coalesce", null, 2);
        is(2.5, "coalesce", null, 2.5, 1);
        is(-1, "ifnull", null, -1);
        is(2, "nvl2", 1, 2, -1);
        is(-1, "nvl2", null, 2, -1);
        is(null, "nullif", 3, 3);
        is(1, "nullif", 1, null);
        is("n", "if", Calls.typed(AtomicType.BOOLEAN, null), "y", "n");
        is("int", "typeof", 1);
        fails("USER_RAISED_EXCEPTION", "raise_error", "no");
        fails("DATATYPE_MISMATCH.DATA_DIFF_TYPES", "coalesce", 1, Calls.array(AtomicType.INT, 1));
    }

    @Test
    void formatsNumbers() {
        is("12,332.1235", "format_number", 12332.123456, 4);
        is("12,332", "format_number", 12332L, 0);
        is("12332.123", "format_number", 12332.123456, "##################.###");
        is(null, "format_number", 1.0, -1);
        is("Hello World 100 days", "format_string", "Hello World %d %s", 100, "days");
    }
}
