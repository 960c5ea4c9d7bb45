// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.expression.Decimals;
import io.millrace.table.expression.Failures;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic on decimals. Generated code calls the methods.
 *
 * @param type the type of the result
 */
public record DecimalArithmetic(DecimalType type) {

    /** The sum. */
    public BigDecimal add(BigDecimal left, BigDecimal right) {
        return Decimals.fit(left.add(right), type);
    }

    /** The difference. */
    public BigDecimal subtract(BigDecimal left, BigDecimal right) {
        return Decimals.fit(left.subtract(right), type);
    }

    /** The product. */
    public BigDecimal multiply(BigDecimal left, BigDecimal right) {
        return Decimals.fit(left.multiply(right), type);
    }

    /** The quotient. */
    public BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Failures.divideByZero();
        }
        // first to one digit more than can come out, as Spark rounds twice
        BigDecimal exact = left.divide(
                right, new MathContext(DecimalType.MAX_PRECISION + 1 + left.precision(), RoundingMode.HALF_UP));
        return Decimals.fit(exact, type);
    }

    /** The whole quotient, as a long. */
    public long div(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Failures.divideByZero();
        }
        try {
            return left.divideToIntegralValue(right).longValueExact();
        } catch (ArithmeticException e) {
            throw Failures.overflow("long", "try_divide");
        }
    }

    /** The remainder, with the sign of the left. */
    public BigDecimal remainder(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw Failures.remainderByZero();
        }
        return Decimals.fit(left.remainder(right), type);
    }

    /** The value with the other sign. */
    public BigDecimal negate(BigDecimal value) {
        return value.negate();
    }
}
