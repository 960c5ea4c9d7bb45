// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * Passes lines on from a sender to Spark's socket source. That source takes as much as comes and keeps it on the heap until a batch
 * has it, so a sender at full speed fills any heap; here only so many lines are under way. The last bytes are held back until
 * {@link #release}, so that there is a batch after it.
 */
final class PacedRelay implements AutoCloseable {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final InetSocketAddress sender;
    private final long linesUnderWay;
    private final LongSupplier linesDone;
    private final ServerSocket server;
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean closed;

    /** A relay that has not begun. */
    PacedRelay(InetSocketAddress sender, long linesUnderWay, LongSupplier linesDone) throws IOException {
        this.sender = sender;
        this.linesUnderWay = linesUnderWay;
        this.linesDone = linesDone;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** The loopback port where the lines are. */
    int port() {
        return server.getLocalPort();
    }

    /** Begins, on a thread of its own. */
    void start() {
        Thread thread = new Thread(this::run, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (Socket from = new Socket(sender.getAddress(), sender.getPort());
                Socket to = server.accept();
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] chunk = new byte[CHUNK_BYTES];
            byte[] held = new byte[CHUNK_BYTES];
            int holding = 0;
            long lines = 0;
            int length;
            while ((length = in.read(chunk)) > 0) {
                out.write(held, 0, holding);
                byte[] full = chunk;
                chunk = held;
                held = full;
                holding = length;
                lines += lines(full, length);
                while (lines - linesDone.getAsLong() > linesUnderWay && !closed) {
                    Thread.sleep(1);
                }
            }
            released.await();
            out.write(held, 0, holding);
            out.flush();
            while (!closed) { // Spark takes the end of the stream for an error of no matter, but says so
                Thread.sleep(10);
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int lines(byte[] bytes, int length) {
        int lines = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** Lets the last bytes go. */
    void release() {
        released.countDown();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        release();
        server.close();
    }
}
