// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.NotUsed;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.javadsl.Flow;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.Timer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Leaves the bytes as they are, and passes demand on when {@link ReadPacing} says so. */
final class PacedReads extends GraphStage<FlowShape<ByteString, ByteString>> {

    private final Inlet<ByteString> in = Inlet.create("PacedReads.in");
    private final Outlet<ByteString> out = Outlet.create("PacedReads.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final ReceiverContext context;

    private PacedReads(ReceiverContext context) {
        this.context = context;
    }

    static Flow<ByteString, ByteString, NotUsed> flow(ReceiverContext context) {
        return Flow.<ByteString>create().via(new PacedReads(context));
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic(this);
    }

    private static final class Logic extends GraphStageLogic implements InHandler, OutHandler {

        private final PacedReads stage;
        private final ReadPacing pacing;
        private final AsyncCallback<Long> read = createAsyncCallback(due -> readAgain());
        private Timer.@Nullable Scheduled scheduled;
        private long readAtMicros;

        Logic(PacedReads stage) {
            super(stage.shape);
            this.stage = stage;
            this.pacing = new ReadPacing(
                    stage.context::batchInterval, stage.context.time().micros());
            setHandler(stage.in, this);
            setHandler(stage.out, this);
        }

        @Override
        public void onPush() {
            ByteString bytes = grab(stage.in);
            readAtMicros = pacing.nextRead(stage.context.time().micros(), bytes.length());
            push(stage.out, bytes);
        }

        @Override
        public void onPull() {
            if (readAtMicros <= stage.context.time().micros()) {
                pull(stage.in);
                return;
            }
            long due = readAtMicros;
            scheduled =
                    stage.context.time().timer().at(Instant.EPOCH.plus(due, ChronoUnit.MICROS), () -> read.invoke(due));
        }

        private void readAgain() {
            scheduled = null;
            tryPull(stage.in);
        }

        @Override
        public void postStop() {
            if (scheduled != null) {
                scheduled.cancel();
            }
        }
    }
}
