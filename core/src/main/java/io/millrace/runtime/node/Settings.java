// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import com.typesafe.config.Config;
import io.millrace.runtime.batch.PidSettings;
import io.millrace.runtime.driver.DriverSettings;
import io.millrace.runtime.driver.KeepSettings;
import io.millrace.runtime.executor.ExecutorSettings;
import io.millrace.runtime.executor.MalformedText;
import io.millrace.runtime.ingest.IngestSettings;
import io.millrace.runtime.ingest.LimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * All settings of a job, parsed and checked once.
 *
 * @param driver how the driver drives
 * @param executor how executors work
 * @param ingest the bounds of ingestion
 * @param maxExecutorRestarts how often within a minute an executor is replaced
 * @param checkpointing where the job is made durable, if it is, and how
 */
public record Settings(
        DriverSettings driver,
        ExecutorSettings executor,
        IngestSettings ingest,
        int maxExecutorRestarts,
        CheckpointSettings checkpointing) {

    /**
     * Reads the section {@code millrace}.
     *
     * @param millrace the section
     * @param interval the batch interval
     * @param receivers how many receivers share the bound on outstanding bytes
     * @param heapBytes the size of the heap, of which the default bound is a part
     * @param processors how many processors there are, which decides how many tasks are worth starting
     * @throws IllegalArgumentException naming the key, the value and the bound, if a value is out of bounds
     */
    public static Settings parse(Config millrace, Duration interval, int receivers, long heapBytes, int processors) {
        int executors = atLeast(1, "executors", millrace.getInt("executors"));
        int slots = atLeast(1, "slots", millrace.getInt("slots"));
        int partitions = atLeast(0, "partitions", millrace.getInt("partitions"));
        int effectivePartitions = partitions == 0 ? executors * slots : partitions;
        int replication = atLeast(1, "replication", millrace.getInt("replication"));
        if (replication > executors) {
            throw new IllegalArgumentException("millrace.replication = " + replication
                    + " needs as many executors, but millrace.executors = " + executors);
        }
        int maxLineBytes = bytes(millrace, "text.max-line-bytes", 1);
        return new Settings(
                new DriverSettings(
                        interval,
                        executors,
                        effectivePartitions,
                        replication,
                        notNegative(millrace, "seal-timeout"),
                        notNegative(millrace, "stop-timeout"),
                        millrace.getBoolean("stop-on-failed-batch"),
                        pid(millrace),
                        keep(millrace, heapBytes)),
                new ExecutorSettings(
                        executors,
                        slots,
                        blockTasks(millrace, executors, slots, processors),
                        effectivePartitions,
                        maxLineBytes,
                        malformed(millrace)),
                ingest(millrace, interval, receivers, heapBytes, replication, maxLineBytes),
                atLeast(0, "max-executor-restarts", millrace.getInt("max-executor-restarts")),
                checkpoint(millrace));
    }

    private static CheckpointSettings checkpoint(Config millrace) {
        String directory = millrace.getString("checkpoint.directory");
        return new CheckpointSettings(
                directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory)),
                bytes(millrace, "checkpoint.segment-bytes", 1 << 16),
                atLeast(1, "checkpoint.snapshot-bytes", millrace.getBytes("checkpoint.snapshot-bytes")),
                millrace.getBoolean("checkpoint.allow-network-file-system"));
    }

    private static KeepSettings keep(Config millrace, long heapBytes) {
        long bytes = atLeast(0, "keep.bytes", millrace.getBytes("keep.bytes"));
        return new KeepSettings(
                atLeast(0, "keep.batches", millrace.getInt("keep.batches")), bytes == 0 ? heapBytes / 8 : bytes);
    }

    private static IngestSettings ingest(
            Config millrace, Duration interval, int receivers, long heapBytes, int replication, int maxLineBytes) {
        int blockBytes = bytes(millrace, "block.bytes", 1024);
        int blockRecords = atLeast(0, "block.records", millrace.getInt("block.records"));
        long outstanding = millrace.getBytes("max-outstanding-bytes");
        long total = outstanding == 0 ? heapBytes / 4 : outstanding;
        long each = total / Math.max(1, receivers);
        if (each < blockBytes) {
            throw new IllegalArgumentException("millrace.max-outstanding-bytes = " + total + " gives each of "
                    + receivers + " receivers less than a block of millrace.block.bytes = " + blockBytes);
        }
        return new IngestSettings(
                interval,
                positive(millrace, "block.interval"),
                blockBytes,
                blockRecords == 0 ? Integer.MAX_VALUE : blockRecords,
                each,
                replication,
                positive(millrace, "replication-timeout"),
                maxLineBytes,
                limits(millrace));
    }

    private static LimitSettings limits(Config millrace) {
        return new LimitSettings(
                atLeast(0, "receiver.max-rate", millrace.getLong("receiver.max-rate")),
                atLeast(0, "receiver.max-bytes-rate", millrace.getBytes("receiver.max-bytes-rate")),
                atLeast(0, "backpressure.initial-rate", millrace.getLong("backpressure.initial-rate")),
                millrace.getBoolean("backpressure.enabled"));
    }

    private static PidSettings pid(Config millrace) {
        double minRate = millrace.getDouble("backpressure.pid.min-rate");
        if (!(minRate > 0)) {
            throw new IllegalArgumentException("millrace.backpressure.pid.min-rate must be > 0, but is " + minRate);
        }
        return new PidSettings(
                millrace.getBoolean("backpressure.enabled"),
                weight(millrace, "backpressure.pid.proportional"),
                weight(millrace, "backpressure.pid.integral"),
                weight(millrace, "backpressure.pid.derived"),
                minRate);
    }

    private static double weight(Config millrace, String key) {
        double value = millrace.getDouble(key);
        if (!(value >= 0)) {
            throw new IllegalArgumentException("millrace." + key + " must be >= 0, but is " + value);
        }
        return value;
    }

    private static int blockTasks(Config millrace, int executors, int slots, int processors) {
        int tasks = atLeast(0, "block-tasks", millrace.getInt("block-tasks"));
        if (tasks > slots) {
            throw new IllegalArgumentException(
                    "millrace.block-tasks = " + tasks + " needs as many slots, but millrace.slots = " + slots);
        }
        return tasks == 0 ? Math.min(slots, Math.max(1, processors / executors)) : tasks;
    }

    private static MalformedText malformed(Config millrace) {
        String value = millrace.getString("text.malformed");
        try {
            return MalformedText.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "millrace.text.malformed must be replace, dead-letter or fail, but is " + value, e);
        }
    }

    private static int atLeast(int least, String key, int value) {
        return (int) atLeast(least, key, (long) value);
    }

    private static long atLeast(int least, String key, long value) {
        if (value < least) {
            throw new IllegalArgumentException("millrace." + key + " must be >= " + least + ", but is " + value);
        }
        return value;
    }

    private static int bytes(Config millrace, String key, int least) {
        long value = millrace.getBytes(key);
        if (value < least || value > 1 << 30) {
            throw new IllegalArgumentException(
                    "millrace." + key + " must be " + least + " to " + (1 << 30) + " bytes, but is " + value);
        }
        return (int) value;
    }

    private static Duration positive(Config millrace, String key) {
        Duration value = millrace.getDuration(key);
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("millrace." + key + " must be > 0, but is " + value);
        }
        return value;
    }

    private static Duration notNegative(Config millrace, String key) {
        Duration value = millrace.getDuration(key);
        if (value.isNegative()) {
            throw new IllegalArgumentException("millrace." + key + " must be >= 0, but is " + value);
        }
        return value;
    }
}
