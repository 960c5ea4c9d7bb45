// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lines of 20 numbers over a loopback socket, a logistic regression, counts per class: Millrace beside a loop, in turn. */
@Command(
        name = "ScoringStream",
        mixinStandardHelpOptions = true,
        description = "Compares the throughput of scoring lines of 20 numbers that come over a loopback socket.")
public final class ScoringStream implements BarProgram {

    private static final double OF_LOOP = 0.6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--warmup", description = "seconds of warm-up (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--rounds", description = "trials of each contender, of which the median counts (${DEFAULT-VALUE})")
    private int rounds = 1;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    private final byte[] text = SensorLines.text();
    private final long ones = SensorLines.ofClassOne();
    private boolean exact = true;

    ScoringStream() {}

    /** Runs the comparison and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ScoringStream()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Double> loop = new ArrayList<>();
        List<Double> millrace = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            loop.add(linesPerSecond("loop", List.of("--loop")));
            millrace.add(linesPerSecond("millrace", List.of()));
        }
        return List.of(
                Bar.holds("scoring: all counts per class equal what was sent", exact),
                Bar.note("scoring: loop", Math.round(median(loop)) + " lines/s"),
                Bar.note("scoring: millrace", Math.round(median(millrace)) + " lines/s"),
                Bar.atLeast("scoring: millrace", median(millrace) / median(loop), OF_LOOP, "× loop"));
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** The speed at which a contender scores lines, once it is warm; all that is sent is checked. */
    private double linesPerSecond(String name, List<String> arguments) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) PATIENCE.toMillis());
            List<String> command = new ArrayList<>(List.of(Integer.toString(server.getLocalPort())));
            command.addAll(List.of("--interval-ms", Integer.toString(intervalMillis)));
            command.addAll(List.of("--warmup", Integer.toString(warmupSeconds)));
            command.addAll(List.of("--seconds", Integer.toString(seconds)));
            command.addAll(arguments);
            try (JavaProcess process =
                    JavaProcess.start(List.of("-Xmx2g"), ScoringContender.class.getName(), command)) {
                AtomicBoolean stop = new AtomicBoolean();
                CompletableFuture<Long> sent = CompletableFuture.supplyAsync(() -> send(server, stop));
                JsonLine measured = process.await(
                        "measured", PATIENCE.plusSeconds(warmupSeconds).plusSeconds(seconds));
                stop.set(true);
                long texts = sent.join();
                JsonLine finished = process.await("finished", PATIENCE);
                exact &= finished.whole("ones") == texts * ones
                        && finished.whole("zeros") == texts * (SensorLines.LINES - ones);
                double figure = measured.number("words") / measured.number("seconds");
                System.out.println(finished.with("contender", name).with("linesPerSecond", figure));
                return figure;
            }
        }
    }

    /** Sends all lines again and again until it is stopped, and says how often. */
    private long send(ServerSocket server, AtomicBoolean stop) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            long texts = 0;
            while (!stop.get()) {
                out.write(text);
                texts++;
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
