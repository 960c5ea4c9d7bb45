// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as text that is the same from whatever database they are. */
final class AnswerText {

    private static final MathContext DIGITS_OF_DOUBLES = new MathContext(12);

    private AnswerText() {}

    /** A row. */
    static String of(List<? extends @Nullable Object> row) {
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
