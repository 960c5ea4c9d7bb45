// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Casts of Spark SQL's ANSI mode: what does not fit or cannot be read is refused. */
final class SqlCast {

    private SqlCast() {}

    /** {@code x} cast; the expression itself if it is of the type already. */
    static SqlExpression to(SqlExpression x, DataType to) {
        if (x.type().equals(to)) {
            return x;
        }
        if (x.isVoid()) {
            return SqlExpression.literal(to, null);
        }
        DataType from = x.type();
        if (!isScalar(from) || !isScalar(to)) {
            throw new SqlException("cannot cast " + from.sparkName() + " to " + to.sparkName());
        }
        return x.map(to, value -> cast(value, from, to));
    }

    /** As {@link #to}, with null in the place of an error. */
    static SqlExpression tolerant(SqlExpression x, DataType to) {
        SqlExpression cast = to(x, to);
        return new SqlExpression(to, true, x.constant(), slots -> {
            try {
                return cast.value().of(slots);
            } catch (ScoringException e) {
                return null;
            }
        });
    }

    private static boolean isScalar(DataType type) {
        return type.isNumeric() || type.equals(DataType.STRING) || type.equals(DataType.BOOLEAN);
    }

    private static Object cast(Object value, DataType from, DataType to) {
        if (to.equals(DataType.STRING)) {
            return SqlText.of(value);
        }
        if (value instanceof String text) {
            return parse(text, to);
        }
        if (to.equals(DataType.BOOLEAN)) {
            return value instanceof BigDecimal decimal ? decimal.signum() != 0 : ((Number) value).doubleValue() != 0;
        }
        if (value instanceof Boolean truth) {
            return number(truth ? 1 : 0, DataType.INTEGER, to);
        }
        return number((Number) value, from, to);
    }

    private static Object number(Number value, DataType from, DataType to) {
        if (to instanceof DataType.Decimal decimal) {
            return fit(exact(value, from, to), decimal);
        }
        return switch ((DataType.Simple) to) {
            case DOUBLE -> value.doubleValue();
            case FLOAT -> value.floatValue();
            case LONG -> integral(value, Long.MIN_VALUE, Long.MAX_VALUE, from, to);
            case INTEGER -> (int) integral(value, Integer.MIN_VALUE, Integer.MAX_VALUE, from, to);
            case SHORT -> (short) integral(value, Short.MIN_VALUE, Short.MAX_VALUE, from, to);
            case BYTE -> (byte) integral(value, Byte.MIN_VALUE, Byte.MAX_VALUE, from, to);
            default -> throw new IllegalStateException("no cast to " + to);
        };
    }

    private static long integral(Number value, long least, long most, DataType from, DataType to) {
        boolean fits;
        long result = value.longValue();
        if (value instanceof Double || value instanceof Float) {
            double number = value.doubleValue();
            fits = Math.floor(number) <= most && Math.ceil(number) >= least;
        } else if (value instanceof BigDecimal decimal) {
            BigInteger whole = decimal.toBigInteger();
            fits = whole.bitLength() < Long.SIZE && whole.longValue() >= least && whole.longValue() <= most;
        } else {
            fits = result >= least && result <= most;
        }
        if (!fits) {
            throw SqlErrors.castOverflow(value, SqlErrors.typeName(from), SqlErrors.typeName(to));
        }
        return result;
    }

    private static BigDecimal exact(Number value, DataType from, DataType to) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = value.doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw SqlErrors.castOverflow(value, SqlErrors.typeName(from), SqlErrors.typeName(to));
            }
            return new BigDecimal(Double.toString(number));
        }
        return BigDecimal.valueOf(value.longValue());
    }

    /** {@code value} rounded half up to the scale of a type, or an error if it has too many digits. */
    static BigDecimal fit(BigDecimal value, DataType.Decimal type) {
        // before the scale is changed: a number of huge exponent would take as many digits
        if ((long) value.precision() - value.scale() > type.precision() - type.scale() + 1L && value.signum() != 0) {
            throw SqlErrors.outOfRange(value, type.precision(), type.scale());
        }
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() > type.precision()) {
            throw SqlErrors.outOfRange(value, type.precision(), type.scale());
        }
        return rounded;
    }

    private static Object parse(String text, DataType to) {
        String trimmed = text.trim();
        try {
            if (to instanceof DataType.Decimal decimal) {
                return fit(new BigDecimal(trimmed), decimal);
            }
            return switch ((DataType.Simple) to) {
                case BOOLEAN -> truth(trimmed);
                case DOUBLE -> floating(trimmed);
                case FLOAT -> Float.parseFloat(special(trimmed));
                case LONG -> Long.parseLong(trimmed);
                case INTEGER -> Integer.parseInt(trimmed);
                case SHORT -> Short.parseShort(trimmed);
                case BYTE -> Byte.parseByte(trimmed);
                default -> throw new IllegalStateException("no cast to " + to);
            };
        } catch (NumberFormatException e) {
            throw SqlErrors.castInput(text, "STRING", SqlErrors.typeName(to));
        }
    }

    private static double floating(String text) {
        return Double.parseDouble(special(text));
    }

    /** The text as Java reads it: infinity and NaN may be in letters of any case. */
    private static String special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            case "nan" -> "NaN";
            default -> text;
        };
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "1" -> true;
            case "f", "false", "n", "no", "0" -> false;
            default -> throw new NumberFormatException(text);
        };
    }
}
