// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.Done;
import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp.IncomingConnection;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.millrace.receiver.LimitedReports;
import io.millrace.receiver.LineChunks.Broken;
import io.millrace.receiver.ReceiverContext;
import java.net.ConnectException;
import java.util.function.Consumer;

/**
 * Turns each feeder that connects into a source of what it brings, as long as there is room for it; the others are reset.
 *
 * <p>Such a source never fails: a feeder that breaks is reported, and its place becomes free. Reports of one kind come at
 * most once per second.
 *
 * @param <T> what a feeder brings
 */
final class Admission<T> extends GraphStage<FlowShape<IncomingConnection, Source<T, NotUsed>>> {

    /**
     * Makes a source of a connection.
     *
     * @param <T> what it brings
     */
    interface Feeder<T> {
        /**
         * A source that does not fail.
         *
         * @param origin the name of the peer
         * @param ended is to be run once when the connection is over, before the peer sees that, so that its place is free then
         * @param broken is to be told if the feeder breaks
         */
        Source<T, NotUsed> source(
                Flow<ByteString, ByteString, NotUsed> connection,
                String origin,
                Runnable ended,
                Consumer<Broken> broken);
    }

    private final Inlet<IncomingConnection> in = Inlet.create("Admission.in");
    private final Outlet<Source<T, NotUsed>> out = Outlet.create("Admission.out");
    private final FlowShape<IncomingConnection, Source<T, NotUsed>> shape = FlowShape.of(in, out);
    private final ReceiverContext context;
    private final int maxConnections;
    private final Feeder<T> feeder;

    Admission(ReceiverContext context, int maxConnections, Feeder<T> feeder) {
        this.context = context;
        this.maxConnections = maxConnections;
        this.feeder = feeder;
    }

    @Override
    public FlowShape<IncomingConnection, Source<T, NotUsed>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic<>(this);
    }

    private static final class Logic<T> extends GraphStageLogic implements InHandler, OutHandler {

        private final Admission<T> stage;
        private final AsyncCallback<Broken> broken = createAsyncCallback(this::onBroken);
        private final AsyncCallback<Done> ended = createAsyncCallback(this::onEnded);
        private final LimitedReports breakages;
        private final LimitedReports refusals;
        private int open;

        Logic(Admission<T> stage) {
            super(stage.shape);
            this.stage = stage;
            this.breakages = limitedReports();
            this.refusals = limitedReports();
            setHandler(stage.in, this);
            setHandler(stage.out, this);
        }

        private LimitedReports limitedReports() {
            AsyncCallback<LimitedReports> due = createAsyncCallback(LimitedReports::tell);
            return new LimitedReports(stage.context, due::invoke);
        }

        @Override
        public void onPush() {
            IncomingConnection connection = grab(stage.in);
            if (open < stage.maxConnections) {
                open++;
                push(stage.out, lines(connection));
            } else {
                refuse(connection);
                pull(stage.in);
            }
        }

        @Override
        public void onPull() {
            pull(stage.in);
        }

        @Override
        public void postStop() {
            breakages.tell();
            refusals.tell();
        }

        private Source<T, NotUsed> lines(IncomingConnection connection) {
            String origin = Origin.of(connection.remoteAddress());
            return stage.feeder.source(
                    connection.flow(), origin, () -> ended.invoke(Done.getInstance()), broken::invoke);
        }

        private void refuse(IncomingConnection connection) {
            ConnectException full = new ConnectException("all " + stage.maxConnections + " connections are in use");
            refusals.add("refused " + Origin.of(connection.remoteAddress()) + ": " + full.getMessage(), full);
            Source.<ByteString>failed(full).via(connection.flow()).runWith(Sink.cancelled(), subFusingMaterializer());
        }

        private void onBroken(Broken feeder) {
            String dropped = feeder.droppedBytes() == 0
                    ? ""
                    : ", dropped " + feeder.droppedBytes() + " bytes of an unfinished line at position "
                            + feeder.position();
            breakages.add("lost " + feeder.origin() + ": " + feeder.cause().getMessage() + dropped, feeder.cause());
        }

        private void onEnded(Done end) {
            open--;
        }
    }
}
