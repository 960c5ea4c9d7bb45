// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.util.ByteString;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.TextChunk;
import io.millrace.receiver.TextReceipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the lines of every client count, and which are on their way: what one opening of an acknowledged server knows. Thread-safe.
 *
 * <p>A client has one connection at a time, the last one that came. A connection is accepted only when all lines of earlier ones count,
 * so that the number it is told is also the one after the last line that will ever come of them; what an earlier connection still
 * delivers after that is refused.
 */
final class AckedClients implements TextReceipt {

    /** The connection of a client. All calls are short and return at once. */
    interface Connection {
        /** The client is to go on with the line of this number. */
        void accepted(long next);

        /** All lines up to this one count. */
        void counted(long last);

        /** The client has a newer connection. */
        void replaced();
    }

    /**
     * Lines that a connection brings.
     *
     * @param from the connection
     * @param client whose it is
     * @param first the number of the first line
     * @param count how many they are, at least 1
     * @param payloads the lines
     */
    record Offer(Connection from, String client, long first, int count, ByteString payloads) {}

    private record Piece(String origin, long last, int lines, int bytes) {}

    private static final class Client {
        private final Deque<Piece> inFlight = new ArrayDeque<>();
        private long next;
        private long lines;
        private long bytes;
        private @Nullable Connection connection;
        private boolean waits;

        Client(long next) {
            this.next = next;
        }

        long counted() {
            Piece oldest = inFlight.peek();
            return (oldest == null ? next : oldest.last() - oldest.lines() + 1) - 1;
        }
    }

    private final int maxClients;
    private final long maxLines;
    private final long maxBytes;
    private final Map<String, Client> clients = new HashMap<>();
    private final Map<String, Client> byOrigin = new HashMap<>();

    /**
     * Nobody is connected.
     *
     * @param offsets by client, the number after the last line that counts
     * @param maxClients how many clients are remembered; if {@code offsets} has more, so many
     * @param maxLines how many lines of a client may be on their way
     * @param maxBytes how many bytes of a client may be on their way
     */
    AckedClients(Map<String, Long> offsets, int maxClients, long maxLines, long maxBytes) {
        this.maxClients = maxClients;
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
        offsets.forEach((client, next) -> clients.put(client, new Client(next)));
    }

    /** A client has a new connection, which is accepted now or later. */
    synchronized void connect(String id, Connection connection) throws ProtocolFault {
        if (!clients.containsKey(id) && clients.size() >= maxClients) {
            throw new ProtocolFault("this server remembers " + maxClients + " clients, and no more");
        }
        Client client = clients.computeIfAbsent(id, unknown -> new Client(1));
        Connection before = client.connection;
        client.connection = connection;
        client.waits = true;
        if (before != null) {
            before.replaced();
        }
        acceptIfDone(client);
    }

    /** A connection is gone. */
    synchronized void disconnect(String id, Connection connection) {
        Client client = clients.get(id);
        if (client != null && client.connection == connection) {
            client.connection = null;
        }
    }

    /** True if more lines of the client may come. */
    synchronized boolean hasRoom(String id) {
        Client client = clients.get(id);
        return client != null && client.lines < maxLines && client.bytes < maxBytes;
    }

    /** The number of the last line of the client that counts; 0 if none does. */
    synchronized long counted(String id) {
        Client client = clients.get(id);
        return client == null ? 0 : client.counted();
    }

    /** True if lines of the client are on their way. */
    synchronized boolean awaits(String id) {
        Client client = clients.get(id);
        return client != null && !client.inFlight.isEmpty();
    }

    /** Lines as a piece of the client's sequence; nothing if they come by a connection that was replaced. */
    synchronized Optional<TextChunk> admit(Offer offer) {
        Client client = clients.get(offer.client());
        if (client == null || client.connection != offer.from() || client.waits || client.next != offer.first()) {
            return Optional.empty();
        }
        long next = offer.first() + offer.count();
        String origin = offer.client() + "#" + offer.first();
        client.next = next;
        client.lines += offer.count();
        client.bytes += offer.payloads().length();
        client.inFlight.add(
                new Piece(origin, next - 1, offer.count(), offer.payloads().length()));
        byOrigin.put(origin, client);
        return Optional.of(new TextChunk(
                offer.payloads(),
                origin,
                0,
                List.of(),
                Optional.of(new OffsetRange(offer.client(), offer.first(), next))));
    }

    @Override
    public synchronized void received(String origin, long position) {
        Client client = byOrigin.get(origin);
        if (client == null) {
            return;
        }
        boolean found = false;
        while (!found) {
            Piece piece = client.inFlight.remove();
            byOrigin.remove(piece.origin());
            client.lines -= piece.lines();
            client.bytes -= piece.bytes();
            found = piece.origin().equals(origin);
        }
        if (client.waits) {
            acceptIfDone(client);
        } else if (client.connection != null) {
            client.connection.counted(client.counted());
        }
    }

    private static void acceptIfDone(Client client) {
        if (client.connection != null && client.inFlight.isEmpty()) {
            client.waits = false;
            client.connection.accepted(client.next);
        }
    }
}
