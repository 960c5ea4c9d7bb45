// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.DAY_TIME_INTERVAL;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.YEAR_MONTH_INTERVAL;

import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Roots, powers, logarithms, angles. A logarithm of what has none is null, as in Spark; other results outside the numbers are NaN. */
public final class MathFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(MathFunctions.class)
                .add("sin", DOUBLE, "sin", DOUBLE)
                .add("cos", DOUBLE, "cos", DOUBLE)
                .add("tan", DOUBLE, "tan", DOUBLE)
                .add("asin", DOUBLE, "asin", DOUBLE)
                .add("acos", DOUBLE, "acos", DOUBLE)
                .add("atan", DOUBLE, "atan", DOUBLE)
                .add("sinh", DOUBLE, "sinh", DOUBLE)
                .add("cosh", DOUBLE, "cosh", DOUBLE)
                .add("tanh", DOUBLE, "tanh", DOUBLE)
                .add("sqrt", DOUBLE, "sqrt", DOUBLE)
                .add("cbrt", DOUBLE, "cbrt", DOUBLE)
                .add("exp", DOUBLE, "exp", DOUBLE)
                .add("expm1", DOUBLE, "expm1", DOUBLE)
                .add("rint", DOUBLE, "rint", DOUBLE)
                .add("degrees", DOUBLE, "degrees", DOUBLE)
                .add("radians", DOUBLE, "radians", DOUBLE)
                .add("sign signum", DOUBLE, "signum", DOUBLE)
                .add("sign signum", DOUBLE, "signum", DAY_TIME_INTERVAL)
                .add("sign signum", DOUBLE, "signum", YEAR_MONTH_INTERVAL)
                .add("cot", DOUBLE, "cot", DOUBLE)
                .add("sec", DOUBLE, "sec", DOUBLE)
                .add("csc", DOUBLE, "csc", DOUBLE)
                .add("asinh", DOUBLE, "asinh", DOUBLE)
                .add("acosh", DOUBLE, "acosh", DOUBLE)
                .add("atanh", DOUBLE, "atanh", DOUBLE)
                .add("atan2", DOUBLE, "atan2", DOUBLE, DOUBLE)
                .add("hypot", DOUBLE, "hypot", DOUBLE, DOUBLE)
                .add("pow power", DOUBLE, "pow", DOUBLE, DOUBLE)
                .add("ln log", DOUBLE, "ln", DOUBLE)
                .add("log", DOUBLE, "log", DOUBLE, DOUBLE)
                .add("log10", DOUBLE, "log10", DOUBLE)
                .add("log2", DOUBLE, "log2", DOUBLE)
                .add("log1p", DOUBLE, "log1p", DOUBLE)
                .add("e", DOUBLE, "e")
                .add("pi", DOUBLE, "pi")
                .add("factorial", LONG, "factorial", INT)
                .add("width_bucket", LONG, "widthBucket", DOUBLE, DOUBLE, DOUBLE, LONG)
                .register(to);
    }

    public static double sin(double x) {
        return Math.sin(x);
    }

    public static double cos(double x) {
        return Math.cos(x);
    }

    public static double tan(double x) {
        return Math.tan(x);
    }

    public static double asin(double x) {
        return Math.asin(x);
    }

    public static double acos(double x) {
        return Math.acos(x);
    }

    public static double atan(double x) {
        return Math.atan(x);
    }

    public static double sinh(double x) {
        return Math.sinh(x);
    }

    public static double cosh(double x) {
        return Math.cosh(x);
    }

    public static double tanh(double x) {
        return Math.tanh(x);
    }

    public static double sqrt(double x) {
        return Math.sqrt(x);
    }

    public static double cbrt(double x) {
        return StrictMath.cbrt(x);
    }

    public static double exp(double x) {
        return StrictMath.exp(x);
    }

    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    public static double rint(double x) {
        return Math.rint(x);
    }

    public static double degrees(double x) {
        return Math.toDegrees(x);
    }

    public static double radians(double x) {
        return Math.toRadians(x);
    }

    public static double signum(long interval) {
        return Long.signum(interval);
    }

    public static double signum(int months) {
        return Integer.signum(months);
    }

    public static double signum(double x) {
        return Math.signum(x);
    }

    public static double cot(double x) {
        return 1 / Math.tan(x);
    }

    public static double sec(double x) {
        return 1 / Math.cos(x);
    }

    public static double csc(double x) {
        return 1 / Math.sin(x);
    }

    public static double asinh(double x) {
        return x == Double.NEGATIVE_INFINITY ? x : StrictMath.log(x + Math.sqrt(x * x + 1));
    }

    public static double acosh(double x) {
        return StrictMath.log(x + Math.sqrt(x * x - 1));
    }

    public static double atanh(double x) {
        return 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x));
    }

    public static double atan2(double y, double x) {
        return Math.atan2(y + 0.0, x + 0.0); // adding 0.0 turns -0.0 into 0.0
    }

    public static double hypot(double x, double y) {
        return Math.hypot(x, y);
    }

    public static double pow(double base, double exponent) {
        return StrictMath.pow(base, exponent);
    }

    public static @Nullable Double ln(double x) {
        return x <= 0 ? null : (Double) StrictMath.log(x);
    }

    public static @Nullable Double log(double base, double x) {
        return base <= 0 || x <= 0 ? null : (Double) (StrictMath.log(x) / StrictMath.log(base));
    }

    public static @Nullable Double log10(double x) {
        return x <= 0 ? null : (Double) StrictMath.log10(x);
    }

    public static @Nullable Double log2(double x) {
        return x <= 0 ? null : (Double) (StrictMath.log(x) / StrictMath.log(2));
    }

    public static @Nullable Double log1p(double x) {
        return x <= -1 ? null : (Double) StrictMath.log1p(x);
    }

    public static double e() {
        return Math.E;
    }

    public static double pi() {
        return Math.PI;
    }

    /** Of 0 to 20; null for others. */
    public static @Nullable Long factorial(int n) {
        if (n < 0 || n > 20) {
            return null;
        }
        long result = 1;
        for (int i = 2; i <= n; i++) {
            result *= i;
        }
        return result;
    }

    /** The bucket of a value, from 1, when a range is cut into equal ones; 0 before it, one more than there are behind it. */
    public static @Nullable Long widthBucket(double value, double least, double most, long buckets) {
        if (buckets <= 0
                || buckets == Long.MAX_VALUE
                || Double.isNaN(value)
                || least == most
                || !Double.isFinite(least)
                || !Double.isFinite(most)) {
            return null;
        }
        double lower = Math.min(least, most);
        double upper = Math.max(least, most);
        boolean rising = least < most;
        if (rising ? value < lower : value > upper) {
            return 0L;
        }
        if (rising ? value >= upper : value <= lower) {
            return buckets + 1;
        }
        return (long) (buckets * (rising ? value - lower : upper - value) / (upper - lower)) + 1;
    }
}
