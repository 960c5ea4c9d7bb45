// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class SocketServerContractTest extends ReceiverContract<String> {

    @Override
    protected Subject<String> start() {
        SocketServer server = SocketServer.listen("127.0.0.1", 0);
        return new Subject<>() {
            private final NumberedLines lines = new NumberedLines();
            private @Nullable Peer peer;

            @Override
            public Receiver<String> receiver() {
                return server;
            }

            @Override
            public List<String> bring(int count) throws Exception {
                Peer feeder = peer;
                if (feeder == null) {
                    feeder = Peer.connect(
                            server.boundAddress().toCompletableFuture().get(10, TimeUnit.SECONDS));
                    peer = feeder;
                }
                return lines.send(count, feeder);
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
                    throw new AssertionError("the server keeps its feeder");
                }
                peer = null;
                while (server.boundAddress().toCompletableFuture().isDone()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void close() throws IOException {
                if (peer != null) {
                    peer.close();
                }
            }
        };
    }
}
