// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table to write to, found and compared with the columns that the program names.
 *
 * @param name as the database spells it
 * @param quoted as statements have it
 * @param columns those that are written, in the order of the program
 */
record Target(TableName name, String quoted, List<TargetColumn> columns) {

    /** Looks the table up. What it has not is an error that says what it has. */
    static Target find(Connection connection, Dialect dialect, TableName table, List<? extends Column<?>> columns)
            throws SQLException {
        TableName name = table.find(connection, dialect)
                .orElseThrow(() -> new SQLSyntaxErrorException("there is no table " + table));
        String quoted = name.quoted(dialect);
        List<TargetColumn> there = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + quoted + " WHERE 1 = 0")) {
            ResultSetMetaData meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                there.add(new TargetColumn(
                        meta.getColumnName(i),
                        "",
                        false,
                        meta.getColumnType(i),
                        meta.getColumnTypeName(i),
                        meta.isNullable(i) != ResultSetMetaData.columnNoNulls,
                        meta.getPrecision(i),
                        meta.getScale(i)));
            }
        }
        List<TargetColumn> found = new ArrayList<>();
        for (Column<?> column : columns) {
            TargetColumn found1 = match(name, column, there);
            found.add(new TargetColumn(
                    found1.name(),
                    dialect.quote(found1.name()),
                    column.isKey(),
                    found1.type(),
                    found1.typeName(),
                    found1.mayBeNull(),
                    found1.precision(),
                    found1.scale()));
        }
        return new Target(name, quoted, List.copyOf(found));
    }

    private static TargetColumn match(TableName table, Column<?> column, List<TargetColumn> there) throws SQLException {
        for (TargetColumn one : there) {
            if (one.name().equals(column.name())) {
                return one;
            }
        }
        List<TargetColumn> similar = there.stream()
                .filter(one -> one.name().equalsIgnoreCase(column.name()))
                .toList();
        if (similar.size() == 1) {
            return similar.get(0);
        }
        throw new SQLSyntaxErrorException("table " + table + " has no column " + column.name() + "; it has "
                + there.stream().map(TargetColumn::name).collect(Collectors.joining(", ")));
    }

    List<TargetColumn> keys() {
        return columns.stream().filter(TargetColumn::isKey).toList();
    }

    List<TargetColumn> values() {
        return columns.stream().filter(column -> !column.isKey()).toList();
    }

    String columnList() {
        return columns.stream().map(TargetColumn::quoted).collect(Collectors.joining(", ", "(", ")"));
    }
}
