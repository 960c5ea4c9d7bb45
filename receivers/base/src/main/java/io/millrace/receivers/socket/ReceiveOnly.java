// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.io.Inet.SocketOption;
import akka.io.TcpSO;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * The reading half of a TCP connection on which we never send.
 *
 * <p>Our half stays open until the peer has sent its end or the reader stops, so that nothing of the peer's is cut off;
 * then it is closed too. Without that Akka would keep the socket for ever.
 */
final class ReceiveOnly {

    /** The kernel asks a silent peer whether it is still there. */
    static final List<SocketOption> OPTIONS = List.of(TcpSO.keepAlive(true));

    /**
     * What Akka is told about half-closing: a reader that stops closes at once instead of draining the peer. The peer
     * may still close its half before ours.
     */
    static final boolean HALF_CLOSE = false;

    private ReceiveOnly() {}

    /**
     * What the peer sends.
     *
     * @param onEnd runs once when that is over, before our half is closed; any thread
     */
    static <M> Source<ByteString, M> source(Flow<ByteString, ByteString, M> connection, Runnable onEnd) {
        return Source.<ByteString>maybe().viaMat(connection, Keep.both()).watchTermination((both, done) -> {
            done.whenComplete((ended, failure) -> {
                onEnd.run();
                both.first().complete(Optional.empty());
            });
            return both.second();
        });
    }
}
