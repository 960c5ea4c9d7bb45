// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.Done;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.OutHandler;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.FutureConverters;

/**
 * A source that is handed one list after the other, and says of each when it was taken: when there is demand after its last element.
 * It holds nothing but the list it was handed last.
 *
 * @param <E> elements
 */
final class HandOver<E> extends AbstractGraphStageWithMaterializedValue<SourceShape<E>, HandOver.Handle<E>> {

    /** How elements are handed over; thread-safe. */
    interface Handle<E> {

        /** Hands over elements. The future completes when they were taken, and fails when the stream ends before that. */
        CompletableFuture<Done> offer(List<? extends E> elements);

        /** Ends the stream after what was handed over before. */
        void complete();

        /** Breaks the stream off. */
        void fail(Throwable cause);
    }

    private final Outlet<E> out = Outlet.create("handOver.out");
    private final SourceShape<E> shape = SourceShape.of(out);

    @Override
    public SourceShape<E> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, Handle<E>> createLogicAndMaterializedValuePair(Attributes attributes) {
        Logic logic = new Logic();
        return Pair.create(logic, logic);
    }

    /** What is handed over, and what completes when it was taken. */
    private record Offer<E>(List<? extends E> elements, CompletableFuture<Done> taken) {}

    private final class Logic extends GraphStageLogic implements OutHandler, Handle<E> {

        private final AsyncCallback<Offer<E>> onOffer = createAsyncCallback(this::begin);
        private final AsyncCallback<Done> onComplete = createAsyncCallback(done -> completeStage());
        private final AsyncCallback<Throwable> onFail = createAsyncCallback(this::failStage);
        private Iterator<? extends E> left = Collections.emptyIterator();
        private @Nullable CompletableFuture<Done> taken;
        private volatile Throwable end = new IllegalStateException("the stream has ended");

        Logic() {
            super(shape);
            setHandler(out, this);
        }

        @Override
        public CompletableFuture<Done> offer(List<? extends E> elements) {
            CompletableFuture<Done> done = new CompletableFuture<>();
            FutureConverters.asJava(onOffer.invokeWithFeedback(new Offer<>(elements, done)))
                    .whenComplete((in, stopped) -> {
                        if (stopped != null) {
                            done.completeExceptionally(end);
                        }
                    });
            return done;
        }

        @Override
        public void complete() {
            onComplete.invoke(Done.getInstance());
        }

        @Override
        public void fail(Throwable cause) {
            onFail.invoke(cause);
        }

        private void begin(Offer<E> offer) {
            left = offer.elements().iterator();
            taken = offer.taken();
            if (isAvailable(out) || !left.hasNext()) {
                onPull();
            }
        }

        @Override
        public void onPull() {
            if (left.hasNext()) {
                push(out, left.next());
            } else if (taken != null) {
                taken.complete(Done.getInstance());
                taken = null;
            }
        }

        @Override
        public void onDownstreamFinish(Throwable cause) {
            end = cause;
            cancelStage(cause);
        }

        @Override
        public void postStop() {
            if (taken != null) {
                taken.completeExceptionally(end);
            }
        }
    }
}
