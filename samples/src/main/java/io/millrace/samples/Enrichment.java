// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks up where the sensor of each reading stands, in a file, and whether it is too hot there: a stream joined with a table, in SQL. */
@Command(
        name = "Enrichment",
        description = {
            "Adds to readings such as 'boiler,2026-03-01T12:00:04Z,61.5' (sensor, time, temperature) where the sensor stands and"
                    + " whether it is too hot, from a CSV file. The file is read when the query starts."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Enrichment",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Enrichment"
                    + " -Dexec.args=\"--port 9999 --places my-places.csv\""
        })
public final class Enrichment implements Callable<Integer> {

    /** The query. */
    static final String SQL = """
            SELECT r.sensor, p.place, r.temperature, r.temperature > p.hottest AS too_hot
            FROM readings r LEFT JOIN places p ON r.sensor = p.sensor""";

    private static final String SHIPPED = "data/places.csv";

    private static final Script SCRIPT = Script.of(
            "boiler,2026-03-01T12:00:01Z,61.5\ncellar,2026-03-01T12:00:02Z,19.5",
            "attic,2026-03-01T12:00:11Z,24.0",
            "garden,2026-03-01T12:00:12Z,8.0\nboiler,2026-03-01T12:00:13Z,72.0");

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(
            names = "--places",
            paramLabel = "FILE",
            description = "A CSV file with the header 'sensor,place,hottest'. Default: one that comes with the samples")
    private @Nullable Path places;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new Enrichment(), args);
    }

    @Override
    public Integer call() throws Exception {
        Path file = places == null ? copyOfShipped() : places;
        try (TableRun run = TableRun.of(options, SCRIPT)) {
            Table known = run.session()
                    .read()
                    .schema("sensor string, place string, hottest double")
                    .option("header", true)
                    .csv(file.toString());
            known.createOrReplaceTempView("places");
            SensorAverages.readings(run.lines()).createOrReplaceTempView("readings");
            run.toTheEnd(
                    run.session().sql(SQL).writeStream().outputMode("append").format("console"));
        } finally {
            if (places == null) {
                Files.delete(file);
            }
        }
        return 0;
    }

    /** The shipped file is perhaps inside of a jar, where no query can read it. */
    private static Path copyOfShipped() throws IOException {
        try (InputStream in = Enrichment.class.getClassLoader().getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new FileNotFoundException(SHIPPED + " is not on the class path");
            }
            Path copy = Files.createTempFile("places", ".csv");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        }
    }
}
