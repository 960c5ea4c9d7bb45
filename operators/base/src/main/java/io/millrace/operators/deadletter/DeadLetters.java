// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.OutputOperator;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the dead letters of a job in memory, with the records themselves, and feeds records into the job again when it is told to.
 *
 * <pre>{@code
 * DeadLetters<String> letters = DeadLetters.of(String.class, 10_000);
 * DStream<String> lines = context.union(context.receiverStream(source), context.receiverStream(letters.receiver()));
 * lines.map(Order::parse).onError(ErrorPolicy.DEAD_LETTER)…
 * context.deadLetters().output(letters);
 * …
 * letters.redrive(letter -> repaired(letter));
 * }</pre>
 *
 * <p>Nothing goes round by itself: a record that fails again is a dead letter again and waits for the next redrive. A record that was
 * fed again and taken by the job is as safe as that of any source that cannot repeat itself: it is replicated with its block. Thread-safe.
 *
 * @param <T> the records to feed again
 */
public final class DeadLetters<T> implements OutputOperator<DeadLetter> {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Class<T> type;
    private final int maxLetters;
    private final Deque<DeadLetter> held = new ArrayDeque<>();
    private final Deque<T> waiting = new ArrayDeque<>();
    private final Receiver<T> receiver = new Redrive();
    private @Nullable Runnable wakeUp;
    private long dropped;

    private DeadLetters(Class<T> type, int maxLetters) {
        if (maxLetters < 1) {
            throw new IllegalArgumentException("maxLetters must be >= 1, but is " + maxLetters);
        }
        this.type = type;
        this.maxLetters = maxLetters;
    }

    /**
     * Keeps dead letters.
     *
     * @param type the class of records that can be fed again as they are
     * @param maxLetters how many letters are kept, and how many records may wait to be fed again, at least 1. When there are more, the
     *     oldest letters are dropped, counted and logged
     */
    public static <T> DeadLetters<T> of(Class<T> type, int maxLetters) {
        return new DeadLetters<>(type, maxLetters);
    }

    @Override
    public String kind() {
        return "deadLetters";
    }

    @Override
    public synchronized void write(BatchTime time, List<DeadLetter> letters) {
        held.addAll(letters);
        int many = held.size() - maxLetters;
        for (int i = 0; i < many; i++) {
            held.remove();
        }
        if (many > 0) {
            dropped += many;
            LOG.warn("dead letters are dropped batch={} dropped={} maxLetters={}", time, many, maxLetters);
        }
    }

    /** The letters that are kept, the oldest first. */
    public synchronized List<DeadLetter> held() {
        return List.copyOf(held);
    }

    /** How many letters were dropped because there were too many. */
    public synchronized long dropped() {
        return dropped;
    }

    /** How many records wait to be taken by the job. */
    public synchronized int waiting() {
        return waiting.size();
    }

    // ---- feeding again ----

    /** What feeds records again into the job; to be made one of its streams. */
    public Receiver<T> receiver() {
        return receiver;
    }

    /**
     * Feeds the records again as they are, the oldest first; what is of another class stays.
     *
     * @return how many
     */
    public int redrive() {
        return redrive(letter ->
                type.isInstance(letter.record()) ? Optional.of(type.cast(letter.record())) : Optional.empty());
    }

    /**
     * Feeds again what a function makes of the letters, the oldest first. Letters of which it makes nothing stay, and so do those for
     * which there is no room among the records that wait. If the function throws, that letter and those after it stay.
     *
     * @param repair makes the record to be fed again, if it can
     * @return how many
     */
    public int redrive(Function<? super DeadLetter, Optional<T>> repair) {
        Runnable told;
        int fed = 0;
        synchronized (this) {
            try {
                for (Iterator<DeadLetter> letters = held.iterator();
                        letters.hasNext() && waiting.size() < maxLetters; ) {
                    Optional<T> record = repair.apply(letters.next());
                    if (record.isPresent()) {
                        waiting.add(record.get());
                        letters.remove();
                        fed++;
                    }
                }
            } finally {
                told = wakeUp;
                if (told != null && !waiting.isEmpty()) {
                    told.run();
                }
            }
        }
        return fed;
    }

    /**
     * Gives letters up.
     *
     * @return how many
     */
    public synchronized int discard(Predicate<? super DeadLetter> unwanted) {
        List<DeadLetter> wanted = new ArrayList<>(held);
        wanted.removeIf(unwanted);
        int discarded = held.size() - wanted.size();
        held.clear();
        held.addAll(wanted);
        return discarded;
    }

    /** The next record to be fed again; whoever gets none is woken when there is one. */
    synchronized Optional<T> next() {
        return Optional.ofNullable(waiting.poll());
    }

    /** From now on it is this one that feeds. */
    synchronized void opened(Runnable newWakeUp) {
        wakeUp = newWakeUp;
    }

    private final class Redrive implements Receiver<T> {
        @Override
        public String name() {
            return "redrive of dead letters";
        }

        @Override
        public Feed<T> open(ReceiverContext context) {
            return Feed.records(Source.fromGraph(new RedriveSource<>(DeadLetters.this)));
        }
    }
}
