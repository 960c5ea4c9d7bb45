// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.runtime.block.ExecutorId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Has the fault come when a hook is passed for the n-th time since the job has had lines: one that never had any has nothing to lose. Thread-safe. */
final class Trap {

    private final Hook hook;
    private final int pass;
    private final Consumer<Optional<ExecutorId>> fault;
    private final AtomicInteger passes = new AtomicInteger();
    private volatile boolean armed;

    Trap(Hook hook, int pass, Consumer<Optional<ExecutorId>> fault) {
        this.hook = hook;
        this.pass = pass;
        this.fault = fault;
        this.armed = hook.isAtStart();
    }

    /** The job has had lines: passes count from now on, where they did not from the start. */
    void arm() {
        armed = true;
    }

    /** A hook is passed, on the thread that must not go on if the fault is the end of it. */
    void pass(Hook at, Optional<ExecutorId> where) {
        if (armed && at == hook && passes.incrementAndGet() == pass) {
            Says.line("HOOK " + at.label());
            fault.accept(where);
        }
    }

    /** A hook that lies beside the executors. */
    void pass(Hook at) {
        pass(at, Optional.empty());
    }
}
