// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line that every {@link Contender} understands; a picocli mixin. */
public final class ContenderOptions {

    @Parameters(index = "0", paramLabel = "host", description = "host of the sender")
    private String host = "127.0.0.1";

    @Parameters(index = "1", paramLabel = "port", description = "port of the sender")
    private int port;

    @Option(names = "--warmup", description = "seconds before the measured window (${DEFAULT-VALUE})")
    private int warmupSeconds = 20;

    @Option(names = "--seconds", description = "seconds of the measured window (${DEFAULT-VALUE})")
    private int seconds = 15;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    @Option(names = "--totals", description = "file for the totals, a word and its count a line")
    private Optional<Path> totalsFile = Optional.empty();

    /** Where the sender listens. */
    public InetSocketAddress sender() {
        return new InetSocketAddress(host, port);
    }

    /** What is measured. */
    public Window window() {
        return new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds));
    }

    /** The time between two emissions. */
    public Duration interval() {
        return Duration.ofMillis(intervalMillis);
    }

    /** A tally of the totals at the end. */
    public Tally tally() {
        return new Tally(totalsFile);
    }
}
