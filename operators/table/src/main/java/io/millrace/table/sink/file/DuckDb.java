// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has to be known of DuckDB to read and write Parquet with it. */
public final class DuckDb {

    private DuckDb() {}

    /**
     * A database in memory, of its own.
     *
     * @throws AnalysisException if the driver is not on the class path
     */
    public static Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            if (DriverManager.drivers()
                    .noneMatch(driver -> driver.getClass().getName().contains("duckdb"))) {
                throw new AnalysisException(
                        "DATA_SOURCE_NOT_FOUND", "Parquet needs DuckDB: put org.duckdb:duckdb_jdbc on the class path");
            }
            throw e;
        }
    }

    /** A table of SQL that is a file. */
    public static String file(Path file) {
        return "read_parquet(" + text(file.toAbsolutePath().toString()) + ")";
    }

    /** A text of SQL. */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name of SQL. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The type that DuckDB calls this. */
    public static DataType type(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.endsWith("[]")) {
            return new ArrayType(type(name.substring(0, name.length() - 2)), true);
        }
        return switch (upper) {
            case "UTINYINT" -> AtomicType.SHORT;
            case "USMALLINT" -> AtomicType.INT;
            case "UINTEGER" -> AtomicType.LONG;
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> new DecimalType(20, 0);
            case "VARCHAR", "UUID" -> AtomicType.STRING;
            case "BLOB" -> AtomicType.BINARY;
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" -> AtomicType.TIMESTAMP;
            default -> nested(name, upper);
        };
    }

    private static DataType nested(String name, String upper) {
        if (upper.startsWith("STRUCT(")) {
            List<Field> fields = new ArrayList<>();
            for (String field : parts(name.substring("STRUCT(".length(), name.length() - 1))) {
                int end = field.startsWith("\"") ? field.indexOf('"', 1) + 1 : field.indexOf(' ');
                String called = field.substring(0, end).replace("\"", "");
                fields.add(Field.of(called, type(field.substring(end + 1))));
            }
            return new StructType(fields);
        }
        if (upper.startsWith("MAP(")) {
            List<String> both = parts(name.substring("MAP(".length(), name.length() - 1));
            return new MapType(type(both.get(0)), type(both.get(1)), true);
        }
        return DataTypes.parse(name);
    }

    /** What stands between commas that are in no brackets and no quotes. */
    private static List<String> parts(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            quoted ^= c == '"';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(list.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(list.substring(start).trim());
        return parts;
    }

    /** What DuckDB calls a type. */
    public static String sql(DataType type) {
        if (type instanceof ArrayType array) {
            return sql(array.element()) + "[]";
        }
        if (type instanceof MapType map) {
            return "MAP(" + sql(map.key()) + ", " + sql(map.value()) + ")";
        }
        if (type instanceof StructType struct) {
            List<String> fields = new ArrayList<>();
            struct.fields().forEach(field -> fields.add(name(field.name()) + " " + sql(field.type())));
            return "STRUCT(" + String.join(", ", fields) + ")";
        }
        return switch (type.sql()) {
            case "string", "void" -> "VARCHAR";
            case "binary" -> "BLOB";
            case "timestamp" -> "TIMESTAMP WITH TIME ZONE";
            default -> type.sql();
        };
    }

    /** A value of {@link Row} of one of the driver's. */
    public static @Nullable Object value(DataType type, @Nullable Object value) throws SQLException {
        if (value == null) {
            return null;
        }
        if (value instanceof Array array && type instanceof ArrayType of) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                list.add(value(of.element(), element));
            }
            return list;
        }
        if (value instanceof Struct struct && type instanceof StructType of) {
            Object[] fields = struct.getAttributes();
            @Nullable Object[] made = new Object[fields.length];
            for (int i = 0; i < fields.length; i++) {
                made[i] = value(of.fields().get(i).type(), fields[i]);
            }
            return Row.of(made);
        }
        if (value instanceof Map<?, ?> map && type instanceof MapType of) {
            Map<@Nullable Object, @Nullable Object> made = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                made.put(value(of.key(), entry.getKey()), value(of.value(), entry.getValue()));
            }
            return made;
        }
        return atom(type, value);
    }

    private static Object atom(DataType type, Object value) throws SQLException {
        if (type == AtomicType.TIMESTAMP) {
            if (value instanceof OffsetDateTime time) {
                return time.toInstant();
            }
            if (value instanceof LocalDateTime time) {
                return time.toInstant(ZoneOffset.UTC);
            }
            return value instanceof Timestamp time ? time.toLocalDateTime().toInstant(ZoneOffset.UTC) : value;
        }
        if (value instanceof java.sql.Date date) {
            return date.toLocalDate();
        }
        if (value instanceof Blob blob) {
            return blob.getBytes(1, (int) blob.length());
        }
        if (value instanceof BigInteger number) {
            return new BigDecimal(number);
        }
        return type == AtomicType.STRING && !(value instanceof LocalDate) ? value.toString() : value;
    }
}
