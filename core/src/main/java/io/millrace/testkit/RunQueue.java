// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What could run now, in place of the threads of all dispatchers.
 *
 * <p>Any thread may add; whoever drives the simulation takes. Unbounded, as the queues of Akka's own dispatchers are: a
 * mailbox is in it at most once.
 */
final class RunQueue {

    /** One piece of work, and who hears of it when it throws. */
    record Work(Runnable runnable, Thread.UncaughtExceptionHandler handler) {}

    /** Hands the failure to the handler of whichever thread ran the work. */
    static final Thread.UncaughtExceptionHandler HANDLER_OF_THREAD =
            (thread, failure) -> thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Work[] ring = new @Nullable Work[64];
    private final BooleanSupplier fromOutside;
    private long outsiders;
    private int head;
    private int size;
    private boolean woken;
    private boolean closed;

    /** An empty one that counts the work that is {@code fromOutside}. */
    RunQueue(BooleanSupplier fromOutside) {
        this.fromOutside = fromOutside;
    }

    /** Adds work as the youngest. */
    void add(Runnable runnable, Thread.UncaughtExceptionHandler handler) {
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("the simulation is closed, but was given " + runnable);
            }
            if (size == ring.length) {
                grow();
            }
            ring[place(size)] = new Work(runnable, handler);
            size++;
            outsiders += fromOutside.getAsBoolean() ? 1 : 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the work at the index that {@code choice} gives for the number there is; null if there is none.
     *
     * <p>The oldest moves to the place of the chosen one: constant time, and with index 0 first in, first out.
     */
    @Nullable
    Work take(IntUnaryOperator choice) {
        lock.lock();
        try {
            if (size == 0) {
                return null;
            }
            int chosen = place(choice.applyAsInt(size));
            Work work = ring[chosen];
            ring[chosen] = ring[head];
            ring[head] = null;
            head = place(1);
            size--;
            return work;
        } finally {
            lock.unlock();
        }
    }

    /** Lets {@link #await} return though there may be no work. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits in real time until there is work or somebody wakes it; false if neither happened. */
    boolean await(Duration real) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = real.toNanos();
            while (size == 0 && !woken && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            boolean worthALook = size > 0 || woken;
            woken = false;
            return worthALook;
        } finally {
            lock.unlock();
        }
    }

    /** How much work came from outside. */
    long outsiders() {
        lock.lock();
        try {
            return outsiders;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is in it and refuses what comes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            ring = new @Nullable Work[1];
            head = 0;
            size = 0;
        } finally {
            lock.unlock();
        }
    }

    private int place(int index) {
        return (head + index) % ring.length;
    }

    private void grow() {
        @Nullable Work[] larger = new @Nullable Work[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = ring[place(i)];
        }
        ring = larger;
        head = 0;
    }
}
