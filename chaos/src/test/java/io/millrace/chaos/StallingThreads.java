// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.runtime.node.Threads;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;

/** Threads of which those of an executor can be made to stand still before the next task. */
final class StallingThreads implements Threads {

    private final Threads inner;
    private final Duration stall;
    private final Set<String> stalled = ConcurrentHashMap.newKeySet();

    StallingThreads(Threads inner, Duration stall) {
        this.inner = inner;
        this.stall = stall;
    }

    /** The next task of an executor of this name begins late. */
    void stall(String executor) {
        stalled.add(executor);
    }

    @Override
    public Executor slots(String executor, int slots) {
        Executor threads = inner.slots(executor, slots);
        return task -> threads.execute(() -> {
            if (stalled.remove(executor)) {
                LockSupport.parkNanos(stall.toNanos());
            }
            task.run();
        });
    }

    @Override
    public Executor outputs() {
        return inner.outputs();
    }

    @Override
    public Executor serial(String name) {
        return inner.serial(name);
    }

    @Override
    public void close() {
        inner.close();
    }
}
