// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.batch.PidRateEstimator;
import io.millrace.runtime.batch.PidSettings;
import io.millrace.runtime.block.BlockLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fast each stream may be read, by what the batches have shown: one estimator per stream, as in Spark.
 *
 * <p>Spark's estimator learns from the scheduling delay how much has piled up. A late batch here does not wait behind others but takes
 * what they would have held, so the intervals that it absorbed count as delay: then a job that fell behind is read more slowly than it
 * works until its batches are as short as their interval again, as with Spark.
 */
final class StreamRates {

    private final Map<Integer, PidRateEstimator> estimators = new TreeMap<>();

    private Duration interval;

    /** Knows nothing yet; gives no rates at all unless it is enabled. */
    StreamRates(PidSettings settings, Duration batchInterval, int streams) {
        this.interval = batchInterval;
        for (int stream = 0; settings.enabled() && stream < streams; stream++) {
            estimators.put(stream, new PidRateEstimator(settings, batchInterval));
        }
    }

    /** From now on batches come so often. */
    void batchInterval(Duration batchInterval) {
        interval = batchInterval;
        estimators.values().forEach(estimator -> estimator.batchInterval(batchInterval));
    }

    /** A batch is done; answers the rates that are new, in records per second by stream. */
    Map<Integer, Double> completed(BatchRecord batch, Instant ended) {
        Map<Integer, Double> rates = new TreeMap<>();
        if (!estimators.isEmpty()) {
            Map<Integer, Long> records = records(batch);
            long processing = micros(batch.started(), ended);
            Instant due = batch.batch().instant().minus(interval.multipliedBy(batch.absorbed()));
            long scheduling = micros(due, batch.started());
            estimators.forEach((stream, estimator) -> estimator
                    .compute(micros(Instant.EPOCH, ended), records.getOrDefault(stream, 0L), processing, scheduling)
                    .ifPresent(rate -> rates.put(stream, rate)));
        }
        return rates;
    }

    private static Map<Integer, Long> records(BatchRecord batch) {
        Map<Integer, Long> records = new TreeMap<>();
        for (BlockLocation block : batch.blocks()) {
            records.merge(block.info().id().stream(), Math.max(0, block.info().records()), Long::sum);
        }
        return records;
    }

    private static long micros(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1_000;
    }
}
