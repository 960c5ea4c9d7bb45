// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.Materializer;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks.Broken;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Lines of UTF-8 text from clients that number them, over TCP: each line counts exactly once, though connections break, the receiver
 * moves and, with a checkpoint directory, the job is killed and started again. {@link AckedLineClient} is such a client.
 *
 * <pre>
 * C: HELLO 1 &lt;clientId&gt; [token]       S: OK &lt;number of the next line&gt;
 * C: &lt;number&gt; &lt;text&gt;                   S: ACK &lt;number&gt;   this line and all before it count
 *                                       S: ERR &lt;reason&gt;   and the connection is closed
 * </pre>
 *
 * <p>Every line ends with {@code '\n'}. The lines of a client are numbered from 1 on without gaps, over all its connections; its id has 1
 * to 128 characters of ASCII without spaces. After {@code OK n} everything before n counts, and the client goes on with n; what it sends
 * once more is left out, and acknowledged when it counts. There is one {@code ACK} per client and block, or a few. A line counts when
 * enough executors hold it and, with a checkpoint directory, when it is on the disk.
 *
 * <p>{@code ERR} answers a missing or repeated {@code HELLO} that is none, another version, a wrong token, a line without a number, a gap,
 * a line that is too long ({@code millrace.text.max-line-bytes}) or comes too slowly, and a client beyond those that are remembered. If a
 * client connects while it is connected, the newer connection wins. It is answered when the lines of the older one count.
 *
 * <p>The text is taken as it is, except that a carriage return before the newline belongs to the line's end. Errors name a line by the
 * client, the first line of the piece that it came with, and the byte in it, such as {@code sensor-7#1201 byte 40}.
 *
 * <p>How many lines of each client count is remembered for ever, with the job; hence the limit of clients. The token and the lines travel
 * as they are: listen on other addresses than loopback only in a network that you trust. Immutable, except that it knows where it
 * listens.
 */
public final class AckedSocketServer implements Receiver<String> {

    private final SocketServer.Settings server;
    private final AckedSettings settings;
    private final BoundAddress boundAddress = new BoundAddress();

    AckedSocketServer(SocketServer.Settings server, AckedSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    private AckedSocketServer with(AckedSettings changed) {
        return new AckedSocketServer(server, changed);
    }

    /** The same for clients that know this token, 1 to 128 characters of ASCII without spaces. Default: anybody. */
    public AckedSocketServer token(String token) {
        return with(new AckedSettings(
                Optional.of(token),
                settings.maxClients(),
                settings.maxLinesInFlight(),
                settings.maxBytesInFlight(),
                settings.lineTimeout()));
    }

    /** The same, but so many clients are remembered, 1 to 1 000 000; others are refused. Default: 10 000. */
    public AckedSocketServer maxClients(int clients) {
        return with(new AckedSettings(
                settings.token(),
                clients,
                settings.maxLinesInFlight(),
                settings.maxBytesInFlight(),
                settings.lineTimeout()));
    }

    /**
     * The same, but a client is not read any further while so much of it was read and does not count yet. Both bounds may be exceeded by
     * two reads, of at most 128 KiB or one line each. Default: 1 000 000 lines, 16 MiB.
     */
    public AckedSocketServer maxInFlight(long lines, long bytes) {
        return with(new AckedSettings(settings.token(), settings.maxClients(), lines, bytes, settings.lineTimeout()));
    }

    /** The same with another limit for a line from its first byte to its last, which acts after once to twice of it. Default: 30 s. */
    public AckedSocketServer lineTimeout(Duration timeout) {
        return with(new AckedSettings(
                settings.token(),
                settings.maxClients(),
                settings.maxLinesInFlight(),
                settings.maxBytesInFlight(),
                timeout));
    }

    /** As {@link SocketServer#boundAddress()}. */
    public CompletionStage<InetSocketAddress> boundAddress() {
        return boundAddress.get();
    }

    @Override
    public String name() {
        return "acknowledged socket server " + Origin.of(server.host(), server.port());
    }

    @Override
    public RestartPolicy restartPolicy() {
        return server.restart();
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        AckedClients clients = new AckedClients(
                context.offsets(), settings.maxClients(), settings.maxLinesInFlight(), settings.maxBytesInFlight());
        return feed(
                Source.fromMaterializer((materializer, attributes) -> connections(context, clients, materializer)),
                clients,
                server.maxConnections() + 1);
    }

    /** What the clients send by so many connections at a time, each line of it once. */
    static Feed<String> feed(
            Source<Source<AckedClients.Offer, NotUsed>, ?> connections, AckedClients clients, int breadth) {
        return Feed.lines(
                connections
                        .flatMapMerge(breadth, connection -> connection)
                        .map(clients::admit)
                        .filter(Optional::isPresent)
                        .map(Optional::get),
                clients);
    }

    private Source<Source<AckedClients.Offer, NotUsed>, NotUsed> connections(
            ReceiverContext context, AckedClients clients, Materializer materializer) {
        return server.bind(materializer, boundAddress, name())
                .via(new Admission<>(
                        context,
                        server.maxConnections(),
                        (connection, origin, ended, broken) -> AckedSession.over(
                                silent(connection, context),
                                clients,
                                settings,
                                context.maxLineBytes(),
                                context.time(),
                                fault -> broken.accept(new Broken(origin, 0, 0, fault)),
                                ended)));
    }

    private Flow<ByteString, ByteString, NotUsed> silent(
            Flow<ByteString, ByteString, NotUsed> connection, ReceiverContext context) {
        return connection.via(IdleTimeout.flow(context.time(), server.idleTimeout()));
    }
}
