// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounds to a number of digits behind the point, before it if negative.
 *
 * @param scale the digits
 * @param mode how halves are rounded
 */
public record Rounding(int scale, RoundingMode mode) {

    /** The type of a decimal that is rounded: it may get a digit more before the point. */
    static DecimalType type(DecimalType type, int scale) {
        int whole = type.precision() - type.scale() + 1;
        if (scale < 0) {
            return new DecimalType(Math.min(Math.max(whole, 1 - scale), DecimalType.MAX_PRECISION), 0);
        }
        int kept = Math.min(type.scale(), scale);
        return new DecimalType(Math.min(whole + kept, DecimalType.MAX_PRECISION), kept);
    }

    public int round(int x) {
        if (scale >= 0) {
            return x;
        }
        long rounded = BigDecimal.valueOf(x).setScale(scale, mode).longValue();
        if (rounded != (int) rounded) {
            throw NumberFunctions.overflow("integer");
        }
        return (int) rounded;
    }

    public int round(int x, int digits) {
        return round(x);
    }

    public long round(long x) {
        if (scale >= 0) {
            return x;
        }
        BigDecimal rounded = BigDecimal.valueOf(x).setScale(scale, mode);
        if (rounded.toBigInteger().bitLength() > 63) {
            throw NumberFunctions.overflow("long");
        }
        return rounded.longValue();
    }

    public long round(long x, int digits) {
        return round(x);
    }

    public float round(float x) {
        return Float.isFinite(x) ? BigDecimal.valueOf(x).setScale(scale, mode).floatValue() : x;
    }

    public float round(float x, int digits) {
        return round(x);
    }

    public double round(double x) {
        return Double.isFinite(x) ? BigDecimal.valueOf(x).setScale(scale, mode).doubleValue() : x;
    }

    public double round(double x, int digits) {
        return round(x);
    }

    public BigDecimal round(BigDecimal x) {
        BigDecimal rounded = x.setScale(Math.min(scale, x.scale()), mode);
        return rounded.scale() < 0 ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded;
    }

    public BigDecimal round(BigDecimal x, int digits) {
        return round(x);
    }
}
