// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on between clients and a server, and resets every connection after some of them. */
final class CuttingProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final ServerSocket listener;
    private final SplittableRandom random;
    private final int mostBytes;
    private volatile boolean cutting = true;
    private final AtomicInteger cuts = new AtomicInteger();

    /** Cuts a connection after 1 to {@code mostBytes} bytes from the client. */
    CuttingProxy(InetSocketAddress target, int mostBytes, long seed) throws IOException {
        this.target = target;
        this.mostBytes = mostBytes;
        this.random = new SplittableRandom(seed);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    /** From now on connections live. */
    void heal() {
        cutting = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(target.getAddress(), target.getPort());
                long most = cutting ? random.nextLong(1, mostBytes + 1) : Long.MAX_VALUE;
                thread(() -> pump(client, server, most));
                thread(() -> pump(server, client, Long.MAX_VALUE));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void pump(Socket from, Socket to, long most) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[4096];
            long left = most;
            while (left > 0) {
                int count = in.read(bytes, 0, (int) Math.min(bytes.length, left));
                if (count < 0) {
                    return;
                }
                out.write(bytes, 0, count);
                left -= count;
            }
            cuts.incrementAndGet();
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
        } catch (IOException e) {
            // the other direction has closed
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
