// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/**
 * Exact numbers.
 *
 * @param precision digits in all, 1 to 38
 * @param scale digits behind the point, 0 to {@code precision}
 */
public record DecimalType(int precision, int scale) implements DataType {

    /** The greatest precision. */
    public static final int MAX_PRECISION = 38;

    public DecimalType {
        if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
            throw new IllegalArgumentException("decimal(" + precision + "," + scale + ") must have 1 to "
                    + MAX_PRECISION + " digits and no more behind the point");
        }
    }

    @Override
    public String sql() {
        return "decimal(" + precision + "," + scale + ")";
    }

    @Override
    public String toString() {
        return sql();
    }
}
