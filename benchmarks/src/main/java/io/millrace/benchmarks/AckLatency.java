// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.StreamingContext;
import io.millrace.receivers.socket.AckedSocketServer;
import io.millrace.receivers.socket.SocketServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long a line takes from its sending to its acknowledgement, over a loopback socket: without a checkpoint directory (two executors
 * hold it) and with one (it is on the disk as well).
 */
@Command(
        name = "AckLatency",
        mixinStandardHelpOptions = true,
        description = "The time from a line to its acknowledgement.")
public final class AckLatency implements BarProgram {

    private static final double MOST_MILLIS = 25;

    @Option(names = "--interval-ms", description = "block and batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 10;

    @Option(names = "--clients", description = "clients that send at the same time (${DEFAULT-VALUE})")
    private int clients = 4;

    @Option(names = "--rate", description = "lines per second and client (${DEFAULT-VALUE})")
    private int rate = 1_000;

    @Option(names = "--warmup", description = "seconds before the measured ones (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 20;

    @Option(
            names = "--modes",
            split = ",",
            description = "memory: no checkpoint directory; disk: with one (${DEFAULT-VALUE})")
    private List<String> modes = List.of("memory", "disk");

    @Option(
            names = "--directory",
            description = "the checkpoint directory, which must be empty or absent (default: a temporary one)")
    private Path directory = Path.of("");

    AckLatency() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AckLatency()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        for (String mode : modes) {
            Histogram micros = run(mode.equals("disk"));
            String what = "acknowledged socket, " + intervalMillis + " ms blocks, "
                    + (mode.equals("disk") ? "with" : "without") + " a checkpoint directory, ";
            bars.add(Bar.note(what + "median", millis(micros, 50)));
            bars.add(Bar.atMost(what + "p99", micros.getValueAtPercentile(99) / 1e3, MOST_MILLIS, "ms"));
        }
        return bars;
    }

    private static String millis(Histogram micros, double percentile) {
        return String.format(Locale.ROOT, "%.2f ms", micros.getValueAtPercentile(percentile) / 1e3);
    }

    private Histogram run(boolean disk) throws IOException, InterruptedException {
        AckedSocketServer server = SocketServer.listen(0).acknowledged();
        var job = StreamingContext.builder("acks")
                .batchInterval(Duration.ofMillis(intervalMillis))
                .set("block.interval", intervalMillis + "ms");
        if (disk) {
            Path checkpoint = directory.toString().isEmpty() ? Files.createTempDirectory("acks") : directory;
            job = job.set("checkpoint.directory", checkpoint.toAbsolutePath().toString());
        }
        try (StreamingContext context = job.build()) {
            context.receiverStream(server).count().foreachBatch((time, count) -> {});
            context.start();
            InetSocketAddress address =
                    server.boundAddress().toCompletableFuture().get(20, TimeUnit.SECONDS);
            List<Client> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(new Client(address, "client-" + i));
            }
            for (Client client : all) {
                client.start();
            }
            Histogram sum = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
            for (Client client : all) {
                sum.add(client.await());
            }
            return sum;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the server does not listen", e);
        }
    }

    /** Sends a line every so often, whether the last one is acknowledged or not. */
    private final class Client {
        private final Socket socket;
        private final int count = rate * (warmupSeconds + seconds);
        private final AtomicLongArray sent = new AtomicLongArray(count + 1);
        private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
        private final CountDownLatch done = new CountDownLatch(1);

        Client(InetSocketAddress address, String id) throws IOException {
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(("HELLO 1 " + id + "\n").getBytes(ISO_8859_1));
        }

        void start() {
            new Thread(this::send, "sender").start();
            new Thread(this::hear, "hearer").start();
        }

        private void send() {
            try {
                OutputStream out = socket.getOutputStream();
                long begin = EpochMicros.now();
                for (int number = 1; number <= count; number++) {
                    long due = begin + number * 1_000_000L / rate;
                    for (long now = EpochMicros.now(); now < due; now = EpochMicros.now()) {
                        LockSupport.parkNanos((due - now) * 1_000);
                    }
                    sent.set(number, due);
                    out.write((number + " a line of some words that are sent\n").getBytes(ISO_8859_1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void hear() {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1))) {
                int last = 0;
                while (last < count) {
                    String line = String.valueOf(in.readLine());
                    if (line.startsWith("OK ")) {
                        continue;
                    }
                    if (!line.startsWith("ACK ")) {
                        throw new IllegalStateException("the server says " + line);
                    }
                    long now = EpochMicros.now();
                    int counted = Integer.parseInt(line.substring(4));
                    for (int number = last + 1; number <= counted; number++) {
                        if (number > rate * warmupSeconds) {
                            micros.recordValue(Math.max(0, now - sent.get(number)));
                        }
                    }
                    last = counted;
                }
                done.countDown();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Histogram await() throws InterruptedException {
            if (!done.await(warmupSeconds + seconds + 60L, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not every line was acknowledged");
            }
            return micros;
        }
    }
}
