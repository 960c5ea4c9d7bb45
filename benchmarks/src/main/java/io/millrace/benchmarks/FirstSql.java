// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The time from the start of a JVM to the first row of a query in SQL. */
@Command(
        name = "FirstSql",
        mixinStandardHelpOptions = true,
        description = "Time from the start of a JVM to the first printed row of a streaming query in SQL.")
public final class FirstSql implements BarProgram {

    private static final double LATEST_SECONDS = 3.0;

    @Option(names = "--jvm", split = " ", description = "flags of its JVM, blank-separated (default: none)")
    private List<String> jvmFlags = List.of();

    @Option(names = "--runs", description = "how often (${DEFAULT-VALUE})")
    private int runs = 11;

    FirstSql() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FirstSql()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException {
        double[] seconds = new double[runs];
        double[] cpuSeconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            JvmStart start = JvmStart.of(
                    JvmStart.command(jvmFlags, "", FirstSqlResult.class.getName(), List.of()),
                    line -> line.startsWith("("));
            seconds[run] = start.seconds();
            cpuSeconds[run] = start.cpuSeconds();
            System.out.println(JsonLine.event("first-sql")
                    .with("seconds", start.seconds())
                    .with("cpuSeconds", start.cpuSeconds()));
        }
        Figures wall = new Figures(seconds);
        return List.of(
                Bar.atMost("JVM start to first row of a query in SQL", wall.median(), LATEST_SECONDS, "s"),
                Bar.note("– least and most of " + runs, "%.2f–%.2f s".formatted(wall.min(), wall.max())),
                Bar.note("– processor time until then", "%.2f CPU s".formatted(new Figures(cpuSeconds).median())));
    }
}
