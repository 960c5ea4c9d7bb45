// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions of numbers, with the Java methods that Spark calls: StrictMath for exp, log and pow, Math for the others. */
final class MathFunctions {

    private MathFunctions() {}

    static void register(Map<String, SqlFunctions.Builder> to) {
        unary(to, "sqrt", Math::sqrt);
        unary(to, "cbrt", Math::cbrt);
        unary(to, "exp", StrictMath::exp);
        unary(to, "expm1", StrictMath::expm1);
        unary(to, "sin", Math::sin);
        unary(to, "cos", Math::cos);
        unary(to, "tan", Math::tan);
        unary(to, "asin", Math::asin);
        unary(to, "acos", Math::acos);
        unary(to, "atan", Math::atan);
        unary(to, "sinh", Math::sinh);
        unary(to, "cosh", Math::cosh);
        unary(to, "tanh", Math::tanh);
        unary(to, "signum", Math::signum);
        unary(to, "sign", Math::signum);
        unary(to, "degrees", Math::toDegrees);
        unary(to, "radians", Math::toRadians);
        unary(to, "rint", Math::rint);
        logarithm(to, "ln", 0.0, StrictMath::log);
        logarithm(to, "log10", 0.0, StrictMath::log10);
        logarithm(to, "log2", 0.0, x -> StrictMath.log(x) / StrictMath.log(2));
        logarithm(to, "log1p", -1.0, StrictMath::log1p);
        to.put("log", MathFunctions::log);
        binary(to, "pow", StrictMath::pow);
        binary(to, "power", StrictMath::pow);
        binary(to, "atan2", (y, x) -> Math.atan2(y + 0.0, x + 0.0));
        binary(to, "hypot", Math::hypot);
        to.put("pi", list -> list.isEmpty() ? SqlExpression.literal(DataType.DOUBLE, Math.PI) : null);
        to.put("e", list -> list.isEmpty() ? SqlExpression.literal(DataType.DOUBLE, Math.E) : null);
        to.put("abs", list -> list.size() == 1 ? abs(list.get(0)) : null);
        to.put("negative", list -> list.size() == 1 ? SqlArithmetic.negate(list.get(0)) : null);
        to.put("mod", list -> list.size() == 2 ? SqlArithmetic.binary("%", list.get(0), list.get(1)) : null);
        to.put("pmod", list -> list.size() == 2 ? pmod(list.get(0), list.get(1)) : null);
        to.put("floor", list -> list.size() == 1 ? whole(list.get(0), RoundingMode.FLOOR) : null);
        to.put("ceil", list -> list.size() == 1 ? whole(list.get(0), RoundingMode.CEILING) : null);
        to.put("ceiling", list -> list.size() == 1 ? whole(list.get(0), RoundingMode.CEILING) : null);
        to.put("round", list -> round(list, RoundingMode.HALF_UP));
        to.put("bround", list -> round(list, RoundingMode.HALF_EVEN));
    }

    private static void unary(Map<String, SqlFunctions.Builder> to, String name, DoubleUnaryOperator function) {
        to.put(
                name,
                list -> list.size() != 1
                        ? null
                        : SqlFunctions.number(list.get(0))
                                .map(DataType.DOUBLE, x -> function.applyAsDouble((Double) x)));
    }

    private static void binary(Map<String, SqlFunctions.Builder> to, String name, DoubleBinaryOperator function) {
        to.put(
                name,
                list -> list.size() != 2
                        ? null
                        : SqlFunctions.number(list.get(0))
                                .map(
                                        SqlFunctions.number(list.get(1)),
                                        DataType.DOUBLE,
                                        (x, y) -> function.applyAsDouble((Double) x, (Double) y)));
    }

    /** A logarithm: null at and below {@code least}. */
    private static void logarithm(
            Map<String, SqlFunctions.Builder> to, String name, double least, DoubleUnaryOperator function) {
        to.put(
                name,
                list -> list.size() != 1
                        ? null
                        : SqlFunctions.number(list.get(0))
                                .map(
                                        DataType.DOUBLE,
                                        x -> (Double) x <= least ? null : (Object) function.applyAsDouble((Double) x))
                                .withNullable(true));
    }

    private static @Nullable SqlExpression log(List<SqlExpression> list) {
        if (list.size() != 1 && list.size() != 2) {
            return null;
        }
        SqlExpression base =
                list.size() == 1 ? SqlExpression.literal(DataType.DOUBLE, Math.E) : SqlFunctions.number(list.get(0));
        return base.map(SqlFunctions.number(list.get(list.size() - 1)), DataType.DOUBLE, (x, y) -> {
                    double b = (Double) x;
                    double number = (Double) y;
                    return b <= 0.0 || number <= 0.0 ? null : (Object) (StrictMath.log(number) / StrictMath.log(b));
                })
                .withNullable(true);
    }

    private static SqlExpression numeric(SqlExpression x) {
        return x.type().isNumeric() ? x : SqlFunctions.number(x);
    }

