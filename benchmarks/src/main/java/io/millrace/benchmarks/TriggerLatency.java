// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How old rows are when the windowed count that they are in is written, with a short trigger. Rows are due evenly; a count that is written
 * has all rows that were due before, so every row's age is known.
 */
@Command(
        name = "TriggerLatency",
        mixinStandardHelpOptions = true,
        description = "Age of rows when the windowed count that they are in is written.")
public final class TriggerLatency implements BarProgram {

    private static final double P99_MILLIS = 40;
    private static final long MICROS = 1_000_000;

    @Option(names = "--rate", description = "rows a second (${DEFAULT-VALUE})")
    private long rate = 10_000;

    @Option(names = "--interval-ms", description = "trigger in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 10;

    @Option(names = "--warmup", description = "seconds before the measured window (${DEFAULT-VALUE})")
    private int warmupSeconds = 20;

    @Option(names = "--seconds", description = "seconds of the measured window (${DEFAULT-VALUE})")
    private int seconds = 20;

    private final Latencies latencies = new Latencies();
    private final Map<Object, Long> counts = new HashMap<>();
    private @Nullable Instant first;
    private long written;

    TriggerLatency() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TriggerLatency()).execute(args));
    }

    @Override
    public List<Bar> measure() throws InterruptedException {
        try (TableSession session = TableSession.builder().build()) {
            session.readStream()
                    .format("rate")
                    .option("rowsPerSecond", rate)
                    .load()
                    .createOrReplaceTempView("rate");
            StreamingQuery query = session.sql("SELECT window(timestamp, '1 second').start AS w, count(*) AS n,"
                            + " min(timestamp) AS first FROM rate GROUP BY window(timestamp, '1 second')")
                    .writeStream()
                    .outputMode("update")
                    .trigger(new Trigger.ProcessingTime(Duration.ofMillis(intervalMillis)))
                    .foreach(new EachRow(this::take))
                    .start();
            Thread.sleep(Duration.ofSeconds(warmupSeconds).toMillis());
            latencies.reset();
            Thread.sleep(Duration.ofSeconds(seconds).toMillis());
            JsonLine line = latencies.describe(JsonLine.event("trigger-latency"));
            query.stop();
            System.out.println(line);
            String what = intervalMillis + " ms trigger, " + rate + " rows/s, windowed count: ";
            return List.of(
                    Bar.atMost(what + "p99", line.number("p99Micros") / 1e3, P99_MILLIS, "ms"),
                    Bar.note("– p50", "%.2f ms".formatted(line.number("p50Micros") / 1e3)),
                    Bar.note("– most", "%.2f ms".formatted(line.number("maxMicros") / 1e3)),
                    Bar.holds(what + "rows came", line.number("latencies") >= 0.9 * rate * seconds));
        }
    }

    private void take(Row row) {
        long nowMicros = EpochMicros.now();
        long before = written;
        long count = row.getLong(1);
        written += count - counts.getOrDefault(row.get(0), 0L);
        counts.put(row.get(0), count);
        Instant time = row.getTimestamp(2);
        if (first == null || time.isBefore(first)) {
            first = time;
        }
        long start = ChronoUnit.MICROS.between(Instant.EPOCH, first);
        for (long number = before; number < written; number++) {
            latencies.record(start + number * MICROS / rate, nowMicros);
        }
    }
}
