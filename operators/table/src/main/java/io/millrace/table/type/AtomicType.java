// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/** The types without parameters. */
public enum AtomicType implements DataType {
    /** Has only null: the type of the literal {@code NULL}. */
    NULL("void"),
    BOOLEAN("boolean"),
    BYTE("tinyint"),
    SHORT("smallint"),
    INT("int"),
    LONG("bigint"),
    FLOAT("float"),
    DOUBLE("double"),
    STRING("string"),
    BINARY("binary"),
    DATE("date"),
    TIMESTAMP("timestamp"),
    /** Days to microseconds, as {@code INTERVAL '10' MINUTE}. */
    DAY_TIME_INTERVAL("interval day to second"),
    /** Years and months, held in months. */
    YEAR_MONTH_INTERVAL("interval year to month");

    private final String sql;

    AtomicType(String sql) {
        this.sql = sql;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public String toString() {
        return sql;
    }
}
