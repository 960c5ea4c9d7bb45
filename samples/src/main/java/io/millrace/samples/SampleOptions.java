// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.operator.output.PrintFormat;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that all samples have. */
final class SampleOptions {

    private static final String LOCALHOST = "localhost";
    private static final int SEED_PORT = 9999;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = {
                "Connects to this host and reads lines from it, as from 'nc -lk 9999'; runs until Ctrl+C.",
                "Default: localhost if --port is given. Without both, a built-in feeder says a few words in the course of"
                        + " four batches, and the sample ends by itself."
            })
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to connect to. Default: 9999 if --host is given.")
    private @Nullable Integer port;

    @Option(
            names = "--batch-interval",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Interval.class,
            description = {
                "How often there is a batch, such as 100ms or 2s; the built-in feeder keeps step.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Duration batchInterval = Duration.ofSeconds(1);

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many executors there are. Default: ${DEFAULT-VALUE}")
    private int executors;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many tasks an executor runs at once. Default: ${DEFAULT-VALUE}")
    private int slots;

    @Option(
            names = "--replication",
            paramLabel = "N",
            description = {
                "How many executors hold a block before it counts as received.",
                "Default: 2, or 1 with a single executor"
            })
    private @Nullable Integer replication;

    @Option(
            names = "--header",
            paramLabel = "millis|date",
            defaultValue = "millis",
            description = {
                "How the time of a batch is written: 'Time: 1586149161000 ms', as Spark does in Java, or"
                        + " 'Time: 2020-04-06 14:59:21', as it does in Python.",
                "Default: ${DEFAULT-VALUE}"
            })
    private PrintFormat.Header header = PrintFormat.Header.MILLIS;

    @Option(
            names = "--batches",
            paramLabel = "N",
            description = {
                "Stops after so many batches.",
                "Default: with the built-in feeder as many as it has lines, counted from the first; otherwise runs until Ctrl+C"
            })
    private @Nullable Long batches;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /** Where lines come from; empty if the built-in feeder is wanted. */
    Optional<Address> address() {
        return address(host, port);
    }

    /** What the options {@code --host} and {@code --port} mean; empty if neither is given. */
    static Optional<Address> address(@Nullable String host, @Nullable Integer port) {
        if (host == null && port == null) {
            return Optional.empty();
        }
        return Optional.of(new Address(host == null ? LOCALHOST : host, port == null ? SEED_PORT : port));
    }

    /** A host and a port. */
    record Address(String host, int port) {}

    /** After how many batches to stop, if that was said. */
    OptionalLong batches() {
        if (batches == null) {
            return OptionalLong.empty();
        }
        if (batches < 1) {
            throw new IllegalArgumentException("--batches must be >= 1, but is " + batches);
        }
        return OptionalLong.of(batches);
    }

    int replication() {
        return replication == null ? Math.min(2, executors) : replication;
    }

    PrintFormat.Header header() {
        return header;
    }

    /** Spark's form, in the order of the words. */
    PrintFormat format() {
        return PrintFormat.SPARK.withHeader(header).inOrder();
    }

    /** The batch interval. */
    Duration batchInterval() {
        return batchInterval;
    }

    /** Begins the description of a job. */
    StreamingContextBuilder builder(String name) {
        return StreamingContext.builder(name)
                .batchInterval(batchInterval)
                .executors(executors)
                .slots(slots)
                .replication(replication());
    }
}
