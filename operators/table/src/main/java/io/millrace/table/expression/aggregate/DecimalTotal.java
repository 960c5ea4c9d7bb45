// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.Failures;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;

/**
 * Sums of decimals. Generated code calls the methods.
 *
 * @param type the type of the sum
 */
public record DecimalTotal(DecimalType type) {

    /** The sum. */
    public BigDecimal add(BigDecimal left, BigDecimal right) {
        return checked(left.add(right));
    }

    /** The difference. */
    public BigDecimal subtract(BigDecimal left, BigDecimal right) {
        return checked(left.subtract(right));
    }

    private BigDecimal checked(BigDecimal sum) {
        if (sum.precision() > type.precision()) {
            throw Failures.overflow("sum of decimals", "try_sum");
        }
        return sum;
    }
}
