// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Arithmetic of Spark SQL's ANSI mode: overflow and division by zero are refused, decimals keep exact digits. */
final class SqlArithmetic {

    private SqlArithmetic() {}

    /** {@code left operator right} for + - * / % DIV. */
    static SqlExpression binary(String operator, SqlExpression left, SqlExpression right) {
        if (operator.equals("DIV")) {
            return integralDivision(left, right);
        }
        DataType type = SqlTypes.common(left.type(), right.type());
        if (type == null || !(type.isNumeric() || type.equals(SqlTypes.VOID) || type.equals(DataType.STRING))) {
            throw new SqlException("cannot apply " + operator + " to "
                    + left.type().sparkName() + " and " + right.type().sparkName());
        }
        if (type.equals(SqlTypes.VOID) || type.equals(DataType.STRING)) {
            type = DataType.DOUBLE;
        }
        if (type instanceof DataType.Decimal) {
            return decimal(operator, asDecimal(left), asDecimal(right));
        }
        if (operator.equals("/")) {
            type = DataType.DOUBLE;
        }
        SqlExpression x = SqlCast.to(left, type);
        SqlExpression y = SqlCast.to(right, type);
        SqlExpression result = switch ((DataType.Simple) type) {
            case DOUBLE -> x.map(y, type, (a, b) -> doubles(operator, (Double) a, (Double) b));
            case FLOAT -> x.map(y, type, (a, b) -> (float) floats(operator, (Float) a, (Float) b));
            case LONG -> x.map(y, type, (a, b) -> longs(operator, (Long) a, (Long) b));
            case INTEGER -> x.map(y, type, (a, b) -> ints(operator, (Integer) a, (Integer) b));
            case SHORT ->
                x.map(y, type, (a, b) ->
                        (short) small(operator, (Short) a, (Short) b, Short.MIN_VALUE, Short.MAX_VALUE));
            case BYTE ->
                x.map(y, type, (a, b) -> (byte) small(operator, (Byte) a, (Byte) b, Byte.MIN_VALUE, Byte.MAX_VALUE));
            default -> throw new IllegalStateException(type.sparkName());
        };
        return operator.equals("/") || operator.equals("%") ? result.withNullable(true) : result;
    }

