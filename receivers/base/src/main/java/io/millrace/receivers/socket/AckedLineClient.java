// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends lines to an {@link AckedSocketServer}, each of which counts exactly once: keeps a line until it is acknowledged, connects again
 * with growing delays when the connection breaks, and then sends again what does not count.
 *
 * <pre>{@code
 * try (AckedLineClient client = AckedLineClient.to("localhost", 9999, "sensor-7").open()) {
 *     client.send("to be");
 *     client.flush(Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p>What is not acknowledged is in memory only: if this process dies, so do these lines, and one that is sent again by the next process
 * may count twice. The id must be used by one client at a time. Needs nothing but the JDK, and two threads. Thread-safe.
 */
public final class AckedLineClient implements AutoCloseable {

    private final PendingLines pending;
    private final ClientConnection connection;

    private AckedLineClient(Options options) {
        this.pending = new PendingLines(options.maxLines, options.maxBytes);
        this.connection = new ClientConnection(options, pending);
        connection.start();
    }

    /**
     * Begins the description of a client.
     *
     * @param host of the server, looked up at every connect
     * @param port 1 to 65535
     * @param clientId 1 to 128 characters of ASCII without spaces; the same in every run, so that the server knows it again
     */
    public static Options to(String host, int port, String clientId) {
        return new Options(host, port, clientId, Optional.empty(), 10_000, 16L << 20, Duration.ofSeconds(10));
    }

    /**
     * What a client is like.
     *
     * @param host of the server
     * @param port of the server
     * @param clientId its id
     * @param token what the server wants; never shown
     * @param maxLines how many lines it keeps at most, 1 or more
     * @param maxBytes how many bytes of lines it keeps at most, 1 or more; one line is always taken
     * @param answerTimeout how long a connect may take, and the answer to the greeting, which waits until earlier lines count
     */
    public record Options(
            String host,
            int port,
            String clientId,
            Optional<String> token,
            int maxLines,
            long maxBytes,
            Duration answerTimeout) {

        /** Checks the values. */
        public Options {
            Bounds.requireIn("port", port, 1, Bounds.LAST_PORT);
            if (!Hello.isId(clientId) || !token.map(Hello::isId).orElse(true)) {
                throw new IllegalArgumentException("the client id and the token must have 1 to " + Hello.LONGEST_ID
                        + " characters of ASCII without spaces");
            }
            if (maxLines < 1 || maxBytes < 1) {
                throw new IllegalArgumentException(
                        "lines and bytes kept must be >= 1, but are " + maxLines + " and " + maxBytes);
            }
            Bounds.requirePositive("answerTimeout", answerTimeout);
        }

        /** The same with a token. */
        public Options token(String newToken) {
            return new Options(host, port, clientId, Optional.of(newToken), maxLines, maxBytes, answerTimeout);
        }

        /** The same, but so much is kept until it is acknowledged. Default: 10 000 lines, 16 MiB. */
        public Options maxPending(int lines, long bytes) {
            return new Options(host, port, clientId, token, lines, bytes, answerTimeout);
        }

        /** The same with another limit for a connect and for the answer to the greeting. Default: 10 s each. */
        public Options answerTimeout(Duration timeout) {
            return new Options(host, port, clientId, token, maxLines, maxBytes, timeout);
        }

        /** Begins to connect, and returns at once. */
        public AckedLineClient open() {
            return new AckedLineClient(this);
        }

        /** Does not show the token. */
        @Override
        public String toString() {
            return "Options[" + host + ":" + port + ", clientId=" + clientId + ", token="
                    + (token.isPresent() ? "set" : "none") + ", maxLines=" + maxLines + ", maxBytes=" + maxBytes
                    + ", answerTimeout=" + answerTimeout + "]";
        }
    }

    /**
     * Sends a line; waits while too much is not acknowledged.
     *
     * @param line must not contain a newline
     * @throws IOException if the client is closed, or the server has refused it
     */
    public void send(String line) throws IOException, InterruptedException {
        pending.add(bytes(line));
    }

    /**
     * Sends a line unless too much is not acknowledged.
     *
     * @return false if it was not taken
     * @throws IOException if the client is closed, or the server has refused it
     */
    public boolean offer(String line) throws IOException {
        return pending.offer(bytes(line));
    }

    private static byte[] bytes(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line must not contain a newline, but one of " + line.length()
                    + " characters does at " + line.indexOf('\n'));
        }
        return line.getBytes(UTF_8);
    }

    /** How many lines are not acknowledged yet. */
    public int unacknowledged() {
        return pending.size();
    }

    /**
     * Waits until all lines that were sent before are acknowledged.
     *
     * @return false if they are not after this time
     * @throws IOException if the client is closed, or the server has refused it
     */
    public boolean flush(Duration timeout) throws IOException, InterruptedException {
        return pending.awaitEmpty(TimeUnit.NANOSECONDS.convert(timeout));
    }

    /** Closes the connection; lines that are not acknowledged are forgotten, so {@link #flush} first. */
    @Override
    public void close() {
        connection.close();
    }
}
