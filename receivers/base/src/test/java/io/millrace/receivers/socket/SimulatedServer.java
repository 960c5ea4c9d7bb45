// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.BoundedSourceQueue;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An acknowledged server without sockets: the connections of {@link SimulatedClient}s, in a simulation. */
final class SimulatedServer implements Receiver<String> {

    final List<String> faults = new ArrayList<>();
    private final AckedSettings settings;
    private @Nullable BoundedSourceQueue<Flow<ByteString, ByteString, NotUsed>> connections;

    SimulatedServer(AckedSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "simulated server";
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        AckedClients clients = new AckedClients(
                context.offsets(), settings.maxClients(), settings.maxLinesInFlight(), settings.maxBytesInFlight());
        return AckedSocketServer.feed(
                Source.<Flow<ByteString, ByteString, NotUsed>>queue(4096)
                        .mapMaterializedValue(queue -> {
                            connections = queue;
                            return NotUsed.getInstance();
                        })
                        .map(connection -> AckedSession.over(
                                connection,
                                clients,
                                settings,
                                context.maxLineBytes(),
                                context.time(),
                                fault -> faults.add(String.valueOf(fault.getMessage())),
                                () -> {})),
                clients,
                4096);
    }

    /** Brings a connection; nobody may listen. */
    void connect(Flow<ByteString, ByteString, NotUsed> connection) {
        if (connections != null) {
            connections.offer(connection);
        }
    }
}
