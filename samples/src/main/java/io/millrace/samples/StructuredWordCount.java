// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.table.Functions.col;
import static io.millrace.table.Functions.explode;
import static io.millrace.table.Functions.split;

import io.millrace.table.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Counts all words since it was started, as a query over a table of lines, and shows the totals when something came.
 *
 * <p>The seed's third program: Spark's structured word count, name by name. SQL's {@code split} keeps trailing empty words.
 */
@Command(
        name = "StructuredWordCount",
        description =
                "Counts all words since the start by a query over a table of lines, and shows the totals when lines came.",
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.StructuredWordCount",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.StructuredWordCount"
                    + " -Dexec.args=\"--host localhost --port 9999\""
        })
public final class StructuredWordCount implements Callable<Integer> {

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(names = "--sort", description = "Shows the words in order. Default: in no particular order, as Spark does")
    private boolean sort;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new StructuredWordCount(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (TableRun run = TableRun.of(options, Script.SEED)) {
            Table words = run.lines().select(explode(split(col("value"), " ")).as("word"));
            Table counts = words.groupBy("word").count();
            Table shown = sort ? counts.orderBy("word") : counts;
            run.toTheEnd(shown.writeStream().outputMode("complete").format("console"));
        }
        return 0;
    }
}
