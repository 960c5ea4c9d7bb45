// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.type.DataTypes;
import java.util.List;
import java.util.stream.Collectors;

/** A session with finished tables, and what SQL says over them as one line. */
record SqlTables(TableSession session) implements AutoCloseable {

    SqlTables() {
        this(TableSession.builder().build());
    }

    void table(String name, String schema, Row... rows) {
        session.fromRows(DataTypes.parseSchema(schema), List.of(rows)).createOrReplaceTempView(name);
    }

    /** The rows in the order of their texts, {@code 1 p; 2 null}. */
    String rows(String sql) {
        return session.sql(sql).collect().stream().map(SqlTables::text).sorted().collect(Collectors.joining("; "));
    }

    static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : " ").append(row.get(i));
        }
        return text.toString();
    }

    @Override
    public void close() {
        session.close();
    }
}