    private static SqlExpression abs(SqlExpression argument) {
        SqlExpression x = numeric(argument);
        DataType type = x.type();
        if (type instanceof DataType.Decimal) {
            return x.map(type, value -> ((BigDecimal) value).abs());
        }
        if (type.equals(DataType.DOUBLE)) {
            return x.map(type, value -> Math.abs((Double) value));
        }
        if (type.equals(DataType.FLOAT)) {
            return x.map(type, value -> Math.abs((Float) value));
        }
        return x.map(
                type,
                value -> ((Number) value).longValue() >= 0
                        ? value
                        : SqlArithmetic.negate(SqlExpression.literal(type, value))
                                .constantValue());
    }

    private static SqlExpression pmod(SqlExpression left, SqlExpression right) {
        SqlExpression remainder = SqlArithmetic.binary("%", left, right);
        DataType type = remainder.type();
        SqlExpression divisor = SqlCast.to(right, type);
        return new SqlExpression(type, true, remainder.constant() && divisor.constant(), slots -> {
            Object r = remainder.value().of(slots);
            Object n = divisor.value().of(slots);
            if (r == null || n == null || !(SqlOrder.compare(r, zero(r)) < 0)) {
                return r;
            }
            // (r + n) % n, as Spark has it
            SqlExpression sum =
                    SqlArithmetic.binary("+", SqlExpression.literal(type, r), SqlExpression.literal(type, n));
            SqlExpression again = SqlArithmetic.binary("%", sum, SqlExpression.literal(type, n));
            return SqlCast.to(again, type).constantValue();
        });
    }

    private static Object zero(Object like) {
        if (like instanceof Double) {
            return 0.0;
        }
        if (like instanceof Float) {
            return 0.0f;
        }
        return like instanceof BigDecimal ? BigDecimal.ZERO : (Object) 0L;
    }

    private static SqlExpression whole(SqlExpression x, RoundingMode mode) {
        if (x.type() instanceof DataType.Decimal decimal) {
            int precision = Math.min(SqlTypes.MAX_PRECISION, decimal.precision() - decimal.scale() + 1);
            return x.map(
                    new DataType.Decimal(decimal.scale() == 0 ? decimal.precision() : precision, 0),
                    value -> ((BigDecimal) value).setScale(0, mode));
        }
        if (SqlTypes.isIntegral(x.type())) {
            return SqlCast.to(x, DataType.LONG);
        }
        return SqlFunctions.number(x).map(DataType.LONG, value ->
                (long) (mode == RoundingMode.FLOOR ? Math.floor((Double) value) : Math.ceil((Double) value)));
    }

    private static @Nullable SqlExpression round(List<SqlExpression> list, RoundingMode mode) {
        if (list.isEmpty() || list.size() > 2) {
            return null;
        }
        int scale = 0;
        if (list.size() == 2) {
            SqlExpression places = SqlFunctions.integer(list.get(1));
            if (!places.constant() || !(places.constantValue() instanceof Integer constant)) {
                throw new SqlException("the places that round keeps must be a constant");
            }
            scale = constant;
        }
        SqlExpression x = numeric(list.get(0));
        return rounded(x, scale, mode);
    }

    private static SqlExpression rounded(SqlExpression x, int scale, RoundingMode mode) {
        DataType type = x.type();
        if (type instanceof DataType.Decimal decimal) {
            int digits = decimal.precision() - decimal.scale() + 1;
            DataType.Decimal result = scale < 0
                    ? new DataType.Decimal(Math.min(SqlTypes.MAX_PRECISION, Math.max(digits, 1 - scale)), 0)
                    : new DataType.Decimal(
                            Math.min(SqlTypes.MAX_PRECISION, digits + Math.min(decimal.scale(), scale)),
                            Math.min(decimal.scale(), scale));
            return x.map(result, value -> SqlCast.fit(((BigDecimal) value).setScale(scale, mode), result));
        }
        if (type.equals(DataType.DOUBLE)) {
            return x.map(type, value -> {
                double number = (Double) value;
                return Double.isNaN(number) || Double.isInfinite(number)
                        ? value
                        : (Object) new BigDecimal(Double.toString(number))
                                .setScale(scale, mode)
                                .doubleValue();
            });
        }
        if (type.equals(DataType.FLOAT)) {
            return x.map(type, value -> {
                float number = (Float) value;
                return Float.isNaN(number) || Float.isInfinite(number)
                        ? value
                        : (Object) new BigDecimal(Float.toString(number))
                                .setScale(scale, mode)
                                .floatValue();
            });
        }
        if (scale >= 0) {
            return x;
        }
        SqlExpression wide = x.map(
                new DataType.Decimal(SqlTypes.MAX_PRECISION, 0),
                value -> BigDecimal.valueOf(((Number) value).longValue())
                        .setScale(scale, mode)
                        .setScale(0));
        return SqlCast.to(wide, type);
    }
}
