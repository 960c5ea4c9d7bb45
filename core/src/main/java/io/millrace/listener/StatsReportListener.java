// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * Logs after every batch how the delays of the last batches are distributed, as Spark's listener of that name does. Each of total
 * delay, processing time and scheduling delay has a line at level info, with all times in milliseconds:
 *
 * <pre>
 * processing time of 10 batches in ms: mean=12.4 stdev=3.1 0%=8.0 5%=8.0 10%=8.2 25%=9.9 50%=12.1 75%=14.0 90%=17.7 95%=17.7 100%=17.7
 * </pre>
 *
 * <p>The percentile {@code p} of {@code n} sorted delays is the one at place {@code p * n}, rounded down and counted from 0, or the last;
 * so 0% is the least, and with few batches several percentiles are the same. The standard deviation is that of these batches, not an
 * estimate for all. A batch counts whether it succeeded or not. Thread-safe.
 */
public final class StatsReportListener implements StreamingListener {

    private static final int BATCHES = 10;
    private static final int MOST_BATCHES = 100_000;
    private static final int[] PERCENTILES = {0, 5, 10, 25, 50, 75, 90, 95, 100};

    private final int batches;
    private final Consumer<String> log;
    private final Deque<BatchInfo> last = new ArrayDeque<>();

    /** Looks at the last 10 batches, as Spark's does. */
    public StatsReportListener() {
        this(BATCHES);
    }

    /**
     * Looks at so many batches.
     *
     * @param batches 1 to 100 000
     * @throws IllegalArgumentException if there are fewer or more
     */
    public StatsReportListener(int batches) {
        this(batches, LoggerFactory.getLogger(StatsReportListener.class)::info);
    }

    StatsReportListener(int batches, Consumer<String> log) {
        if (batches < 1 || batches > MOST_BATCHES) {
            throw new IllegalArgumentException("batches must be in 1.." + MOST_BATCHES + ", but is " + batches);
        }
        this.batches = batches;
        this.log = log;
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        add(batch);
        lines().forEach(log);
    }

    private synchronized void add(BatchInfo batch) {
        last.add(batch);
        if (last.size() > batches) {
            last.remove();
        }
    }

    /** What is logged, a line each; nothing before the first batch is done. */
    public synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!last.isEmpty()) {
            lines.add(line("total delay", BatchInfo::totalDelay));
            lines.add(line("processing time", BatchInfo::processingDelay));
            lines.add(line("scheduling delay", BatchInfo::schedulingDelay));
        }
        return lines;
    }

    private String line(String what, Function<BatchInfo, Duration> delay) {
        double[] millis = last.stream()
                .mapToDouble(batch -> delay.apply(batch).toNanos() / 1e6)
                .sorted()
                .toArray();
        double mean = 0;
        for (double each : millis) {
            mean += each / millis.length;
        }
        double variance = 0;
        for (double each : millis) {
            variance += (each - mean) * (each - mean) / millis.length;
        }
        StringBuilder line = new StringBuilder(what + " of " + millis.length + " batches in ms:");
        line.append(figure(" mean", mean)).append(figure(" stdev", Math.sqrt(variance)));
        for (int percentile : PERCENTILES) {
            int place = Math.min(percentile * millis.length / 100, millis.length - 1);
            line.append(figure(" " + percentile + "%", millis[place]));
        }
        return line.toString();
    }

    private static String figure(String name, double value) {
        return name + "=" + String.format(Locale.ROOT, "%.1f", value);
    }
}
