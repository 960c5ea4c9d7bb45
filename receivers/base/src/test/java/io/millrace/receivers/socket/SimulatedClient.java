// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.BoundedSourceQueue;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.util.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection to a {@link SimulatedServer} by hand. */
final class SimulatedClient {

    private final StringBuilder heard = new StringBuilder();
    private @Nullable BoundedSourceQueue<ByteString> queue;
    private boolean over;

    SimulatedClient(SimulatedServer server) {
        Source<ByteString, NotUsed> bytes = Source.<ByteString>queue(1 << 16).mapMaterializedValue(made -> {
            queue = made;
            return NotUsed.getInstance();
        });
        server.connect(Flow.fromSinkAndSource(Sink.fromGraph(new Replies()), bytes));
    }

    /** True if the server has taken the connection. */
    boolean isConnected() {
        return queue != null;
    }

    SimulatedClient send(String text) {
        if (queue != null) {
            queue.offer(ByteString.fromString(text));
        }
        return this;
    }

    /** Hears what the server says, and when it is gone. */
    private final class Replies extends GraphStage<SinkShape<ByteString>> {
        private final Inlet<ByteString> in = Inlet.create("replies");

        @Override
        public SinkShape<ByteString> shape() {
            return SinkShape.of(in);
        }

        @Override
        public GraphStageLogic createLogic(Attributes attributes) {
            return new GraphStageLogic(shape()) {
                {
                    setHandler(in, new AbstractInHandler() {
                        @Override
                        public void onPush() {
                            heard.append(grab(in).utf8String());
                            pull(in);
                        }
                    });
                }

                @Override
                public void preStart() {
                    pull(in);
                }

                @Override
                public void postStop() {
                    over = true;
                }
            };
        }
    }

    /** Sends the end of its bytes. */
    void finish() {
        if (queue != null && !over) {
            queue.complete();
            queue = null;
        }
    }

    /** Breaks the connection. */
    void reset() {
        if (queue != null && !over) {
            queue.fail(new IOException("reset"));
            queue = null;
        }
    }

    /** True if the server has closed the connection. */
    boolean isOver() {
        return over;
    }

    /** All that the server said, line by line. */
    List<String> heard() {
        return new ArrayList<>(heard.toString().lines().toList());
    }

    /** The number of the last acknowledgement, of {@code OK} too; -1 if nothing was said. */
    long acknowledged() {
        long last = -1;
        for (String line : heard()) {
            if (line.startsWith("OK ")) {
                last = Long.parseLong(line.substring(3)) - 1;
            } else if (line.startsWith("ACK ")) {
                last = Long.parseLong(line.substring(4));
            }
        }
        return last;
    }
}
