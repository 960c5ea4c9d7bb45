// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.LineChunks.Broken;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receiver.TextChunk;
import java.time.Duration;
import java.util.Optional;

/**
 * Lines of UTF-8 text from a TCP server we connect to, such as {@code nc -lk 9999}.
 *
 * <p>The source ends when the peer closes the connection, and then a last line without a newline counts too. It fails
 * when the connection cannot be made or breaks; then such a line is dropped and reported. In both cases the engine
 * connects again as {@link #restart} says. What was sent while nobody was connected is lost: the protocol has no
 * acknowledgements.
 *
 * @param host the name or address to connect to, looked up at every connect
 * @param port the port, 1 to 65535
 * @param connectTimeout how long a connect may take; default 10 s. The system's clock counts here, not the job's
 * @param idleTimeout how long nothing may come before the connection is taken for dead; default for ever
 * @param restart when to connect again; default {@link RestartPolicy#DEFAULT}
 */
public record SocketClient(
        String host, int port, Duration connectTimeout, Optional<Duration> idleTimeout, RestartPolicy restart)
        implements Receiver<String> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Checks the numbers. */
    public SocketClient {
        Bounds.requireIn("port", port, 1, Bounds.LAST_PORT);
        Bounds.requirePositive("connectTimeout", connectTimeout);
        idleTimeout.ifPresent(timeout -> Bounds.requirePositive("idleTimeout", timeout));
    }

    /** A client with the defaults. */
    public static SocketClient connect(String host, int port) {
        return new SocketClient(host, port, CONNECT_TIMEOUT, Optional.empty(), RestartPolicy.DEFAULT);
    }

    /** The same with another limit for a connect. */
    public SocketClient connectTimeout(Duration timeout) {
        return new SocketClient(host, port, timeout, idleTimeout, restart);
    }

    /** The same with a limit for silence. */
    public SocketClient idleTimeout(Duration timeout) {
        return new SocketClient(host, port, connectTimeout, Optional.of(timeout), restart);
    }

    /** The same with another policy for connecting again. */
    public SocketClient restart(RestartPolicy policy) {
        return new SocketClient(host, port, connectTimeout, idleTimeout, policy);
    }

    @Override
    public String name() {
        return "socket " + Origin.of(host, port);
    }

    @Override
    public RestartPolicy restartPolicy() {
        return restart;
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        return Feed.lines(Source.fromMaterializer((materializer, attributes) -> lines(context, materializer)));
    }

    private Source<TextChunk, NotUsed> lines(ReceiverContext context, Materializer materializer) {
        var connection = Tcp.get(materializer.system())
                .outgoingConnection(
                        Origin.address(host, port),
                        Optional.empty(),
                        ReceiveOnly.OPTIONS,
                        ReceiveOnly.HALF_CLOSE,
                        Optional.of(connectTimeout),
                        Optional.empty());
        return ReceiveOnly.source(connection, () -> {})
                .via(IdleTimeout.flow(context.time(), idleTimeout))
                .via(PacedReads.flow(context))
                .mapError(Throwable.class, failure -> SocketFailure.at(name(), failure))
                .via(LineChunks.flow(Origin.of(host, port), context.maxLineBytes(), broken -> report(broken, context)))
                .mapMaterializedValue(connected -> NotUsed.getInstance());
    }

    private static void report(Broken broken, ReceiverContext context) {
        if (broken.droppedBytes() > 0) {
            context.reportError(
                    "dropped " + broken.droppedBytes() + " bytes of an unfinished line of " + broken.origin()
                            + " at position " + broken.position(),
                    broken.cause());
        }
    }
}
