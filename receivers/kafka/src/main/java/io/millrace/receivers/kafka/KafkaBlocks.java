// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.Timer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The source of a receiver: runs the thread that polls as long as the stream, and hands out its blocks when they are full or due. When
 * polling fails, what came before is handed out first.
 *
 * @param <T> records
 */
final class KafkaBlocks<T> extends GraphStage<SourceShape<Delivery<T>>> {

    private final Outlet<Delivery<T>> out = Outlet.create("KafkaBlocks.out");
    private final SourceShape<Delivery<T>> shape = SourceShape.of(out);
    private final KafkaPlan<T> plan;
    private final ReceiverContext context;

    KafkaBlocks(KafkaPlan<T> plan, ReceiverContext context) {
        this.plan = plan;
        this.context = context;
    }

    @Override
    public SourceShape<Delivery<T>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final AsyncCallback<Boolean> onMore = createAsyncCallback(more -> give());
        private final AsyncCallback<Boolean> onDue = createAsyncCallback(due -> dueNow());
        private final BlockPacing pacing = new BlockPacing(context::batchInterval);
        private final BrokerCommits commits = new BrokerCommits(plan.group(), context);
        private final PolledBlocks<T> blocks =
                new PolledBlocks<>(plan.bounds(), () -> onMore.invoke(true), commits::receipt);
        private final PollLoop<T> loop = new PollLoop<>(plan, context, blocks, commits);
        private Timer.@Nullable Scheduled scheduled;

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
            Thread thread =
                    new Thread(loop, "millrace-" + plan.name() + "-" + context.streamId() + "-" + context.executor());
            thread.setDaemon(true);
            thread.start();
        }

        private void dueNow() {
            scheduled = null;
            give();
        }

        private void give() {
            if (isAvailable(out)) {
                long now = context.time().micros();
                boolean due = now >= pacing.dueMicros() || blocks.hasFailed();
                Delivery.Whole<T> next = blocks.poll(due);
                if (next != null) {
                    pacing.went(now);
                    push(out, next);
                } else if (blocks.isFilling() && scheduled == null) {
                    Instant at = Instant.EPOCH.plus(pacing.dueMicros(), ChronoUnit.MICROS);
                    scheduled = context.time().timer().at(at, () -> onDue.invoke(true));
                }
            }
            Throwable failure = blocks.failure();
            if (failure != null) {
                failStage(failure);
            }
        }

        @Override
        public void postStop() {
            if (scheduled != null) {
                scheduled.cancel();
            }
            loop.stop();
            blocks.close();
        }
    }
}
