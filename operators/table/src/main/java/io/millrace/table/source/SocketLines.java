// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import akka.NotUsed;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import java.io.IOException;
import java.util.Optional;

/**
 * Lines from a TCP server, as arrays of {@link LineColumns}. What was sent while nobody was connected is lost: the protocol has no
 * acknowledgements. The engine connects again when the connection ends or cannot be made.
 *
 * @param host the name or address to connect to
 * @param port the port
 */
record SocketLines(String host, int port) implements Receiver<byte[]> {

    @Override
    public String name() {
        return "socket " + origin();
    }

    private String origin() {
        return host + ":" + port;
    }

    @Override
    public Feed<byte[]> open(ReceiverContext context) {
        return Feed.records(Source.fromMaterializer((materializer, attributes) -> lines(context, materializer)));
    }

    private Source<byte[], NotUsed> lines(ReceiverContext context, Materializer materializer) {
        return bytes(materializer)
                .mapError(Throwable.class, failure -> new IOException(name() + ": " + failure.getMessage(), failure))
                .via(LineChunks.flow(origin(), context.maxLineBytes()))
                .map(chunk -> pack(chunk, context))
                .filter(packed -> packed.length > LineColumns.HEADER);
    }

    /** What the peer sends. Our half of the connection, on which nothing goes out, stays open until the peer has sent its end. */
    private Source<ByteString, NotUsed> bytes(Materializer materializer) {
        return Source.<ByteString>maybe()
                .viaMat(Tcp.get(materializer.system()).outgoingConnection(host, port), Keep.left())
                .watchTermination((open, done) -> {
                    done.whenComplete((ended, failure) -> open.complete(Optional.empty()));
                    return NotUsed.getInstance();
                });
    }

    private byte[] pack(TextChunk chunk, ReceiverContext context) {
        for (TextChunk.Rejected line : chunk.rejected()) {
            String what = "a line of " + line.length() + " bytes from " + origin() + " at position " + line.position()
                    + " is longer than the " + context.maxLineBytes() + " allowed, and was left out";
            context.reportError(what, new IOException(what));
        }
        return LineColumns.pack(chunk.lines().toByteBuffer(), context.time().micros());
    }
}
