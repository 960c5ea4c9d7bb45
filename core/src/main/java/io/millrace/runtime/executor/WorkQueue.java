// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Work that the tasks of one level of one attempt share: each takes the next piece when it has done the last. Thread-safe.
 *
 * @param <W> pieces of work
 */
final class WorkQueue<W> {

    private final List<W> work;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean cancelled;

    WorkQueue(List<W> work, AtomicBoolean cancelled) {
        this.work = List.copyOf(work);
        this.cancelled = cancelled;
    }

    /** The next piece, or null if there is none or the attempt is given up. */
    @Nullable
    W take() {
        int taken = next.getAndIncrement();
        return taken < work.size() && !cancelled.get() ? work.get(taken) : null;
    }
}
