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
import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fails a connection on which nothing came for so long although we were ready to read, with a {@link
 * SocketTimeoutException}.
 *
 * <p>The time in which the job does not read does not count: then the sender has to wait for us. Goes by the job's clock.
 */
final class IdleTimeout extends GraphStage<FlowShape<ByteString, ByteString>> {

    private final Inlet<ByteString> in = Inlet.create("IdleTimeout.in");
    private final Outlet<ByteString> out = Outlet.create("IdleTimeout.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final TimeSource time;
    private final Duration timeout;

    private IdleTimeout(TimeSource time, Duration timeout) {
        this.time = time;
        this.timeout = timeout;
    }

    /** A flow that leaves the bytes as they are; without a timeout it does nothing. */
    static Flow<ByteString, ByteString, NotUsed> flow(TimeSource time, Optional<Duration> timeout) {
        Flow<ByteString, ByteString, NotUsed> bytes = Flow.create();
        return timeout.isEmpty() ? bytes : bytes.via(new IdleTimeout(time, timeout.get()));
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

        private final IdleTimeout stage;
        private final AsyncCallback<Instant> check = createAsyncCallback(this::onCheck);
        private @Nullable Instant waitingSince;
        private Timer.@Nullable Scheduled scheduled;

        Logic(IdleTimeout stage) {
            super(stage.shape);
            this.stage = stage;
            setHandler(stage.in, this);
            setHandler(stage.out, this);
        }

        @Override
        public void preStart() {
            checkAt(stage.time.now().plus(stage.timeout));
        }

        @Override
        public void postStop() {
            if (scheduled != null) {
                scheduled.cancel();
            }
        }

        @Override
        public void onPush() {
            waitingSince = null;
            push(stage.out, grab(stage.in));
        }

        @Override
        public void onPull() {
            waitingSince = stage.time.now();
            pull(stage.in);
        }

        private void onCheck(Instant due) {
            Instant now = stage.time.now();
            Instant deadline = (waitingSince == null ? now : waitingSince).plus(stage.timeout);
            if (now.isBefore(deadline)) {
                checkAt(deadline);
            } else {
                failStage(new SocketTimeoutException("nothing received for " + stage.timeout));
            }
        }

        private void checkAt(Instant due) {
            scheduled = stage.time.timer().at(due, () -> check.invoke(due));
        }
    }
}
