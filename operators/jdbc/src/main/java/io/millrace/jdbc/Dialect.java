// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What differs between databases. Holds nothing that changes. */
abstract class Dialect {

    /** At least what any number, date or time takes in a statement. */
    static final int FIXED_BYTES = 40;

    /** The dialect of the database at the other end; one that is not known is refused. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> new PostgresDialect();
            case "MariaDB" -> new MariaDbDialect(true);
            case "MySQL" -> new MariaDbDialect(false);
            case "H2" -> new H2Dialect();
            default ->
                throw new SQLException("the database is " + Excerpt.of(product)
                        + ", but a JdbcSink knows PostgreSQL, MariaDB, MySQL and H2");
        };
    }

    /** A checked name, quoted. */
    abstract String quote(String name);

    /** What the database makes of a name that is not quoted. */
    abstract String fold(String name);

    /** What stands behind the columns of a new table. */
    String tableOptions() {
        return "";
    }

    /** The type of names in a table of the engine's own: told apart by case and by every character. */
    String nameType() {
        return "VARCHAR(255)";
    }

    /** Prepares a new connection, in auto-commit mode. */
    abstract void open(Connection connection, Duration patience) throws SQLException;

    /** Undoes {@link #open}, as far as it concerns whom a pool gives the connection next. */
    void release(Connection connection) throws SQLException {}

    /** Called as the first thing in every transaction. */
    void begin(Connection connection, Duration patience) throws SQLException {}

    /** Called after every commit; what was committed must be on the disk when it returns. */
    void committed(Connection connection) throws SQLException {}

    /** How many bytes a statement may have. */
    long mostBytes(Connection connection) throws SQLException {
        return Long.MAX_VALUE;
    }

    /** About how many bytes a value takes in a statement, but never less than it does. */
    long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return 3L * text.length();
        }
        return value instanceof byte[] bytes ? bytes.length : FIXED_BYTES;
    }

    /** Refuses a table that cannot take part in a transaction, or not for good. */
    void checkTable(Connection connection, TableName table) throws SQLException {}

    /** Refuses a key that no unique index is made of. */
    abstract void checkKey(Connection connection, Target target) throws SQLException;

    /** A statement that adds so many rows or changes those that have their keys. */
    abstract String upsert(Target target, int rows);

    /** A statement that adds a row unless one of its key is there; it may fail with a state of class 23 instead. */
    abstract String insertUnlessThere(String table, String columns, String values);

    /** A statement that adds so many rows. */
    String insert(Target target, int rows) {
        return "INSERT INTO " + target.quoted() + " " + target.columnList() + " VALUES "
                + rows(target.columns().size(), rows);
    }

    /** A statement that deletes the rows of so many keys. */
    String delete(Target target, int rows) {
        int size = target.keys().size();
        String keys = target.keys().stream().map(TargetColumn::quoted).collect(Collectors.joining(", "));
        return "DELETE FROM " + target.quoted() + " WHERE "
                + (size == 1
                        ? keys + " IN " + "("
                                + Stream.generate(() -> "?").limit(rows).collect(Collectors.joining(", ")) + ")"
                        : "(" + keys + ") IN (" + rows(size, rows) + ")");
    }

    static String rows(int columns, int rows) {
        String row = Stream.generate(() -> "?").limit(columns).collect(Collectors.joining(", ", "(", ")"));
        return Stream.generate(() -> row).limit(rows).collect(Collectors.joining(", "));
    }

    /** True if a statement failed for what is in its rows, so that fewer rows may do. */
    boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("21")
                || state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("44")
                || state.startsWith("45");
    }

    /** True if a table is not there. */
    abstract boolean isMissing(SQLException failure);

    /** Binds a value of a row. */
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            statement.setObject(index, value);
        }
    }

    /** The value as this database's driver takes it. */
    @Nullable
    Object convert(TargetColumn column, @Nullable Object given) throws RefusedValueException {
        Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
        if (value == null) {
            return null;
        }
        if (value instanceof CharSequence || value instanceof Character) {
            return text(value.toString());
        }
        if (value instanceof Enum<?> constant) {
            return text(constant.name());
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        Object moment = moment(value);
        if (moment instanceof Instant instant) {
            OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
            return column.hasZone() ? utc : utc.toLocalDateTime();
        }
        if (value instanceof LocalDateTime dateTime && column.hasZone()) {
            return dateTime.atOffset(ZoneOffset.UTC);
        }
        return value;
    }

    private static Object moment(Object value) {
        if (value instanceof OffsetDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof ZonedDateTime dateTime) {
            return dateTime.toInstant();
        }
        if (value instanceof java.sql.Date
                || value instanceof java.sql.Time
                || !(value instanceof java.util.Date date)) {
            return value;
        }
        return date.toInstant();
    }

    /** Text that this database keeps as it is. */
    String text(String text) throws RefusedValueException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    throw new RefusedValueException("half of a surrogate pair at character " + i);
                }
            }
        }
        return text;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the first row as text; null if there is no row. */
    static @Nullable String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        }
    }

    static SQLException noKey(Target target) {
        return new SQLSyntaxErrorException(
                "table " + target.name() + " has no primary key or unique index of exactly the key "
                        + target.keys().stream().map(TargetColumn::name).collect(Collectors.joining(", "))
                        + ", so an upsert would not find its rows");
    }
}
