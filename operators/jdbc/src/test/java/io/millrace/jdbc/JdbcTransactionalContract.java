// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;

import io.millrace.operator.TransactionalOutput;
import io.millrace.testkit.TransactionalOutputContract;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** The contract of transactional outputs on a database; an append, since that shows what is there twice. */
abstract class JdbcTransactionalContract extends TransactionalOutputContract<Integer> {

    private final Database database;

    JdbcTransactionalContract(Database database) {
        this.database = database;
    }

    @BeforeEach
    void createTable() throws SQLException {
        database.emptied().execute("CREATE TABLE numbers (n INT)");
    }

    @Override
    protected TransactionalOutput<Integer> output() {
        return JdbcSink.append(database.source(), "numbers", column("n", n -> n));
    }

    @Override
    protected List<Integer> records(int first, int count) {
        return IntStream.range(first, first + count).boxed().toList();
    }

    @Override
    protected List<Integer> written() throws SQLException {
        return database.rows("SELECT n FROM numbers ORDER BY n").stream()
                .map(Integer::valueOf)
                .toList();
    }
}
