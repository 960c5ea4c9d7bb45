// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a server and cuts connections when it is told: before a request has come through, or before its reply has. */
final class CuttingProxy implements AutoCloseable {

    /** What is done with the next bytes. */
    enum Cut {
        NONE,
        REQUEST,
        REPLY
    }

    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) throws IOException {
        this.target = target;
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon("proxy", this::accept);
    }

    URI address() {
        return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
    }

    /** Cuts the connection at the next request, or at its reply. */
    void cutNext(Cut cut) {
        next.set(cut);
    }

    /** Whether what was told last has been done. */
    boolean hasCut() {
        return next.get() == Cut.NONE;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                daemon("proxy-requests", () -> forward(client, server, Cut.REQUEST));
                daemon("proxy-replies", () -> forward(server, client, Cut.REPLY));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void forward(Socket from, Socket to, Cut cut) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                if (next.compareAndSet(cut, Cut.NONE)) {
                    return;
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one end has gone: closing both is all there is to do
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
