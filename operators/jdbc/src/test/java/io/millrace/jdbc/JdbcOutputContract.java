// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** The contract of all outputs on a database. */
abstract class JdbcOutputContract extends OutputContract<String> {

    private final Database database;

    JdbcOutputContract(Database database) {
        this.database = database;
    }

    @BeforeEach
    void createTable() throws SQLException {
        database.emptied().execute("CREATE TABLE texts (t VARCHAR(20))");
    }

    @Override
    protected OutputOperator<String> output() {
        return JdbcSink.append(database.source(), "texts", column("t", t -> t));
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> String.format("text %05d", i))
                .toList();
    }

    @Override
    protected List<String> written() throws SQLException {
        return database.rows("SELECT t FROM texts ORDER BY t");
    }
}
