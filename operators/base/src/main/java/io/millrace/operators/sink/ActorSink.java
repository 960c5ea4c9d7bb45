// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.pattern.StatusReply;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Sends every batch, empty ones too, to an actor.
 *
 * <p>{@linkplain #tell Told}, a batch is done when it lies in the actor's mailbox: nothing holds back a job that is quicker than the
 * actor, and what becomes of the batch is the actor's affair. {@linkplain #ask Asked}, it is done when the actor has replied, and
 * until then the batches behind it wait; without a reply in time, or with a reply that is an error, it fails.
 *
 * @param <T> records
 */
public final class ActorSink<T> implements OutputOperator<T> {

    /** What becomes of a batch. */
    private interface Delivery<T> {
        void deliver(Batch<T> batch) throws Exception;
    }

    private final String kind;
    private final Delivery<T> delivery;

    private ActorSink(String kind, Delivery<T> delivery) {
        this.kind = kind;
        this.delivery = delivery;
    }

    /** Tells batches to an actor. */
    public static <T> ActorSink<T> tell(RecipientRef<? super Batch<T>> actor) {
        return new ActorSink<>("tell", actor::tell);
    }

    /**
     * Asks an actor to take batches, and waits for its reply.
     *
     * @param system whose scheduler limits the wait
     * @param actor the actor
     * @param message makes the message out of a batch and the one who waits for the reply. {@link StatusReply#ack()} or any other
     *     successful reply completes the batch, and {@code StatusReply.error(…)} fails it
     * @param timeout how long a reply may take, more than 0
     * @param <T> records
     * @param <M> messages of the actor
     * @param <R> what the actor replies
     */
    public static <T, M, R> ActorSink<T> ask(
            ActorSystem<?> system,
            RecipientRef<M> actor,
            BiFunction<Batch<T>, ActorRef<StatusReply<R>>, M> message,
            Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be > 0, but is " + timeout);
        }
        return new ActorSink<>("ask", batch -> {
            CompletionStage<R> reply = AskPattern.askWithStatus(
                    actor,
                    (ActorRef<StatusReply<R>> replyTo) -> message.apply(batch, replyTo),
                    timeout,
                    system.scheduler());
            await(actor, batch, reply, timeout);
        });
    }

    private static void await(RecipientRef<?> actor, Batch<?> batch, CompletionStage<?> reply, Duration timeout)
            throws InterruptedException {
        try {
            Object ignored = reply.toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String what = cause instanceof TimeoutException
                    ? "did not acknowledge the batch " + batch.time() + " of "
                            + batch.records().size() + " records within " + timeout
                    : "refused the batch " + batch.time() + " of "
                            + batch.records().size() + " records";
            throw new IllegalStateException("the actor " + actor + " " + what + ": " + cause.getMessage(), cause);
        }
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public void write(BatchTime time, List<T> records) throws Exception {
        delivery.deliver(new Batch<>(time, records));
    }
}
