// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The unique indexes of a table, the primary key among them.
 *
 * @param columns the columns of each, by its name
 */
record UniqueIndexes(Map<String, Set<String>> columns) {

    static UniqueIndexes of(Connection connection, @Nullable String catalog, @Nullable String schema, Target target)
            throws SQLException {
        String table = target.name().parts().get(target.name().parts().size() - 1);
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        try (ResultSet index = connection.getMetaData().getIndexInfo(catalog, schema, table, true, true)) {
            while (index.next()) {
                String name = index.getString("INDEX_NAME");
                String column = index.getString("COLUMN_NAME");
                if (name != null && column != null) {
                    columns.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(column);
                }
            }
        }
        return new UniqueIndexes(columns);
    }

    /**
     * Wants one of exactly the key of the target.
     *
     * @param alone whether no other may be written to, because the database takes a row of any of them for that to change
     */
    void check(Target target, boolean alone) throws SQLException {
        Set<String> keys = target.keys().stream().map(TargetColumn::name).collect(Collectors.toSet());
        Set<String> written = target.columns().stream().map(TargetColumn::name).collect(Collectors.toSet());
        if (!columns.containsValue(keys)) {
            throw Dialect.noKey(target);
        }
        for (Map.Entry<String, Set<String>> index : columns.entrySet()) {
            if (alone && !index.getValue().equals(keys) && written.containsAll(index.getValue())) {
                throw new SQLException(
                        "table " + target.name() + " has a further unique index " + index.getKey() + " of "
                                + String.join(", ", index.getValue())
                                + ": ON DUPLICATE KEY UPDATE would change rows of another key that it finds by that");
            }
        }
    }
}
