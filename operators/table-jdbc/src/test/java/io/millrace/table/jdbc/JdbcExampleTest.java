// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.type.DataTypes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/tables.md: counts that are kept in a table of a database. */
@Timeout(60)
class JdbcExampleTest {

    @TempDir
    Path checkpoint;

    /** Keeps how often each word came in a table {@code counts (word … PRIMARY KEY, count BIGINT)}. */
    static StreamingQuery keepCounts(Table words, String url, String user, String password, Path checkpoint) {
        return words.groupBy("word")
                .count()
                .writeStream()
                .outputMode("update")
                .format("jdbc")
                .option("url", url)
                .option("user", user)
                .option("password", password)
                .option("dbtable", "counts")
                .option("keyColumns", "word")
                .option("checkpointLocation", checkpoint.toString())
                .start();
    }

    @Test
    void keepsCountsAcrossARestart() throws Exception {
        Server.H2.with("counts (word VARCHAR(50) PRIMARY KEY, count BIGINT)");
        MemoryStream words = MemoryStream.of("words", DataTypes.parseSchema("word string"));

        for (int run = 0; run < 2; run++) {
            try (TableSession session = TableSession.builder().build()) {
                words.addRows(Row.of("blue"), Row.of("green"), Row.of("blue"));
                StreamingQuery query = keepCounts(
                        session.createTable(words), Server.H2.url(), Server.H2.user, Server.H2.password, checkpoint);
                query.processAllAvailable();
            }
        }

        assertThat(Server.H2.rows("SELECT word, count FROM counts ORDER BY word"))
                .containsExactly("blue,4", "green,2");
    }
}
