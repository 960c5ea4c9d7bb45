// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One that is connected to a {@link LineServer}. Thread-safe. */
final class LineClient implements Closeable {

    private final Socket socket;
    private volatile boolean gone;

    LineClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    /** Sends a line; false if the client is gone. True does not mean that it has read the line. */
    synchronized boolean say(String line) {
        if (gone) {
            return false;
        }
        try {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the client hangs up; what it says is not listened to. */
    void awaitGone() {
        try (InputStream ignored = socket.getInputStream()) {
            ignored.skip(Long.MAX_VALUE);
        } catch (IOException e) {
            // gone in another way than by hanging up
        } finally {
            gone = true;
        }
    }

    String address() {
        return String.valueOf(socket.getRemoteSocketAddress());
    }

    /** Hangs up. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
