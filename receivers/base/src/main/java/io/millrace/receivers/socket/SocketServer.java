// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receiver.TextChunk;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Lines of UTF-8 text from many feeders that connect to us over TCP.
 *
 * <p>Every connection is an origin of its own; their lines are merged fairly, one chunk each in turn.
 * A feeder that closes its connection has its last line counted even without a newline. One that breaks loses it, is
 * reported, and does not disturb the others. A job that is slower than its feeders stops reading, and TCP stops them.
 *
 * <p>Immutable, except that it knows where it listens. The source fails when the address cannot be bound; when it is
 * stopped, it no longer listens and all its connections are closed.
 */
public final class SocketServer implements Receiver<String> {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int BACKLOG = 1024;

    private final Settings settings;
    private final BoundAddress boundAddress = new BoundAddress();

    /** Where and how a server listens. */
    record Settings(String host, int port, int maxConnections, Optional<Duration> idleTimeout, RestartPolicy restart) {

        Settings {
            Bounds.requireIn("port", port, 0, Bounds.LAST_PORT);
            Bounds.requireIn("maxConnections", maxConnections, 1, MOST_CONNECTIONS);
            idleTimeout.ifPresent(timeout -> Bounds.requirePositive("idleTimeout", timeout));
        }

        /** The connections that come, as long as it listens. */
        Source<Tcp.IncomingConnection, NotUsed> bind(Materializer materializer, BoundAddress bound, String name) {
            return Tcp.get(materializer.system())
                    .bind(host, port, BACKLOG, ReceiveOnly.OPTIONS, ReceiveOnly.HALF_CLOSE, Optional.empty())
                    .mapMaterializedValue(binding -> {
                        binding.thenAccept(done -> bound.bound(done.localAddress(), done.whenUnbound()));
                        return NotUsed.getInstance();
                    })
                    .mapError(Throwable.class, failure -> SocketFailure.at(name, failure));
        }
    }

    private SocketServer(Settings settings) {
        this.settings = settings;
    }

    /** A server that listens on 127.0.0.1, with the defaults; port 0 means any that is free. */
    public static SocketServer listen(int port) {
        return listen(LOOPBACK, port);
    }

    /** A server with the defaults; port 0 means any that is free. */
    public static SocketServer listen(String host, int port) {
        return new SocketServer(new Settings(host, port, MAX_CONNECTIONS, Optional.empty(), RestartPolicy.DEFAULT));
    }

    /** The same with another limit of connections at a time, 1 to 100 000; default 1000. Those beyond are reset. */
    public SocketServer maxConnections(int limit) {
        return new SocketServer(
                new Settings(settings.host, settings.port, limit, settings.idleTimeout, settings.restart));
    }

    /** The same with a limit for silence, after which a connection is reset; default for ever. */
    public SocketServer idleTimeout(Duration timeout) {
        return new SocketServer(new Settings(
                settings.host, settings.port, settings.maxConnections, Optional.of(timeout), settings.restart));
    }

    /** The same with another policy for listening again; default {@link RestartPolicy#DEFAULT}. */
    public SocketServer restart(RestartPolicy policy) {
        return new SocketServer(
                new Settings(settings.host, settings.port, settings.maxConnections, settings.idleTimeout, policy));
    }

    /**
     * The same for clients that number their lines and are told which count, so that each counts exactly once. What is set here holds
     * there too.
     */
    public AckedSocketServer acknowledged() {
        return new AckedSocketServer(settings, AckedSettings.DEFAULT);
    }

    /**
     * Where it listens: completed while it does, and otherwise completes when it does next.
     *
     * <p>Every server made from another by an option has its own.
     */
    public CompletionStage<InetSocketAddress> boundAddress() {
        return boundAddress.get();
    }

    @Override
    public String name() {
        return "socket server " + Origin.of(settings.host, settings.port);
    }

    @Override
    public RestartPolicy restartPolicy() {
        return settings.restart;
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        return Feed.lines(Source.fromMaterializer((materializer, attributes) -> lines(context, materializer)));
    }

    private Source<TextChunk, NotUsed> lines(ReceiverContext context, Materializer materializer) {
        int oneMoreToRefuse = settings.maxConnections + 1;
        return settings.bind(materializer, boundAddress, name())
                .via(new Admission<>(
                        context,
                        settings.maxConnections,
                        (connection, origin, ended, broken) -> ReceiveOnly.source(connection, ended)
                                .via(IdleTimeout.flow(context.time(), settings.idleTimeout))
                                .via(PacedReads.flow(context))
                                .via(LineChunks.flow(origin, context.maxLineBytes(), broken))
                                .onErrorComplete()))
                .flatMapMerge(oneMoreToRefuse, lines -> lines);
    }
}
