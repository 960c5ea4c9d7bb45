// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which column of a row a database refuses: by what it says, and where it says nothing, by what the column can hold. */
final class Diagnosis {

    private static final Pattern COLUMN = Pattern.compile("(?i)column\\s+((?:[\"'`]?\\w+[\"'`]?\\.)*[\"'`]?(\\w+))");

    private Diagnosis() {}

    static <T> Refusal<T> of(Row<T> row, SQLException reason, Target target) {
        String message = String.valueOf(reason.getMessage());
        Optional<String> column = named(message, target).or(() -> unfit(row, target));
        return new Refusal<>(
                row.position(), row.record(), column, message + " [SQL state " + reason.getSQLState() + "]");
    }

    private static Optional<String> named(String message, Target target) {
        Matcher matcher = COLUMN.matcher(message);
        while (matcher.find()) {
            for (TargetColumn column : target.columns()) {
                if (column.name().equalsIgnoreCase(matcher.group(2))) {
                    return Optional.of(column.name());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unfit(Row<?> row, Target target) {
        for (int i = 0; i < row.values().length; i++) {
            TargetColumn column = target.columns().get(i);
            Object value = row.values()[i];
            if ((!row.isDeletion() || column.isKey()) && !fits(value, column)) {
                return Optional.of(column.name());
            }
        }
        return Optional.empty();
    }

    private static boolean fits(@Nullable Object value, TargetColumn column) {
        if (value == null) {
            return column.mayBeNull();
        }
        return switch (column.type()) {
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR ->
                !(value instanceof String text)
                        || column.precision() <= 0
                        || text.codePointCount(0, text.length()) <= column.precision();
            case Types.BINARY, Types.VARBINARY ->
                !(value instanceof byte[] bytes) || column.precision() <= 0 || bytes.length <= column.precision();
            case Types.TINYINT -> isWithin(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Types.SMALLINT -> isWithin(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case Types.INTEGER -> isWithin(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case Types.BIGINT -> isWithin(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case Types.NUMERIC, Types.DECIMAL -> {
                BigDecimal number = number(value);
                yield number != null
                        && (column.precision() <= 0
                                || number.precision() - number.scale() <= column.precision() - column.scale());
            }
            default -> true;
        };
    }

    private static boolean isWithin(Object value, long least, long most) {
        BigDecimal number = number(value);
        return number != null
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** The value as a number; null if it is none. */
    private static @Nullable BigDecimal number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof Number || value instanceof String) {
            try {
                return new BigDecimal(value.toString().strip().toUpperCase(Locale.ROOT));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }
}
