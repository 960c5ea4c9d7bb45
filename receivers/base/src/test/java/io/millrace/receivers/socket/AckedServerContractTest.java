// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class AckedServerContractTest extends ReceiverContract<String> {

    @Override
    protected Subject<String> start() {
        AckedSocketServer server = SocketServer.listen("127.0.0.1", 0).acknowledged();
        return new Subject<>() {
            private @Nullable Peer peer;
            private int client;
            private int number;

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
                    client++; // the probe tells nobody what counts, so that another client comes each time
                    number = 0;
                    feeder.send("HELLO 1 client-" + client + "\n");
                    peer = feeder;
                }
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    number++;
                    lines.add("client " + client + " line " + number);
                    feeder.send(number + " " + lines.get(i) + "\n");
                }
                return lines;
            }

            @Override
            public void breakOff() throws IOException {
                if (peer != null) {
                    peer.reset();
                    peer = null;
                }
            }

            @Override
            public void awaitReleased() throws Exception {
                if (peer != null) {
                    peer.finish();
                    peer = null;
                }
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
