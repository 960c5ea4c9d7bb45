// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.GraphStageWithMaterializedValue;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.Block;
import io.millrace.time.TimeSource;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The end of a receiver's stream: cuts what comes into blocks, and pulls only while there is credit, so that a source which
 * brings more than the job can take is stopped at its origin; it also pulls no sooner than {@link Limits} allow.
 *
 * @param <C> what the receiver emits
 */
final class IngestStage<C> extends GraphStageWithMaterializedValue<SinkShape<C>, IngestStage.Control> {

    /** What the stage tells its supervisor, from its own thread. */
    interface Listener {
        void onBlock(Block block);

        void onSealed(BatchTime batch);

        void onEnd(@Nullable Throwable failure);
    }

    /** How the supervisor reaches the running stage, from any thread. */
    interface Control {
        /** True if all that came is in these first so many blocks, so that there is nothing to cut. */
        boolean isIdleAfter(long blocks);

        /**
         * Cut now what there is, and say so.
         *
         * @param lateForLast whether what was cut for the batch before may have come too late, so that it is in this one
         */
        void seal(BatchTime batch, boolean lateForLast);

        /** Credit was given back, or the rate has changed: go on if that is enough. */
        void resume();

        /** Take nothing more, cut what there is, and end. */
        void stop();

        /** The source brings what it has, and ends: read that as soon as there is credit, however fast the limits would allow it. */
        void drain();
    }

    private final Inlet<C> in = Inlet.create("ingest.in");
    private final SinkShape<C> shape = SinkShape.of(in);
    private final Supplier<Cutter<C>> cutters;
    private final Credit credit;
    private final Limits limits;
    private final Supplier<Duration> blockInterval;
    private final TimeSource time;
    private final Listener listener;

    IngestStage(
            Supplier<Cutter<C>> cutters,
            Credit credit,
            Limits limits,
            Supplier<Duration> blockInterval,
            TimeSource time,
            Listener listener) {
        this.cutters = cutters;
        this.credit = credit;
        this.limits = limits;
        this.blockInterval = blockInterval;
        this.time = time;
        this.listener = listener;
    }

    @Override
    public SinkShape<C> shape() {
        return shape;
    }

    @Override
    public Tuple2<GraphStageLogic, Control> createLogicAndMaterializedValue(Attributes attributes) {
        Logic logic = new Logic();
        return Tuple2.apply(logic, logic);
    }

    private final class Logic extends GraphStageLogic implements Control {
        private final Cutter<C> cutter = cutters.get();
        private final AsyncCallback<BatchTime> onSeal = createAsyncCallback(this::sealFor);
        private final AsyncCallback<Boolean> onResume = createAsyncCallback(ignored -> pullIfOpen());
        private final AsyncCallback<Long> onInterval = createAsyncCallback(this::intervalOver);
        private final AsyncCallback<Boolean> onStop = createAsyncCallback(graceful -> stopNow());
        private final AsyncCallback<Boolean> onDrain = createAsyncCallback(ignored -> drainNow());
        private final AtomicLong block = new AtomicLong();
        private volatile boolean empty = true;
        private Timer.@Nullable Scheduled limit;
        private Timer.@Nullable Scheduled pause;
        private boolean draining;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    take(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    end(null);
                    completeStage();
                }

                @Override
                public void onUpstreamFailure(Throwable failure) {
                    end(failure);
                    completeStage();
                }
            });
        }

        @Override
        public void preStart() {
            pullIfOpen();
        }

        private void take(C chunk) {
            long now = nowMicros();
            long bytes = cutter.add(chunk, now, this::hand);
            credit.take(bytes);
            limits.take(cutter.lastRecords(), bytes, now);
            empty = cutter.isEmpty();
            arm();
            pullIfOpen();
        }

        private void hand(Block full) {
            block.incrementAndGet();
            if (limit != null) {
                limit.cancel();
                limit = null;
            }
            listener.onBlock(full);
        }

        /** Sees to it that the block which is being filled is cut when the block interval is over. */
        private void arm() {
            if (limit == null && !cutter.isEmpty()) {
                long current = block.get();
                limit = time.timer().at(time.now().plus(blockInterval.get()), () -> onInterval.invoke(current));
            }
        }

        private void intervalOver(Long cutBlock) {
            if (cutBlock == block.get()) {
                seal();
            }
        }

        private void sealFor(BatchTime batch) {
            seal();
            listener.onSealed(batch);
        }

        private void seal() {
            cutter.seal(nowMicros(), this::hand);
            empty = cutter.isEmpty();
        }

        private void stopNow() {
            cancel(in);
            end(null);
            completeStage();
        }

        private void drainNow() {
            draining = true;
            pullIfOpen();
        }

        private void end(@Nullable Throwable failure) {
            seal();
            listener.onEnd(failure);
        }

        private void pullIfOpen() {
            endPause();
            if (credit.isOpen() && !hasBeenPulled(in) && !isClosed(in)) {
                long wait = draining ? 0 : limits.waitMicros(nowMicros());
                if (wait == 0) {
                    pull(in);
                } else {
                    pause = time.timer().at(time.now().plus(wait, ChronoUnit.MICROS), () -> onResume.invoke(true));
                }
            }
        }

        private void endPause() {
            if (pause != null) {
                pause.cancel();
                pause = null;
            }
        }

        @Override
        public void postStop() {
            endPause();
        }

        private long nowMicros() {
            return time.micros();
        }

        @Override
        public boolean isIdleAfter(long blocks) {
            return empty && block.get() == blocks;
        }

        @Override
        public void seal(BatchTime batch, boolean lateForLast) {
            onSeal.invoke(batch);
        }

        @Override
        public void resume() {
            onResume.invoke(true);
        }

        @Override
        public void stop() {
            onStop.invoke(true);
        }

        @Override
        public void drain() {
            onDrain.invoke(true);
        }
    }
}
