// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import io.millrace.receiver.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was stored and is not taken by the job yet; storing waits while it is full. Thread-safe.
 *
 * @param <T> records
 */
final class StoreBuffer<T> {

    private final int capacity;
    private final Runnable onMore;
    private final Deque<Delivery<T>> waiting = new ArrayDeque<>();
    private int records;
    private boolean wanted;
    private boolean closed;

    /**
     * An empty one.
     *
     * @param capacity how many records may wait; the last delivery may exceed it
     * @param onMore runs when something comes after {@link #poll} found nothing
     */
    StoreBuffer(int capacity, Runnable onMore) {
        this.capacity = capacity;
        this.onMore = onMore;
    }

    /** Adds a delivery when there is room. */
    void put(Delivery<T> delivery, ReceiverHandle<T> handle) {
        boolean tell;
        synchronized (this) {
            try {
                while (records >= capacity && !closed && !handle.isStopped()) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the buffer of " + capacity + " records was full", e);
            }
            if (closed || handle.isStopped()) {
                throw new IllegalStateException("the receiver is stopped");
            }
            waiting.add(delivery);
            records += size(delivery);
            tell = wanted;
            wanted = false;
        }
        if (tell) {
            onMore.run();
        }
    }

    /** The next delivery; if there is none, it is told when one comes. */
    synchronized @Nullable Delivery<T> poll() {
        Delivery<T> next = waiting.poll();
        if (next == null) {
            wanted = true;
        } else {
            records -= size(next);
            notifyAll();
        }
        return next;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Has those who wait see that their handle is stopped. */
    synchronized void wake() {
        notifyAll();
    }

    /** Takes nothing more; answers what nobody has taken. */
    synchronized List<Delivery<T>> close() {
        closed = true;
        List<Delivery<T>> left = new ArrayList<>(waiting);
        waiting.clear();
        records = 0;
        notifyAll();
        return left;
    }

    private static int size(Delivery<?> delivery) {
        return delivery instanceof Delivery.Whole<?> whole
                ? Math.max(1, whole.records().size())
                : 1;
    }
}
