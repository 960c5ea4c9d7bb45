// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that the samples over tables have. */
final class TableOptions {

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = {
                "Connects to this host and reads lines from it, as from 'nc -lk 9999'; runs until Ctrl+C.",
                "Default: localhost if --port is given. Without both, a built-in feeder says a few lines, and the sample ends by"
                        + " itself."
            })
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to connect to. Default: 9999 if --host is given.")
    private @Nullable Integer port;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /** Where lines come from; empty if the built-in feeder is wanted. */
    Optional<SampleOptions.Address> address() {
        return SampleOptions.address(host, port);
    }
}
