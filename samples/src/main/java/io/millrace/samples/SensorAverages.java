// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.table.Functions.avg;
import static io.millrace.table.Functions.col;
import static io.millrace.table.Functions.count;
import static io.millrace.table.Functions.round;
import static io.millrace.table.Functions.split;
import static io.millrace.table.Functions.window;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.query.StreamingQueryListener;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Averages per sensor over windows of ten seconds of the time at which readings were taken, not that at which they came. A window is
 * shown when the watermark passes its end; what comes for it after that is too late.
 */
@Command(
        name = "SensorAverages",
        description = {
            "Averages readings such as 'boiler,2026-03-01T12:00:04Z,61.5' (sensor, time, temperature) per sensor and ten seconds of"
                    + " the time in the reading. Readings may come ten seconds late; those that come later are shown on the error stream and left out."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SensorAverages",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Feeder -Dexec.args=\"--say readings\"",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SensorAverages -Dexec.args=\"--port 9999\""
        })
public final class SensorAverages implements Callable<Integer> {

    /** The third line of the second group is late, but not too late; that of the fourth is too late. */
    static final Script SCRIPT = Script.of(
            "boiler,2026-03-01T12:00:01Z,60.0\ncellar,2026-03-01T12:00:02Z,11.5\nboiler,2026-03-01T12:00:06Z,62.0",
            "boiler,2026-03-01T12:00:11Z,63.0\ncellar,2026-03-01T12:00:14Z,11.0\nboiler,2026-03-01T12:00:08Z,64.0",
            "cellar,2026-03-01T12:00:25Z,10.5",
            "boiler,2026-03-01T12:00:09Z,99.0\nboiler,2026-03-01T12:00:27Z,66.0",
            "cellar,2026-03-01T12:00:41Z,10.0");

    @Mixin
    private TableOptions options = new TableOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.run(new SensorAverages(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (TableRun run = TableRun.of(options, SCRIPT)) {
            run.session().streams().addListener(new StreamingQueryListener() {
                @Override
                public void onQueryProgress(QueryProgress event) {
                    report(event);
                }
            });
            run.toTheEnd(averages(readings(run.lines()))
                    .writeStream()
                    .outputMode("append")
                    .lateRows((late, batch) -> show(late))
                    .format("console")
                    .option("truncate", false));
        }
        return 0;
    }

    /** The readings in these lines; a line that is none is left out. */
    static Table readings(Table lines) {
        return lines.select(split(col("value"), ",").as("parts"))
                .where("size(parts) = 3")
                .selectExpr(
                        "parts[0] AS sensor",
                        "try_to_timestamp(parts[1]) AS time",
                        "try_cast(parts[2] AS double) AS temperature")
                .where("time IS NOT NULL AND temperature IS NOT NULL");
    }

    private static Table averages(Table readings) {
        return readings.withWatermark("time", "10 seconds")
                .groupBy(window(col("time"), "10 seconds"), col("sensor"))
                .agg(round(avg(col("temperature")), 2).as("average"), count("*").as("readings"))
                .select("window.start", "window.end", "sensor", "average", "readings");
    }

    /** Late readings, which are in no average: each with the window it would have been in and the watermark that had passed it. */
    private static void show(Table late) {
        for (Row row : late.selectExpr("sensor", "time", "temperature", "window.end", "late_watermark")
                .collect()) {
            System.err.println("late: " + row.get(0) + " at " + row.get(1) + ", " + row.get(2)
                    + " degrees; its window ended at " + row.get(3) + ", the watermark was " + row.get(4));
        }
    }

    private static void report(StreamingQueryListener.QueryProgress event) {
        long late = QueryWatch.late(event.progress());
        if (late > 0) {
            System.err.println("batch " + event.progress().batchId() + ": " + late
                    + (late == 1 ? " reading" : " readings") + " came too late; the watermark was "
                    + event.progress().eventTime().get("watermark"));
        }
    }
}
