// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A TCP server on the loopback address that serves one client after the other, as {@code nc -lk} does.
 *
 * <p>A client that connects while another is served waits for its turn. Thread-safe.
 */
final class LineServer implements Closeable {

    private static final int WAITING_CLIENTS = 16;

    private final ServerSocket socket;
    private final SynchronousQueue<LineClient> clients = new SynchronousQueue<>();
    private final Thread thread;
    private volatile @Nullable LineClient served;

    private LineServer(ServerSocket socket) {
        this.socket = socket;
        this.thread = new Thread(this::serve, "millrace-feeder");
        thread.setDaemon(true);
    }

    /** Listens on a port; 0 means any that is free. */
    static LineServer listen(int port) throws IOException {
        LineServer server = new LineServer(bind(port));
        server.thread.start();
        return server;
    }

    private static ServerSocket bind(int port) throws IOException {
        try {
            return new ServerSocket(port, WAITING_CLIENTS, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            throw new IOException("cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    String host() {
        return socket.getInetAddress().getHostAddress();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Host and port. */
    String address() {
        return host() + ":" + port();
    }

    /** Waits for the next client. */
    LineClient next() throws InterruptedException {
        return clients.take();
    }

    /** Waits for the next client, but not for ever; empty if none comes. */
    Optional<LineClient> next(Duration limit) throws InterruptedException {
        return Optional.ofNullable(clients.poll(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void serve() {
        try {
            while (true) {
                try (LineClient client = new LineClient(socket.accept())) {
                    served = client;
                    clients.put(client);
                    client.awaitGone();
                }
            }
        } catch (IOException | InterruptedException e) {
            // closed: the only way in which this thread ends
        }
    }

    /** Hangs up and listens no more. */
    @Override
    public void close() throws IOException {
        socket.close();
        thread.interrupt();
        LineClient last = served;
        if (last != null) {
            last.close();
        }
    }
}
