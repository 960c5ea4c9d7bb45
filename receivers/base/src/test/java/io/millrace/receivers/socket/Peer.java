// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The other end of a connection. */
final class Peer implements AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;
    private static final int SILENCE_MS = 200;

    private final SocketChannel channel;

    Peer(SocketChannel channel) {
        this.channel = channel;
    }

    static Peer connect(InetSocketAddress address) throws IOException {
        return new Peer(SocketChannel.open(address));
    }

    /** Its own address, as the origin of its lines. */
    String origin() throws IOException {
        return Origin.of((InetSocketAddress) channel.getLocalAddress());
    }

    void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Sends the end of its bytes. */
    void finish() throws IOException {
        channel.shutdownOutput();
    }

    /** Breaks the connection. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Whether the other end stays open and silent for 0.2 s. */
    boolean hearsNothing() throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout(SILENCE_MS);
        try {
            int heard = socket.getInputStream().read();
            throw new AssertionError("heard " + heard);
        } catch (SocketTimeoutException expected) {
            return true;
        }
    }

    /** Waits until the other end closes or resets the connection. */
    boolean seesTheEnd() throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout(TIMEOUT_MS);
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException tooLate) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Sends whole lines of 1023 bytes until the other end takes no more for half a second; how many bytes it took. */
    long sendUntilBlocked(long most) throws IOException {
        byte[] line = new byte[1024];
        Arrays.fill(line, (byte) 'x');
        line[1023] = '\n';
        long sent = 0;
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer bytes = ByteBuffer.wrap(line);
            while (sent < most && selector.select(500) > 0) {
                selector.selectedKeys().clear();
                int written = channel.write(bytes);
                sent += written;
                if (!bytes.hasRemaining()) {
                    bytes.clear();
                }
            }
        }
        channel.configureBlocking(true);
        return sent;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
