// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

class SocketClientContractTest extends ReceiverContract<String> {

    @Override
    protected Subject<String> start() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketClient client =
                SocketClient.connect("127.0.0.1", listener.socket().getLocalPort());
        return new Subject<>() {
            private final NumberedLines lines = new NumberedLines();
            private @Nullable Peer peer;

            @Override
            public Receiver<String> receiver() {
                return client;
            }

            @Override
            public List<String> bring(int count) throws IOException {
                Peer connected = peer;
                if (connected == null) {
                    connected = new Peer(listener.accept());
                    peer = connected;
                }
                return lines.send(count, connected);
            }

            @Override
            public void breakOff() throws IOException {
                if (peer != null) {
                    peer.reset();
                    peer = null;
                }
            }

            @Override
            public void awaitReleased() throws IOException {
                if (peer != null && !peer.seesTheEnd()) {
                    throw new AssertionError("the client keeps its connection");
                }
                peer = null;
            }

            @Override
            public void close() throws IOException {
                if (peer != null) {
                    peer.close();
                }
                listener.close();
            }
        };
    }
}