    private static double doubles(String operator, double x, double y) {
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> {
                if (y == 0) {
                    throw SqlErrors.divideByZero();
                }
                yield x / y;
            }
            default -> {
                if (y == 0) {
                    throw SqlErrors.remainderByZero();
                }
                yield x % y;
            }
        };
    }

    private static double floats(String operator, float x, float y) {
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            default -> {
                if (y == 0) {
                    throw SqlErrors.remainderByZero();
                }
                yield x % y;
            }
        };
    }

    private static long longs(String operator, long x, long y) {
        try {
            return switch (operator) {
                case "+" -> Math.addExact(x, y);
                case "-" -> Math.subtractExact(x, y);
                case "*" -> Math.multiplyExact(x, y);
                default -> {
                    if (y == 0) {
                        throw SqlErrors.remainderByZero();
                    }
                    yield x % y;
                }
            };
        } catch (ArithmeticException e) {
            throw SqlErrors.overflow("long overflow", tryName(operator));
        }
    }

    private static int ints(String operator, int x, int y) {
        long result = longs(operator, x, y);
        if (result != (int) result) {
            throw SqlErrors.overflow("integer overflow", tryName(operator));
        }
        return (int) result;
    }

    private static long small(String operator, long x, long y, int least, int most) {
        long result = longs(operator, x, y);
        if (result < least || result > most) {
            throw SqlErrors.binaryOverflow(x, operator, y, tryName(operator));
        }
        return result;
    }

    private static String tryName(String operator) {
        return switch (operator) {
            case "+" -> "try_add";
            case "-" -> "try_subtract";
            default -> "try_multiply";
        };
    }

    private static SqlExpression integralDivision(SqlExpression left, SqlExpression right) {
        DataType type = SqlTypes.common(left.type(), right.type());
        if (type == null || !(SqlTypes.isIntegral(type) || type instanceof DataType.Decimal)) {
            throw new SqlException("cannot apply DIV to " + left.type().sparkName() + " and "
                    + right.type().sparkName());
        }
        if (type instanceof DataType.Decimal) {
            return asDecimal(left)
                    .map(asDecimal(right), DataType.LONG, (a, b) -> {
                        if (((BigDecimal) b).signum() == 0) {
                            throw SqlErrors.divideByZero();
                        }
                        return ((BigDecimal) a)
                                .divideToIntegralValue((BigDecimal) b)
                                .longValue();
                    })
                    .withNullable(true);
        }
        return SqlCast.to(left, DataType.LONG)
                .map(SqlCast.to(right, DataType.LONG), DataType.LONG, (a, b) -> {
                    if ((Long) b == 0) {
                        throw SqlErrors.divideByZero();
                    }
                    if ((Long) a == Long.MIN_VALUE && (Long) b == -1) {
                        throw SqlErrors.overflow("Overflow in integral divide", "try_divide");
                    }
                    return (Long) a / (Long) b;
                })
                .withNullable(true);
    }

    /** Brought to a decimal; an integer that is written in the statement takes no more digits than it has. */
    private static SqlExpression asDecimal(SqlExpression x) {
        if (x.constant() && SqlTypes.isIntegral(x.type()) && x.constantValue() instanceof Number number) {
            BigDecimal value = BigDecimal.valueOf(number.longValue());
            return SqlExpression.literal(new DataType.Decimal(value.precision(), 0), value);
        }
        DataType.Decimal type = SqlTypes.asDecimal(x.type());
        return SqlCast.to(x, type == null ? SqlTypes.bounded(SqlTypes.MAX_PRECISION, 18) : type);
    }

    private static SqlExpression decimal(String operator, SqlExpression x, SqlExpression y) {
        DataType.Decimal left = (DataType.Decimal) x.type();
        DataType.Decimal right = (DataType.Decimal) y.type();
        int s1 = left.scale();
        int s2 = right.scale();
        int digits1 = left.precision() - s1;
        int digits2 = right.precision() - s2;
        int scale = Math.max(s1, s2);
        DataType.Decimal type = switch (operator) {
            case "+", "-" -> SqlTypes.bounded(Math.max(digits1, digits2) + scale + 1, scale);
            case "*" -> SqlTypes.bounded(left.precision() + right.precision() + 1, s1 + s2);
            case "/" -> {
                int quotient = Math.max(6, s1 + right.precision() + 1);
                yield SqlTypes.bounded(digits1 + s2 + quotient, quotient);
            }
            default -> SqlTypes.bounded(Math.min(digits1, digits2) + scale, scale);
        };
        SqlExpression result =
                x.map(y, type, (a, b) -> SqlCast.fit(decimals(operator, (BigDecimal) a, (BigDecimal) b), type));
        return operator.equals("/") || operator.equals("%") ? result.withNullable(true) : result;
    }

    private static BigDecimal decimals(String operator, BigDecimal x, BigDecimal y) {
        return switch (operator) {
            case "+" -> x.add(y);
            case "-" -> x.subtract(y);
            case "*" -> x.multiply(y);
            case "/" -> {
                if (y.signum() == 0) {
                    throw SqlErrors.divideByZero();
                }
                // more digits than Spark keeps of it, so that it is rounded as Spark rounds
                yield x.divide(y, new MathContext(SqlTypes.MAX_PRECISION + 2, RoundingMode.HALF_UP));
            }
            default -> {
                if (y.signum() == 0) {
                    throw SqlErrors.remainderByZero();
                }
                yield x.remainder(y);
            }
        };
    }

    /** {@code -x}. */
    static SqlExpression negate(SqlExpression x) {
        SqlExpression number = x.type().isNumeric() ? x : SqlCast.to(x, DataType.DOUBLE);
        DataType type = number.type();
        if (type instanceof DataType.Decimal) {
            return number.map(type, value -> ((BigDecimal) value).negate());
        }
        return switch ((DataType.Simple) type) {
            case DOUBLE -> number.map(type, value -> -(Double) value);
            case FLOAT -> number.map(type, value -> -(Float) value);
            case LONG -> number.map(type, value -> negated("long", (Long) value, Long.MIN_VALUE));
            case INTEGER -> number.map(type, value -> (int) negated("integer", (Integer) value, Integer.MIN_VALUE));
            case SHORT -> number.map(type, value -> (short) negated("short", (Short) value, Short.MIN_VALUE));
            default -> number.map(type, value -> (byte) negated("byte", (Byte) value, Byte.MIN_VALUE));
        };
    }

    /** The negative of a number, which its type must hold. */
    static long negated(String type, long value, long least) {
        if (value == least) {
            throw SqlErrors.overflow(type + " overflow", null);
        }
        return -value;
    }
}
