// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Counts the words of two lines in SQL as a stream and prints the counts: what {@link FirstSql} starts. */
public final class FirstSqlResult {

    private FirstSqlResult() {}

    /** Prints rows as {@code (blue,2)} and ends. */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch printed = new CountDownLatch(1);
        try (TableSession session = TableSession.builder().build()) {
            MemoryStream lines = MemoryStream.of("lines", new Schema(List.of(Field.of("value", AtomicType.STRING))));
            lines.addRows(Row.of("blue green"), Row.of("blue red"));
            session.createTable(lines).createOrReplaceTempView("lines");
            StreamingQuery query = session.sql("SELECT word, count(*) AS n"
                            + " FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word")
                    .writeStream()
                    .outputMode("complete")
                    .foreach(new EachRow(row -> {
                        System.out.println("(" + row.get(0) + ',' + row.get(1) + ')');
                        printed.countDown();
                    }))
                    .start();
            printed.await();
            query.stop();
        }
    }
}
