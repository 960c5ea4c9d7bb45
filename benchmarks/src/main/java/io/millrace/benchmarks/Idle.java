// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The processor time of a job that is connected to a sender that sends nothing. */
@Command(name = "Idle", mixinStandardHelpOptions = true, description = "Processor time of an idle job.")
public final class Idle implements BarProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double MOST_PERCENT = 5;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 10;

    @Option(names = "--warmup", description = "seconds before the measured ones (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 30;

    Idle() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Idle()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JavaProcess job = JavaProcess.start(List.of(), MillraceIdle.class.getName(), arguments(server));
                Socket connection = server.accept()) {
            JsonLine idle = job.await("idle", PATIENCE.plusSeconds(warmupSeconds + seconds));
            System.out.println(idle);
            connection.shutdownOutput();
            String what = "idle, " + intervalMillis + " ms batches";
            return List.of(
                    Bar.atMost(what, idle.number("cpuPercent"), MOST_PERCENT, "% of a core"),
                    Bar.atLeast(
                            what + ": batches a second", idle.number("batchesPerSecond"), 990.0 / intervalMillis, ""));
        }
    }

    private List<String> arguments(ServerSocket server) {
        return List.of(
                "127.0.0.1",
                Integer.toString(server.getLocalPort()),
                "--warmup",
                Integer.toString(warmupSeconds),
                "--seconds",
                Integer.toString(seconds),
                "--interval-ms",
                Integer.toString(intervalMillis));
    }
}
