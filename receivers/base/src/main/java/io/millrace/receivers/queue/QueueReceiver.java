// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.queue;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Batches out of a queue, as Spark's {@code queueStream}: each element of the queue is a list of records, and every batch takes one
 * element, or all there are.
 *
 * <p>An element is in exactly one batch. It is taken when the batch is due, so what is added until then is in time. An empty element
 * makes an empty batch; when the queue itself is empty, the batch gets the {@link #defaultBatch}, or nothing. A batch that is late
 * and absorbs others takes one element as any batch does.
 *
 * <p>An element is let go only when all of it counts as received. If the executor dies before, it comes in a later batch; if it dies
 * in the moment between, the element comes twice. Elements that are left when the job stops stay in the queue.
 *
 * <p>Thread-safe. What is made of a receiver by an option has the same queue.
 *
 * @param <T> records; they must not be changed once they are added
 */
public final class QueueReceiver<T> implements Receiver<T> {

    private static final int CAPACITY = 10_000;
    private static final int MOST_CAPACITY = 10_000_000;
    private static final int RECORDS_PER_BLOCK = 10_000;

    private final String name;
    private final Queue<List<T>> queue;
    private final HeldElements<T> elements;
    private final int mostElements;
    private final List<T> defaultBatch;

    private QueueReceiver(
            String name, Queue<List<T>> queue, HeldElements<T> elements, int mostElements, List<T> defaultBatch) {
        this.name = name;
        this.queue = queue;
        this.elements = elements;
        this.mostElements = mostElements;
        this.defaultBatch = List.copyOf(defaultBatch);
    }

    /** A receiver with a queue of its own, which has room for 10 000 elements. */
    public static <T> QueueReceiver<T> create() {
        return withCapacity(CAPACITY);
    }

    /**
     * A receiver with a queue of its own.
     *
     * @param capacity how many elements may wait, 1 to 10 000 000
     */
    public static <T> QueueReceiver<T> withCapacity(int capacity) {
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException("capacity must be in 1.." + MOST_CAPACITY + ", but is " + capacity);
        }
        return of(new ArrayBlockingQueue<>(capacity));
    }

    /** A receiver of this queue, which is thread-safe, or is used by others only in a block that is synchronized on it. */
    public static <T> QueueReceiver<T> of(Queue<List<T>> queue) {
        return new QueueReceiver<>("queue", queue, new HeldElements<>(queue), 1, List.of());
    }

    /** The same with another name. */
    public QueueReceiver<T> named(String newName) {
        return new QueueReceiver<>(newName, queue, elements, mostElements, defaultBatch);
    }

    /** The same, but a batch takes all elements there are when it is due. */
    public QueueReceiver<T> allAtOnce() {
        return new QueueReceiver<>(name, queue, elements, Integer.MAX_VALUE, defaultBatch);
    }

    /** The same, but a batch for which the queue is empty has these records. Default: none. */
    public QueueReceiver<T> defaultBatch(List<T> records) {
        return new QueueReceiver<>(name, queue, elements, mostElements, records);
    }

    /**
     * Adds an element.
     *
     * @throws IllegalStateException if the queue is full
     */
    public QueueReceiver<T> add(List<T> element) {
        List<T> copy = List.copyOf(element);
        synchronized (queue) {
            if (!queue.offer(copy)) {
                throw new IllegalStateException("the queue is full: " + queue.size() + " elements wait");
            }
        }
        return this;
    }

    /** How many elements do not count as received yet. */
    public int waiting() {
        return elements.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        BatchSource<T> source = batch -> {
            HeldElements.Taken<T> taken = elements.take(mostElements);
            return taken.isEmpty()
                    ? Delivery.blocks(defaultBatch, RECORDS_PER_BLOCK, Receipt.NONE)
                    : Delivery.blocks(taken.records(), RECORDS_PER_BLOCK, taken.receipt());
        };
        return Feed.batches(source);
    }
}
