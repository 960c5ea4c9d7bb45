// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.GraphStageWithMaterializedValue;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Drain;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * The source of what a custom receiver stores; starts, restarts and stops it.
 *
 * @param <T> records
 */
final class StoredRecords<T> extends GraphStageWithMaterializedValue<SourceShape<Delivery<T>>, Drain> {

    private final Outlet<Delivery<T>> out = Outlet.create("StoredRecords.out");
    private final SourceShape<Delivery<T>> shape = SourceShape.of(out);
    private final CustomReceiver<T> receiver;
    private final int capacity;
    private final ReceiverContext context;

    StoredRecords(CustomReceiver<T> receiver, int capacity, ReceiverContext context) {
        this.receiver = receiver;
        this.capacity = capacity;
        this.context = context;
    }

    @Override
    public SourceShape<Delivery<T>> shape() {
        return shape;
    }

    @Override
    public Tuple2<GraphStageLogic, Drain> createLogicAndMaterializedValue(Attributes attributes) {
        Logic logic = new Logic();
        return Tuple2.apply(logic, logic);
    }

    private final class Logic extends GraphStageLogic implements ReceiverHandle.Control<T>, Drain {

        private record Restart<T>(ReceiverHandle<T> handle, Duration delay) {}

        private final AsyncCallback<Boolean> onMore = createAsyncCallback(more -> give());
        private final AsyncCallback<Restart<T>> onRestart = createAsyncCallback(this::restartNow);
        private final AsyncCallback<ReceiverHandle<T>> onStop = createAsyncCallback(this::stopNow);
        private final AsyncCallback<Boolean> onDue = createAsyncCallback(due -> begin());
        private final AsyncCallback<Boolean> onDrain = createAsyncCallback(drain -> drainNow());
        private final StoreBuffer<T> buffer = new StoreBuffer<>(capacity, () -> onMore.invoke(true));
        private @Nullable ReceiverHandle<T> running;
        private Timer.@Nullable Scheduled scheduled;
        private boolean finishing;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
                }
            });
        }

        @Override
        public void preStart() {
            begin();
        }

        private void begin() {
            if (finishing) {
                return;
            }
            ReceiverHandle<T> handle = new ReceiverHandle<>(buffer, context, this);
            running = handle;
            try {
                receiver.onStart(handle);
            } catch (Exception e) {
                failStage(e);
            }
        }

        /** Ends the present start; false if it is not the one that is meant. */
        private boolean end(@Nullable ReceiverHandle<T> meant) {
            ReceiverHandle<T> handle = running;
            if (handle == null || handle != meant) {
                return false;
            }
            running = null;
            handle.end();
            try {
                receiver.onStop();
            } catch (Exception e) {
                context.reportError(receiver.name() + " did not stop well", e);
            }
            return true;
        }

        private void restartNow(Restart<T> restart) {
            if (end(restart.handle())) {
                scheduled =
                        context.time().timer().at(context.time().now().plus(restart.delay()), () -> onDue.invoke(true));
            }
        }

        private void stopNow(ReceiverHandle<T> handle) {
            if (end(handle)) {
                finishing = true;
                give();
            }
        }

        private void drainNow() {
            endRestart();
            end(running);
            finishing = true;
            give();
        }

        private void endRestart() {
            if (scheduled != null) {
                scheduled.cancel();
                scheduled = null;
            }
        }

        private void give() {
            if (isAvailable(out)) {
                Delivery<T> next = buffer.poll();
                if (next != null) {
                    push(out, next);
                }
            }
            if (finishing && buffer.isEmpty()) {
                completeStage();
            }
        }

        @Override
        public void postStop() {
            endRestart();
            end(running);
            int lost = 0;
            IllegalStateException stopped = new IllegalStateException("the receiver is stopped");
            for (Delivery<T> left : buffer.close()) {
                if (left instanceof Delivery.Whole<T> whole) {
                    whole.receipt().failed(stopped);
                } else {
                    lost++;
                }
            }
            if (lost > 0) {
                context.reportError("dropped " + lost + " records that were stored one by one", stopped);
            }
        }

        @Override
        public void restart(ReceiverHandle<T> handle, Duration delay) {
            onRestart.invoke(new Restart<>(handle, delay));
        }

        @Override
        public void stop(ReceiverHandle<T> handle) {
            onStop.invoke(handle);
        }

        @Override
        public void drain() {
            onDrain.invoke(true);
        }
    }
}
