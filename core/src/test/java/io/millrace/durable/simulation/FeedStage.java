// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import io.millrace.receiver.Delivery;
import java.io.IOException;
import java.util.Optional;

/** The source of a connection: brings what the client has next, and waits when it has nothing. */
final class FeedStage extends GraphStage<SourceShape<Delivery<String>>> {

    /** What a client does for one connection. */
    interface Connection {

        /** The next block, if there is one now. */
        Optional<Delivery<String>> next();

        /** The connection is open; {@code more} is to be called when there may be more, {@code cut} to break it. */
        void opened(Runnable more, Runnable cut);

        /** The connection is closed. */
        void closed(Runnable more);
    }

    private final Outlet<Delivery<String>> out = Outlet.create("feed.out");
    private final SourceShape<Delivery<String>> shape = SourceShape.of(out);
    private final Connection connection;

    FeedStage(Connection connection) {
        this.connection = connection;
    }

    @Override
    public SourceShape<Delivery<String>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic implements Runnable {
        private final AsyncCallback<Boolean> onMore = createAsyncCallback(broken -> {
            if (broken) {
                failStage(new IOException("connection reset"));
            } else {
                push();
            }
        });

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    push();
                }
            });
        }

        @Override
        public void preStart() {
            connection.opened(this, () -> onMore.invoke(true));
        }

        @Override
        public void postStop() {
            connection.closed(this);
        }

        /** There may be more. */
        @Override
        public void run() {
            onMore.invoke(false);
        }

        private void push() {
            if (isAvailable(out)) {
                connection.next().ifPresent(delivery -> push(out, delivery));
            }
        }
    }
}
