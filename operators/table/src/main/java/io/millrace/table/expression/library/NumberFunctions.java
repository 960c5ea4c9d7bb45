// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BYTE;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.FLOAT;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.SHORT;
import static io.millrace.table.type.AtomicType.STRING;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.expression.TreeWalk;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rounding, signs, remainders, NaN and other bases. */
public final class NumberFunctions implements FunctionLibrary {

    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(64);

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(NumberFunctions.class);
        all.bound("round", 1, 2, (name, arguments) -> rounding(name, arguments, RoundingMode.HALF_UP))
                .bound("bround", 1, 2, (name, arguments) -> rounding(name, arguments, RoundingMode.HALF_EVEN))
                .bound("ceil ceiling", 1, 2, (name, arguments) -> whole(all, name, arguments, RoundingMode.CEILING))
                .bound("floor", 1, 2, (name, arguments) -> whole(all, name, arguments, RoundingMode.FLOOR))
                .bound("abs", 1, 1, (name, arguments) -> ofOneNumber(all, "abs", name, arguments))
                .bound("positive", 1, 1, (name, arguments) -> ofOneNumber(all, "positive", name, arguments))
                .bound("pmod", 2, 2, (name, arguments) -> remainder(all, name, arguments))
                .add("isnan", AtomicType.BOOLEAN, "isNaN", FLOAT)
                .add("isnan", AtomicType.BOOLEAN, "isNaN", DOUBLE)
                .add("nanvl", DOUBLE, "nanvl", DOUBLE, DOUBLE)
                .add("nanvl", FLOAT, "nanvl", FLOAT, FLOAT)
                .add("bin", STRING, "bin", LONG)
                .add("conv", STRING, "conv", STRING, INT, INT)
                .register(to);
    }

    private static BoundFunction rounding(String name, List<Expression> arguments, RoundingMode mode) {
        DataType type = arguments.get(0).type();
        if (type == AtomicType.STRING || type == AtomicType.NULL) {
            type = DOUBLE;
        }
        if (!ImplicitCasts.isNumber(type)) {
            throw Definitions.unexpectedType(name, 0, "a number", type);
        }
        int scale = scale(name, arguments);
        DataType result = type instanceof DecimalType decimal ? Rounding.type(decimal, scale) : type;
        Rounding rounding = new Rounding(scale, mode);
        List<DataType> parameters = arguments.size() == 1 ? List.of(type) : List.of(type, INT);
        return Methods.bind(name, Rounding.class, rounding, "round", result, parameters);
    }

    private static BoundFunction whole(Definitions all, String name, List<Expression> arguments, RoundingMode mode) {
        DataType type = arguments.get(0).type();
        if (arguments.size() == 2) {
            if (!ImplicitCasts.accepts(type, new DecimalType(38, 0))) {
                throw Definitions.unexpectedType(name, 0, "a number", type);
            }
            DecimalType decimal = ImplicitCasts.isNumber(type) ? Decimals.of(type) : new DecimalType(38, 18);
            int scale = scale(name, arguments);
            return Methods.bind(
                    name,
                    Rounding.class,
                    new Rounding(scale, mode),
                    "round",
                    Rounding.type(decimal, scale),
                    List.of(decimal, INT));
        }
        if (type instanceof DecimalType decimal) {
            int digits = Math.min(decimal.precision() - decimal.scale() + 1, DecimalType.MAX_PRECISION);
            Rounding rounding = new Rounding(0, mode);
            return Methods.bind(name, Rounding.class, rounding, "round", new DecimalType(digits, 0), List.of(decimal));
        }
        if (ImplicitCasts.isWhole(type)) {
            return all.call(name, "positive", LONG, List.of(LONG));
        }
        if (!ImplicitCasts.accepts(type, DOUBLE)) {
            throw Definitions.unexpectedType(name, 0, "a number", type);
        }
        return all.call(name, mode == RoundingMode.CEILING ? "ceil" : "floor", LONG, List.of(DOUBLE));
    }

    private static int scale(String name, List<Expression> arguments) {
        if (arguments.size() == 1) {
            return 0;
        }
        Expression scale = arguments.get(1);
        try {
            if (Rewrites.isConstant(scale)
                    && ImplicitCasts.isWhole(scale.type())
                    && TreeWalk.value(scale, new Object[0]) instanceof Number number) {
                return number.intValue();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a constant has no value", e);
        }
        throw new AnalysisException(
                "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "The scale of `" + name + "` must be a constant integer");
    }

    private static BoundFunction ofOneNumber(Definitions all, String method, String name, List<Expression> arguments) {
        DataType type = arguments.get(0).type();
        if (type == AtomicType.STRING || type == AtomicType.NULL) {
            type = DOUBLE;
        }
        boolean interval = type == AtomicType.DAY_TIME_INTERVAL || type == AtomicType.YEAR_MONTH_INTERVAL;
        if (!ImplicitCasts.isNumber(type) && !interval) {
            throw Definitions.unexpectedType(name, 0, "a number or an interval", type);
        }
        String form = type == BYTE ? "Byte" : type == SHORT ? "Short" : "";
        return all.call(name, method + form, type, List.of(type));
    }

    private static BoundFunction remainder(Definitions all, String name, List<Expression> arguments) {
        DataType type = ImplicitCasts.common(arguments).orElse(null);
        if (type == AtomicType.NULL || type == AtomicType.STRING) {
            type = DOUBLE;
        }
        if (type == null || !ImplicitCasts.isNumber(type)) {
            throw Definitions.differing(name, arguments);
        }
        if (type instanceof DecimalType) {
            DecimalType left = Decimals.ofOperand(arguments.get(0));
            DecimalType right = Decimals.ofOperand(arguments.get(1));
            DecimalType both = Decimals.wider(left, right);
            return all.call(name, "pmod", Decimals.remainder(left, right), List.of(both, both));
        }
        return all.call(name, "pmod", type, List.of(type, type));
    }

    public static long ceil(double x) {
        return (long) Math.ceil(x);
    }

    public static long floor(double x) {
        return (long) Math.floor(x);
    }

    public static int absByte(int x) {
        if (x == Byte.MIN_VALUE) {
            throw overflow("byte");
        }
        return Math.abs(x);
    }

    public static int absShort(int x) {
        if (x == Short.MIN_VALUE) {
            throw overflow("short");
        }
        return Math.abs(x);
    }

    public static int abs(int x) {
        return x < 0 ? negative(x) : x;
    }

    public static long abs(long x) {
        return x < 0 ? negative(x) : x;
    }

    public static float abs(float x) {
        return Math.abs(x);
    }

    public static double abs(double x) {
        return Math.abs(x);
    }

    public static BigDecimal abs(BigDecimal x) {
        return x.abs();
    }

    private static int negative(int x) {
        if (x == Integer.MIN_VALUE) {
            throw overflow("integer");
        }
        return -x;
    }

    private static long negative(long x) {
        if (x == Long.MIN_VALUE) {
            throw overflow("long");
        }
        return -x;
    }

    public static int positiveByte(int x) {
        return x;
    }

    public static int positiveShort(int x) {
        return x;
    }

    public static int positive(int x) {
        return x;
    }

    public static long positive(long x) {
        return x;
    }

    public static float positive(float x) {
        return x;
    }

    public static double positive(double x) {
        return x;
    }

    public static BigDecimal positive(BigDecimal x) {
        return x;
    }

    /** The remainder, positive if the divisor is. */
    public static int pmod(int a, int b) {
        notZero(b == 0);
        int rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    public static long pmod(long a, long b) {
        notZero(b == 0);
        long rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    public static float pmod(float a, float b) {
        notZero(b == 0);
        float rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    public static double pmod(double a, double b) {
        notZero(b == 0);
        double rest = a % b;
        return rest < 0 ? (rest + b) % b : rest;
    }

    public static BigDecimal pmod(BigDecimal a, BigDecimal b) {
        notZero(b.signum() == 0);
        BigDecimal rest = a.remainder(b);
        return rest.signum() < 0 ? rest.add(b).remainder(b) : rest;
    }

    private static void notZero(boolean zero) {
        if (zero) {
            throw new QueryExecutionException(
                    "REMAINDER_BY_ZERO",
                    "Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead.");
        }
    }

    static QueryExecutionException overflow(String type) {
        return new QueryExecutionException("ARITHMETIC_OVERFLOW", type + " overflow");
    }

    /** Whether it is NaN; null is not. */
    public static boolean isNaN(@Nullable Float x) {
        return x != null && x.isNaN();
    }

    public static boolean isNaN(@Nullable Double x) {
        return x != null && x.isNaN();
    }

    public static @Nullable Float nanvl(@Nullable Float x, @Nullable Float instead) {
        return x != null && x.isNaN() ? instead : x;
    }

    public static @Nullable Double nanvl(@Nullable Double x, @Nullable Double instead) {
        return x != null && x.isNaN() ? instead : x;
    }

    public static Utf8 bin(long x) {
        return Utf8.of(Long.toBinaryString(x));
    }

    /** A number of 64 bits in another base, 2 to 36; as one with a sign if the base is negative. Null if a base is another. */
    public static @Nullable Utf8 conv(Utf8 number, int from, int to) {
        String digits = number.toString().strip();
        if (from < 2 || from > 36 || Math.abs(to) < 2 || Math.abs(to) > 36 || digits.isEmpty()) {
            return null;
        }
        boolean negative = digits.startsWith("-");
        int end = negative ? 1 : 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), from) >= 0) {
            end++;
        }
        String magnitude = digits.substring(negative ? 1 : 0, end);
        BigInteger value = magnitude.isEmpty() ? BigInteger.ZERO : new BigInteger(magnitude, from);
        if (value.bitLength() > 64) {
            throw new QueryExecutionException(
                    "ARITHMETIC_OVERFLOW", "Overflow in function conv(): '" + digits + "' has more than 64 bits");
        }
        if (negative) {
            value = value.negate();
        }
        if (to > 0) {
            value = value.mod(UNSIGNED);
        } else if (value.bitLength() > 63) {
            value = BigInteger.valueOf(value.longValue());
        }
        return Utf8.of(value.toString(Math.abs(to)).toUpperCase(Locale.ROOT));
    }
}
