// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.Decimals;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of a database and what Spark makes of it. A date with a time and without a zone is one in UTC.
 *
 * @param name for messages
 * @param type its type here
 * @param form how a moment is read
 */
record JdbcColumn(String name, DataType type, Form form) {

    /** How a value comes out of the driver where its type alone does not say it. */
    enum Form {
        BY_TYPE,
        WITH_ZONE,
        TIME_OF_DAY
    }

    private static final int MOST_DIGITS = 38;

    private static final DecimalType UNBOUNDED = new DecimalType(MOST_DIGITS, 18);

    /** The column of a result. */
    static JdbcColumn of(String product, ResultSetMetaData meta, int column) throws SQLException {
        int sqlType = meta.getColumnType(column);
        String typeName = String.valueOf(meta.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
        String name = meta.getColumnLabel(column);
        Form form = Form.BY_TYPE;
        if (sqlType == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equals("timestamptz")) {
            form = Form.WITH_ZONE;
        } else if (sqlType == Types.TIME) {
            form = Form.TIME_OF_DAY;
        }
        DataType own = switch (product) {
            case "PostgreSQL" -> postgres(meta, column, sqlType, typeName);
            case "H2" -> h2(sqlType);
            case "MariaDB", "MySQL" -> mariaDb(meta, column, sqlType, typeName);
            default -> null;
        };
        DataType type = own == null ? common(meta, column, sqlType) : own;
        if (type == null) {
            throw new AnalysisException(
                    "UNRECOGNIZED_SQL_TYPE",
                    "Unrecognized SQL type - name: " + typeName + ", id: " + sqlType + ", of the column `" + name
                            + "`: cast it in the option 'query'.");
        }
        return new JdbcColumn(name, type, form);
    }

    private static @Nullable DataType postgres(ResultSetMetaData meta, int column, int sqlType, String typeName)
            throws SQLException {
        return switch (sqlType) {
            case Types.REAL -> AtomicType.FLOAT;
            case Types.SMALLINT -> AtomicType.SHORT;
            case Types.BIT ->
                typeName.equals("bit") && meta.getPrecision(column) != 1 ? AtomicType.BINARY : AtomicType.BOOLEAN;
            case Types.DOUBLE -> typeName.equals("money") ? AtomicType.STRING : AtomicType.DOUBLE;
            case Types.OTHER -> AtomicType.STRING;
            default -> null;
        };
    }

    private static @Nullable DataType h2(int sqlType) {
        return switch (sqlType) {
            case Types.TINYINT, Types.SMALLINT -> AtomicType.SHORT;
            case Types.REAL -> AtomicType.FLOAT;
            default -> null;
        };
    }

    private static @Nullable DataType mariaDb(ResultSetMetaData meta, int column, int sqlType, String typeName)
            throws SQLException {
        boolean signed = meta.isSigned(column);
        return switch (sqlType) {
            case Types.TINYINT -> signed ? AtomicType.BYTE : AtomicType.SHORT;
            case Types.SMALLINT -> signed ? AtomicType.SHORT : AtomicType.INT;
            case Types.REAL, Types.FLOAT -> AtomicType.FLOAT;
            case Types.BIT -> meta.getPrecision(column) > 1 ? AtomicType.LONG : AtomicType.BOOLEAN;
            default -> typeName.equals("json") ? AtomicType.STRING : null;
        };
    }

    private static @Nullable DataType common(ResultSetMetaData meta, int column, int sqlType) throws SQLException {
        return switch (sqlType) {
            case Types.BIGINT -> meta.isSigned(column) ? AtomicType.LONG : new DecimalType(20, 0);
            case Types.INTEGER -> meta.isSigned(column) ? AtomicType.INT : AtomicType.LONG;
            case Types.SMALLINT, Types.TINYINT -> AtomicType.INT;
            case Types.BIT, Types.BOOLEAN -> AtomicType.BOOLEAN;
            case Types.FLOAT -> AtomicType.FLOAT;
            case Types.DOUBLE, Types.REAL -> AtomicType.DOUBLE;
            case Types.DECIMAL, Types.NUMERIC -> decimal(meta.getPrecision(column), meta.getScale(column));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> AtomicType.BINARY;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.CLOB,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.NCLOB,
                    Types.SQLXML,
                    Types.STRUCT,
                    Types.REF,
                    Types.ROWID -> AtomicType.STRING;
            case Types.DATE -> AtomicType.DATE;
            case Types.TIME, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> AtomicType.TIMESTAMP;
            default -> null;
        };
    }

    /** As Spark bounds it: at most 38 digits; 18 behind the point where the database says nothing. */
    private static DecimalType decimal(int precision, int scale) {
        if (precision == 0) {
            return UNBOUNDED;
        }
        if (scale < 0) {
            return new DecimalType(Math.min(precision - scale, MOST_DIGITS), 0);
        }
        return new DecimalType(Math.min(Math.max(precision, scale), MOST_DIGITS), Math.min(scale, MOST_DIGITS));
    }

    /** The value of the row that a result is at, in the form of {@link io.millrace.table.Row}. */
    @Nullable
    Object value(ResultSet result, int column) throws SQLException {
        Object value = type instanceof DecimalType decimal
                ? scaled(result.getBigDecimal(column), decimal)
                : atom((AtomicType) type, result, column);
        return result.wasNull() ? null : value;
    }

    private @Nullable BigDecimal scaled(@Nullable BigDecimal value, DecimalType decimal) throws SQLException {
        if (value == null) {
            return null;
        }
        BigDecimal scaled = Decimals.scaled(value, decimal);
        if (scaled == null) {
            throw new SQLException("the value of the column " + name + " has more digits than " + decimal.sql()
                    + ", which is all there is of a column that says no bounds: cast it in the option 'query'");
        }
        return scaled;
    }

    private @Nullable Object atom(AtomicType atomic, ResultSet result, int column) throws SQLException {
        return switch (atomic) {
            case BOOLEAN -> result.getBoolean(column);
            case BYTE -> result.getByte(column);
            case SHORT -> result.getShort(column);
            case INT -> result.getInt(column);
            case LONG -> result.getLong(column);
            case FLOAT -> result.getFloat(column);
            case DOUBLE -> result.getDouble(column);
            case STRING -> result.getString(column);
            case BINARY -> result.getBytes(column);
            case DATE -> result.getObject(column, LocalDate.class);
            case TIMESTAMP -> moment(result, column);
            case NULL, DAY_TIME_INTERVAL, YEAR_MONTH_INTERVAL ->
                throw new SQLException("the column " + name + " is of no type of a database");
        };
    }

    private @Nullable Instant moment(ResultSet result, int column) throws SQLException {
        return switch (form) {
            case WITH_ZONE -> {
                OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case TIME_OF_DAY -> {
                LocalTime time = result.getObject(column, LocalTime.class);
                yield time == null ? null : time.atDate(LocalDate.EPOCH).toInstant(ZoneOffset.UTC);
            }
            case BY_TYPE -> {
                LocalDateTime time = result.getObject(column, LocalDateTime.class);
                yield time == null ? null : time.toInstant(ZoneOffset.UTC);
            }
        };
    }
}
