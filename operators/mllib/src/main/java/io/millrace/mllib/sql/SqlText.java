// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import java.math.BigDecimal;

/** Values as text, as Spark SQL casts them. */
public final class SqlText {

    private SqlText() {}

    /** {@code value} as text: numbers as Java writes them, decimals without exponent. */
    public static String of(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }
}
