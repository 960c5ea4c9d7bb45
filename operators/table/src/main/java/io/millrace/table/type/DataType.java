// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/**
 * The type of a column or an expression: one of Spark SQL's.
 *
 * <p>Inside, a value is held as: boolean (0 and 1 in a column); byte, short, int and date (days since 1970-01-01) as {@code int}; long, timestamp and day-time interval (microseconds,
 * since 1970-01-01T00:00Z) as {@code long}; float; double; decimal as {@link java.math.BigDecimal} of the type's scale; string as
 * {@link io.millrace.table.data.Utf8}; binary as {@code byte[]}; array as {@code Object[]}; map as {@link io.millrace.table.data.MapValue};
 * struct as {@code Object[]}; {@code null} where there is none.
 */
public sealed interface DataType permits AtomicType, DecimalType, ArrayType, MapType, StructType {

    /** The name Spark SQL has for it, such as {@code bigint} or {@code array<int>}. */
    String sql();
}
