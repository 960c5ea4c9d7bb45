// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the clients and the job, so that they find the one that has taken over. Connections are cut when it is switched. */
final class SwitchProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile int target;

    private SwitchProxy(ServerSocket server) {
        this.server = server;
    }

    /** A proxy that goes nowhere yet. */
    static SwitchProxy open() throws IOException {
        SwitchProxy proxy = new SwitchProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        daemon(proxy::accept, "proxy");
        return proxy;
    }

    /** A port at which nobody listens. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    int port() {
        return server.getLocalPort();
    }

    /** Leads new connections to this port, and cuts those that there are. */
    void switchTo(int port) {
        target = port;
        sockets.forEach(SwitchProxy::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> connect(client), "proxy-connect");
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        int port = target;
        try {
            Socket job = new Socket(InetAddress.getLoopbackAddress(), port);
            sockets.add(client);
            sockets.add(job);
            if (port != target) {
                throw new IOException("switched meanwhile");
            }
            daemon(() -> pass(client, job), "proxy-up");
            pass(job, client);
        } catch (IOException e) {
            close(client); // nobody listens: the client tries again
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // cut on either side: both are closed
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // it is cut all the same
        }
    }

    @Override
    public void close() {
        close(server);
        sockets.forEach(SwitchProxy::close);
    }
}
