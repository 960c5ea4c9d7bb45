// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.queue;

import io.millrace.receiver.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;

/**
 * The elements of a queue that do not count as received yet: those under way, those that came back, those still in it. Thread-safe;
 * guarded by the queue, so that others may guard theirs by it.
 *
 * @param <T> records
 */
final class HeldElements<T> {

    /**
     * Elements that were taken for a batch.
     *
     * @param elements how many; 0 if there were none
     * @param records the records of all of them
     * @param receipt lets them go, or puts them back
     * @param <T> records
     */
    record Taken<T>(int elements, List<T> records, Receipt receipt) {

        boolean isEmpty() {
            return elements == 0;
        }
    }

    private final Queue<List<T>> queue;
    private final Deque<List<T>> cameBack = new ArrayDeque<>();
    private int underWay;

    HeldElements(Queue<List<T>> queue) {
        this.queue = queue;
    }

    /** Takes the next elements, at most so many. */
    Taken<T> take(int most) {
        synchronized (queue) {
            List<List<T>> taken = new ArrayList<>();
            List<T> records = new ArrayList<>();
            while (taken.size() < most) {
                List<T> next = cameBack.isEmpty() ? queue.poll() : cameBack.poll();
                if (next == null) {
                    break;
                }
                taken.add(next);
                records.addAll(next);
            }
            underWay += taken.size();
            return new Taken<>(taken.size(), records, receipt(taken));
        }
    }

    int size() {
        synchronized (queue) {
            return underWay + cameBack.size() + queue.size();
        }
    }

    private Receipt receipt(List<List<T>> taken) {
        return new Receipt() {
            @Override
            public void received() {
                synchronized (queue) {
                    underWay -= taken.size();
                }
            }

            @Override
            public void failed(Throwable cause) {
                synchronized (queue) {
                    underWay -= taken.size();
                    for (int i = taken.size() - 1; i >= 0; i--) {
                        cameBack.addFirst(taken.get(i));
                    }
                }
            }
        };
    }
}
