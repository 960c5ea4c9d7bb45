// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;

/**
 * A receiver in the style of Spark's {@code Receiver}: {@link #onStart} starts threads that call {@code store}, {@link #onStop} ends them.
 *
 * <pre>{@code
 * final class Numbers extends CustomReceiver<Integer> {
 *     Numbers() {
 *         super("numbers");
 *     }
 *
 *     public void onStart(ReceiverHandle<Integer> handle) {
 *         Thread thread = new Thread(() -> {
 *             for (int i = 0; !handle.isStopped(); i++) {
 *                 handle.store(i);
 *             }
 *         });
 *         thread.setDaemon(true);
 *         thread.start();
 *     }
 *
 *     public void onStop() {}
 * }
 * }</pre>
 *
 * <p>An instance may be started several times, one after the other, on several executors: after {@link ReceiverHandle#restart}, when
 * {@code onStart} threw, and when its executor died. Each start has a handle of its own.
 *
 * @param <T> records; they must not be changed once they are stored
 */
public abstract class CustomReceiver<T> implements Receiver<T> {

    private static final int CAPACITY = 10_000;
    private static final int MOST_CAPACITY = 10_000_000;

    private final String name;
    private final int capacity;

    /**
     * A receiver with a buffer for 10 000 records.
     *
     * @param name what it is, for logs and errors; never a secret
     */
    protected CustomReceiver(String name) {
        this(name, CAPACITY);
    }

    /**
     * A receiver with a buffer for so many records.
     *
     * @param name what it is, for logs and errors; never a secret
     * @param capacity how many records may wait for the job, 1 to 10 000 000; beyond it {@code store} waits. A block may exceed it
     */
    protected CustomReceiver(String name, int capacity) {
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException("capacity must be in 1.." + MOST_CAPACITY + ", but is " + capacity);
        }
        this.name = name;
        this.capacity = capacity;
    }

    /**
     * Begins to receive. Must not block and must not store anything itself: it starts threads that do. If it throws, that is reported,
     * and it is called again with growing delays.
     *
     * @param handle what those threads store with
     */
    public abstract void onStart(ReceiverHandle<T> handle) throws Exception;

    /**
     * Undoes what {@link #onStart} did, whether that succeeded or not. The handle is stopped when it is called: threads that wait in
     * {@code store} go on with an exception. Must not wait for long.
     */
    public abstract void onStop() throws Exception;

    @Override
    public final String name() {
        return name;
    }

    /** Not again after {@link ReceiverHandle#stop}; after a failure with growing delays. */
    @Override
    public RestartPolicy restartPolicy() {
        return RestartPolicy.UNTIL_COMPLETE;
    }

    @Override
    public final Feed<T> open(ReceiverContext context) {
        return Feed.deliveries(Source.fromGraph(new StoredRecords<>(this, capacity, context)));
    }
}
