// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.GraphStageWithMaterializedValue;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Drain;
import io.millrace.receiver.LimitedReports;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receivers.actor.ActorReceiver.Ask;
import io.millrace.receivers.actor.ActorReceiver.Message;
import io.millrace.receivers.actor.ActorReceiver.Reply;
import io.millrace.receivers.actor.ActorReceiver.Store;
import io.millrace.receivers.actor.ActorReceiver.Tell;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * The source of what the actor is told; the actor is the stage's own.
 *
 * @param <T> records
 */
final class ToldRecords<T> extends GraphStageWithMaterializedValue<SourceShape<Delivery<T>>, Drain> {

    private final Outlet<Delivery<T>> out = Outlet.create("ToldRecords.out");
    private final SourceShape<Delivery<T>> shape = SourceShape.of(out);
    private final CurrentRef<T> current;
    private final int capacity;
    private final ReceiverContext context;

    ToldRecords(CurrentRef<T> current, int capacity, ReceiverContext context) {
        this.current = current;
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

    private final class Logic extends GraphStageLogic implements Drain {
        private final Deque<Message<T>> buffer = new ArrayDeque<>();
        private final LimitedReports drops;
        private final AsyncCallback<Boolean> onDrain = createAsyncCallback(drain -> drainNow());
        private int buffered;
        private boolean draining;
        private @Nullable ActorRef<Message<T>> self;

        Logic() {
            super(shape);
            AsyncCallback<LimitedReports> due = createAsyncCallback(LimitedReports::tell);
            this.drops = new LimitedReports(context, due::invoke);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    give();
                }
            });
        }

        @Override
        @SuppressWarnings("unchecked")
        public void preStart() {
            ActorRef<Message<T>> ref = Adapter.toTyped(getStageActor(message -> {
                        if (message._2() instanceof Message<?> told) {
                            take((Message<T>) told);
                        }
                        return BoxedUnit.UNIT;
                    })
                    .ref());
            self = ref;
            current.runs(ref);
        }

        private void take(Message<T> message) {
            if (draining) {
                refuse(message);
            } else if (buffered < capacity) {
                buffered += records(message);
                buffer.add(message);
                give();
            } else if (message instanceof Ask<T> ask) {
                ask.replyTo().tell(Reply.BUSY);
            } else if (message instanceof Store<T> store) {
                store.replyTo().tell(Reply.BUSY);
            } else {
                drops.add(
                        "dropped a record",
                        new RejectedExecutionException("the buffer has its " + capacity + " records"));
            }
        }

        /** It came after the job was told to stop. */
        private void refuse(Message<T> message) {
            if (message instanceof Ask<T> ask) {
                ask.replyTo().tell(Reply.FAILED);
            } else if (message instanceof Store<T> store) {
                store.replyTo().tell(Reply.FAILED);
            } else {
                drops.add("dropped a record", new RejectedExecutionException("the receiver stops"));
            }
        }

        private void drainNow() {
            draining = true;
            if (self != null) {
                current.gone(self);
            }
            give();
        }

        private void give() {
            Message<T> message = isAvailable(out) ? buffer.poll() : null;
            if (message instanceof Tell<T> tell) {
                push(out, new Delivery.Single<>(tell.record()));
            } else if (message instanceof Ask<T> ask) {
                push(out, new Delivery.Single<>(ask.record()));
                ask.replyTo().tell(Reply.TAKEN);
            } else if (message instanceof Store<T> store) {
                push(out, new Delivery.Whole<>(store.records(), new Answer(store.replyTo())));
            }
            buffered -= message == null ? 0 : records(message);
            if (draining && buffer.isEmpty()) {
                completeStage();
            }
        }

        @Override
        public void postStop() {
            if (self != null) {
                current.gone(self);
            }
            int lost = 0;
            for (Message<T> message : buffer) {
                if (message instanceof Ask<T> ask) {
                    ask.replyTo().tell(Reply.FAILED);
                } else if (message instanceof Store<T> store) {
                    store.replyTo().tell(Reply.FAILED);
                } else {
                    lost++;
                }
            }
            drops.tell();
            if (lost > 0) {
                context.reportError(
                        "dropped " + lost + " records that were told",
                        new RejectedExecutionException("the receiver stopped"));
            }
        }

        @Override
        public void drain() {
            onDrain.invoke(true);
        }
    }

    private static int records(Message<?> message) {
        return message instanceof Store<?> store ? Math.max(1, store.records().size()) : 1;
    }

    private record Answer(ActorRef<Reply> replyTo) implements Receipt {

        @Override
        public void received() {
            replyTo.tell(Reply.STORED);
        }

        @Override
        public void failed(Throwable cause) {
            replyTo.tell(Reply.FAILED);
        }
    }
}
