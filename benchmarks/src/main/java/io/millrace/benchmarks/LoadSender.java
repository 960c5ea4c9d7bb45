// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The process that feeds a contender: it listens on a loopback port, serves one connection and says what it sent.
 *
 * <p>On stdout, one JSON line each: {@code listening} with the port, then {@code sent} with lines, words, bytes,
 * seconds, {@link Stalls} and the {@link Totals}; with {@code --again} it serves the next connection when one breaks. It stops after a time or when a line comes in on stdin, whichever is first, and
 * always with a whole line and an orderly close.
 */
@Command(
        name = "LoadSender",
        mixinStandardHelpOptions = true,
        description = "Sends Zipf text to the first reader that connects.")
public final class LoadSender implements Callable<Integer> {

    private static final int FULL_SPEED = 0;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Option(names = "--port", description = "loopback port to listen on; 0 finds a free one (${DEFAULT-VALUE})")
    private int port = 0;

    @Option(names = "--vocabulary", description = "number of distinct words (${DEFAULT-VALUE})")
    private int vocabularySize = 100_000;

    @Option(names = "--seed", description = "seed of words and text (${DEFAULT-VALUE})")
    private long seed = 42;

    @Option(names = "--buffer-mb", description = "size of the text that is repeated (${DEFAULT-VALUE})")
    private int bufferMegabytes = 128;

    @Option(
            names = "--rate",
            description = "lines a second, each with its send time; 0 is full speed (${DEFAULT-VALUE})")
    private int rate = FULL_SPEED;

    @Option(names = "--seconds", description = "stop after this time at the latest (${DEFAULT-VALUE})")
    private int seconds = 120;

    @Option(names = "--again", description = "serve another reader when one is gone; a fixed rate only")
    private boolean again;

    @Option(names = "--totals", description = "file for the totals, a word and its count a line")
    private Optional<Path> totalsFile = Optional.empty();

    private LoadSender() {}

    /** Runs the sender and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadSender()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Load load = load();
        Stalls stalls = new Stalls();
        try (ServerSocketChannel server = listen()) {
            SocketChannel reader = accept(server);
            if (!again) {
                server.socket().close(); // a second connection is refused, not queued
            }
            long startNs = System.nanoTime();
            StopSignal stop = StopSignal.after(Duration.ofSeconds(seconds));
            raiseOnInput(stop);
            int connections = 1;
            while (!serve(reader, load, stalls, stop)) {
                reader = accept(server);
                connections++;
            }
            double elapsed = (System.nanoTime() - startNs) / 1e9;
            try (Tally tally = new Tally(totalsFile)) {
                JsonLine line = JsonLine.event("sent").with("seconds", elapsed).with("connections", connections);
                System.out.println(
                        stalls.describe(load.describe(load.sent(tally).describe(line))));
            }
        }
        return 0;
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        server.socket().setSoTimeout((int) PATIENCE.toMillis());
        System.out.println(
                JsonLine.event("listening").with("port", server.socket().getLocalPort()));
        return server;
    }

    private Load load() {
        Vocabulary vocabulary = Vocabulary.generate(vocabularySize, seed);
        return rate == FULL_SPEED
                ? new FullSpeedLoad(ZipfText.generate(vocabulary, Math.multiplyExact(bufferMegabytes, 1 << 20), seed))
                : new FixedRateLoad(vocabulary, rate, seed);
    }

    /** Serves one reader, and answers whether that was the last. */
    private boolean serve(SocketChannel accepted, Load load, Stalls stalls, StopSignal stop) throws IOException {
        try (SocketChannel reader = accepted) {
            load.send(new StallNotingChannel(reader, stalls), stop);
            reader.shutdownOutput();
            return true;
        } catch (IOException e) {
            if (!again) {
                throw e;
            }
            System.err.println("the reader is gone: " + e);
            return false;
        }
    }

    private static void raiseOnInput(StopSignal stop) {
        Thread thread = new Thread(
                () -> {
                    if (readLine().isPresent()) {
                        stop.raise();
                    }
                },
                "stop-on-input");
        thread.setDaemon(true);
        thread.start();
    }

    private static Optional<String> readLine() {
        try {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reader that is sent every line at once: small writes must not wait for the acknowledgement of the last one. */
    private static SocketChannel accept(ServerSocketChannel server) throws IOException {
        SocketChannel reader = server.socket().accept().getChannel();
        reader.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return reader;
    }
}
