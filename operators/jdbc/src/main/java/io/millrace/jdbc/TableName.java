// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table by name, checked, perhaps with its schema.
 *
 * @param parts schema and table, or the table
 */
record TableName(List<String> parts) {

    static TableName of(String name) {
        return new TableName(Names.table(name));
    }

    /** The name as statements have it. */
    String quoted(Dialect dialect) {
        return parts.stream().map(dialect::quote).collect(Collectors.joining("."));
    }

    /** This table as the database spells it: as it is written here, or as the database folds names that nobody quoted. */
    Optional<TableName> find(Connection connection, Dialect dialect) throws SQLException {
        for (TableName spelling : spellings(dialect)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT 1 FROM " + spelling.quoted(dialect) + " WHERE 1 = 0");
                return Optional.of(spelling);
            } catch (SQLException e) {
                if (!dialect.isMissing(e)) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private Set<TableName> spellings(Dialect dialect) {
        Set<TableName> spellings = new LinkedHashSet<>();
        spellings.add(this);
        spellings.add(folded(dialect));
        return spellings;
    }

    /** This name as the database takes it where nobody quotes it. */
    TableName folded(Dialect dialect) {
        return new TableName(parts.stream().map(dialect::fold).toList());
    }

    /** Creates this table. That another creates it at the same time is no failure. */
    void createIfAbsent(Connection connection, Dialect dialect, String columns) throws SQLException {
        if (find(connection, dialect).isPresent()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE " + quoted(dialect) + " " + columns + dialect.tableOptions());
        } catch (SQLException e) {
            if (find(connection, dialect).isEmpty()) {
                throw new SQLException(
                        "table " + this + " is not there and cannot be created: " + e.getMessage(), e.getSQLState(), e);
            }
        }
    }

    /** The name without quotes. */
    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
