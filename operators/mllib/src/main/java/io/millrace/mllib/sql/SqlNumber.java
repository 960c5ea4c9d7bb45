// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.sql.SqlLexer.Token;
import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.util.Locale;

/** Numbers as Spark SQL takes them: integers, decimals with a point, doubles with an exponent, and those with a suffix. */
final class SqlNumber {

    private SqlNumber() {}

    /** The literal in a NUMBER token. */
    static SqlNode.Literal literal(Token token, boolean negative) {
        String text = (negative ? "-" : "") + token.text().toUpperCase(Locale.ROOT);
        String body = text.replaceAll("[A-DF-Z]+$", "");
        try {
            return switch (text.substring(body.length())) {
                case "" -> plain(body);
                case "L" -> new SqlNode.Literal(Long.valueOf(body), DataType.LONG);
                case "S" -> new SqlNode.Literal(Short.valueOf(body), DataType.SHORT);
                case "Y" -> new SqlNode.Literal(Byte.valueOf(body), DataType.BYTE);
                case "D" -> new SqlNode.Literal(Double.valueOf(body), DataType.DOUBLE);
                case "F" -> new SqlNode.Literal(Float.valueOf(body), DataType.FLOAT);
                case "BD" -> decimal(new BigDecimal(body));
                default -> throw new SqlException("the number " + token.text(), token.position());
            };
        } catch (NumberFormatException e) {
            throw new SqlException("the number " + token.text(), token.position());
        }
    }

    private static SqlNode.Literal plain(String text) {
        if (text.indexOf('E') >= 0) {
            return new SqlNode.Literal(Double.valueOf(text), DataType.DOUBLE);
        }
        BigDecimal number = new BigDecimal(text);
        if (text.indexOf('.') >= 0) {
            return decimal(number);
        }
        int bits = number.toBigInteger().bitLength();
        if (bits < Integer.SIZE) {
            return new SqlNode.Literal(number.intValueExact(), DataType.INTEGER);
        }
        return bits < Long.SIZE ? new SqlNode.Literal(number.longValueExact(), DataType.LONG) : decimal(number);
    }

    private static SqlNode.Literal decimal(BigDecimal number) {
        BigDecimal value = number.scale() < 0 ? number.setScale(0) : number;
        int precision = Math.max(value.precision(), value.scale());
        if (precision > SqlTypes.MAX_PRECISION) {
            throw new NumberFormatException("more than " + SqlTypes.MAX_PRECISION + " digits");
        }
        return new SqlNode.Literal(value, new DataType.Decimal(precision, value.scale()));
    }
}
