// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import java.math.BigDecimal;

/** The order of Spark SQL's values: NaN is equal to itself and above all, 0 and -0 are equal, texts go by their UTF-8. */
final class SqlOrder {

    private SqlOrder() {}

    /** Compares two values of the same type. */
    static int compare(Object x, Object y) {
        if (x instanceof Double a && y instanceof Double b) {
            return Double.compare(a + 0.0, b + 0.0);
        }
        if (x instanceof Float a && y instanceof Float b) {
            return Float.compare(a + 0.0f, b + 0.0f);
        }
        if (x instanceof String a && y instanceof String b) {
            return compareTexts(a, b);
        }
        if (x instanceof BigDecimal a && y instanceof BigDecimal b) {
            return a.compareTo(b);
        }
        if (x instanceof Boolean a && y instanceof Boolean b) {
            return Boolean.compare(a, b);
        }
        return Long.compare(((Number) x).longValue(), ((Number) y).longValue());
    }

    /** By code points, which is the order of the bytes of UTF-8. */
    private static int compareTexts(String x, String y) {
        int length = Math.min(x.length(), y.length());
        for (int i = 0; i < length; i++) {
            char a = x.charAt(i);
            char b = y.charAt(i);
            if (a != b) {
                boolean pairs = Character.isSurrogate(a) || Character.isSurrogate(b);
                return pairs && Character.isSurrogate(a) != Character.isSurrogate(b)
                        ? (Character.isSurrogate(a) ? 1 : -1)
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(x.length(), y.length());
    }
}
