// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a client has to send and those that are sent and not acknowledged. They get their numbers when the server has said for
 * the first time where the client is to go on. Thread-safe and bounded.
 */
final class PendingLines {

    private static final int BATCH_BYTES = 64 << 10;

    private final int maxLines;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> unsent = new ArrayDeque<>();
    private final Deque<byte[]> sent = new ArrayDeque<>();
    private long first = -1;
    private long bytes;
    private long added;
    private long acknowledged;
    private @Nullable IOException failure;

    PendingLines(int maxLines, long maxBytes) {
        this.maxLines = maxLines;
        this.maxBytes = maxBytes;
    }

    /**
     * Lines to send.
     *
     * @param first the number of the first one
     * @param lines the lines, without numbers and ends
     */
    record Batch(long first, List<byte[]> lines) {}

    /** What the server says does not fit to what was sent: there is no point in trying again. */
    static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1L;

        Mismatch(String what) {
            super(what);
        }
    }

    /** The server knows less than was acknowledged: it was replaced and does not know yet, or it has forgotten. */
    static final class Behind extends IOException {
        private static final long serialVersionUID = 1L;

        Behind(String what) {
            super(what);
        }
    }

    /** Adds a line; waits while there is no room. */
    void add(byte[] line) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!offer(line)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Adds a line if there is room. */
    boolean offer(byte[] line) throws IOException {
        lock.lock();
        try {
            check();
            int lines = unsent.size() + sent.size();
            if (lines > 0 && (lines >= maxLines || bytes + line.length > maxBytes)) {
                return false;
            }
            unsent.add(line);
            bytes += line.length;
            added++;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The server goes on with the line of this number: what comes before is acknowledged, the rest is to be sent.
     *
     * @throws Behind if lines from this number on were acknowledged; nothing is changed, another server may know better
     * @throws Mismatch if the number cannot be right
     */
    void goOn(long number) throws Behind, Mismatch {
        lock.lock();
        try {
            if (first < 0) {
                first = number;
            }
            if (number < first) {
                throw new Behind(
                        "the server goes on with line " + number + ", but has acknowledged all before " + first
                                + ": it has forgotten them, as one without a checkpoint directory does when it is started again");
            }
            if (number > first + sent.size()) {
                throw new Mismatch("the server goes on with line " + number + ", but this client has sent none from "
                        + (first + sent.size()) + " on: another one has used its id");
            }
            drop(number - 1);
            for (Iterator<byte[]> last = sent.descendingIterator(); last.hasNext(); ) {
                unsent.addFirst(last.next());
            }
            sent.clear();
        } finally {
            lock.unlock();
        }
    }

    /**
     * All lines up to this one count.
     *
     * @throws Mismatch if it was not sent
     */
    void acknowledged(long number) throws Mismatch {
        lock.lock();
        try {
            if (number >= first + sent.size()) {
                throw new Mismatch("the server acknowledges line " + number + ", but only those before "
                        + (first + sent.size()) + " were sent");
            }
            drop(number);
        } finally {
            lock.unlock();
        }
    }

    private void drop(long upTo) {
        while (first <= upTo) {
            bytes -= sent.remove().length;
            first++;
            acknowledged++;
        }
        changed.signalAll();
    }

    /**
     * Waits for lines that are to be sent; from now on they are sent.
     *
     * @param over is asked whether the connection is over
     * @return no lines if it is
     */
    Batch take(BooleanSupplier over) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unsent.isEmpty() && failure == null && !over.getAsBoolean()) {
                changed.await();
            }
            check();
            Batch batch = new Batch(first + sent.size(), new ArrayList<>());
            int size = 0;
            while (!over.getAsBoolean() && !unsent.isEmpty() && size < BATCH_BYTES) {
                byte[] line = unsent.remove();
                sent.add(line);
                batch.lines().add(line);
                size += line.length;
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Something happened that whoever waits may want to know. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until it is closed. */
    void pause(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (failure == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was added before is acknowledged; false if it is not after this time. */
    boolean awaitEmpty(long nanos) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            long wanted = added;
            long left = nanos;
            while (acknowledged < wanted) {
                check();
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The client gives up, or is closed: everybody hears why. */
    void fail(IOException why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return unsent.size() + sent.size();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}
