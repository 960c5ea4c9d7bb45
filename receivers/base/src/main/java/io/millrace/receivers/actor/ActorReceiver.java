// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.actor;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An actor that is told records.
 *
 * <p>{@link Tell} wants no answer: when the buffer is full the record is dropped, counted and reported, at most once per second.
 * {@link Ask} is answered when the job has taken the record, so whoever waits for the answer before he asks again is as fast as the job;
 * when the buffer is full the answer is {@link Reply#BUSY} at once, and the record is not taken. {@link Store} is answered when the
 * records count as received, and then they are not lost by the death of an executor.
 *
 * <p>The actor lives while the receiver runs; when it is opened again, there is another one. What is in the buffer then is lost, and
 * reported; of what was asked, the answer is {@link Reply#FAILED}. Messages to an actor that is gone have no answer, as always.
 *
 * <p>When the job stops gracefully, what is in the buffer is processed. What comes after that is not taken: a record that was told is
 * reported as dropped, any other message is answered with {@link Reply#FAILED}.
 *
 * <p>The actor takes messages of its own JVM only.
 *
 * @param <T> records; they must not be changed once they are told
 */
public final class ActorReceiver<T> implements Receiver<T> {

    private static final int CAPACITY = 10_000;
    private static final int MOST_CAPACITY = 10_000_000;

    /**
     * What it can be told.
     *
     * @param <T> records
     */
    public sealed interface Message<T> extends NoSerializationVerificationNeeded {}

    /**
     * Take this record if there is room.
     *
     * @param <T> its type
     */
    public record Tell<T>(T record) implements Message<T> {}

    /**
     * Take this record, and say when that is done.
     *
     * @param <T> its type
     */
    public record Ask<T>(T record, ActorRef<Reply> replyTo) implements Message<T> {}

    /**
     * Make a block of these records, and say when it counts as received. The block is neither cut nor merged.
     *
     * @param <T> their type
     */
    public record Store<T>(List<T> records, ActorRef<Reply> replyTo) implements Message<T> {
        /** Copies the list. */
        public Store {
            records = List.copyOf(records);
        }
    }

    /** What became of it. */
    public enum Reply implements NoSerializationVerificationNeeded {
        /** The job has taken the record. It is lost if the executor dies before its block is copied. */
        TAKEN,
        /** The records are held by as many executors as they must be, and the driver knows of them. */
        STORED,
        /** The buffer is full: nothing was taken. */
        BUSY,
        /** The receiver stopped before it was known. */
        FAILED
    }

    private final String name;
    private final int capacity;
    private final CurrentRef<T> current = new CurrentRef<>();

    private ActorReceiver(String name, int capacity) {
        this.name = name;
        this.capacity = capacity;
    }

    /** A receiver with a buffer for 10 000 records. */
    public static <T> ActorReceiver<T> named(String name) {
        return new ActorReceiver<>(name, CAPACITY);
    }

    /** The same with a buffer for so many records, 1 to 10 000 000, and an actor of its own. A block may exceed it. */
    public ActorReceiver<T> capacity(int records) {
        if (records < 1 || records > MOST_CAPACITY) {
            throw new IllegalArgumentException("capacity must be in 1.." + MOST_CAPACITY + ", but is " + records);
        }
        return new ActorReceiver<>(name, records);
    }

    /** The actor: completed while the receiver runs, and otherwise completes when it runs next. */
    public CompletionStage<ActorRef<Message<T>>> ref() {
        return current.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        return Feed.deliveries(Source.fromGraph(new ToldRecords<>(current, capacity, context)));
    }
}
