// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;

/** The operators on the bits of integers. */
final class SqlBits {

    private SqlBits() {}

    /** {@code left operator right} for &amp; | ^, in the wider of their types. */
    static SqlExpression binary(String operator, SqlExpression left, SqlExpression right) {
        DataType type = SqlTypes.common(left.type(), right.type());
        if (type == null || !SqlTypes.isIntegral(type)) {
            throw new SqlException("cannot apply " + operator + " to "
                    + left.type().sparkName() + " and " + right.type().sparkName());
        }
        return SqlCast.to(left, type).map(SqlCast.to(right, type), type, (a, b) -> {
            long x = ((Number) a).longValue();
            long y = ((Number) b).longValue();
            return of(
                    type,
                    switch (operator) {
                        case "&" -> x & y;
                        case "|" -> x | y;
                        default -> x ^ y;
                    });
        });
    }

    /** {@code ~x}. */
    static SqlExpression not(SqlExpression x) {
        if (!SqlTypes.isIntegral(x.type())) {
            throw new SqlException("cannot apply ~ to " + x.type().sparkName());
        }
        return x.map(x.type(), value -> of(x.type(), ~((Number) value).longValue()));
    }

    private static Object of(DataType type, long bits) {
        return switch ((DataType.Simple) type) {
            case BYTE -> (byte) bits;
            case SHORT -> (short) bits;
            case INTEGER -> (int) bits;
            default -> bits;
        };
    }
}
