// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.driver.ExecutorHandle;
import io.millrace.runtime.node.Inspection;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes the hooks that lie in the engine. */
record HookedInspection(Trap trap, Consumer<ExecutorHandle> executors) implements Inspection {

    @Override
    public void reached(CrashPoint point, Optional<ExecutorId> executor) {
        switch (point) {
            case BLOCK_CUT -> trap.pass(Hook.AFTER_SEAL, executor);
            case REPLICA_STORED -> trap.pass(Hook.BEFORE_ADD, executor);
            case BATCH_STARTED -> trap.pass(Hook.ATTEMPT_START, executor);
            case CHANGES_STAGED -> trap.pass(Hook.AFTER_DELTA, executor);
            case BEFORE_OUTPUT -> trap.pass(Hook.AFTER_STAGE, executor);
            case BLOCK_ADDED, TASK_DONE, BEFORE_COMMIT, AFTER_COMMIT, STATE_INSTALLED -> {}
        }
    }

    @Override
    public void reached(DurablePoint point) {
        switch (point) {
            case ADD_LOGGED -> trap.pass(Hook.AFTER_ADD);
            case ACKNOWLEDGING -> trap.pass(Hook.BEFORE_ACK);
            case PLAN_LOGGING -> trap.pass(Hook.BEFORE_PLAN);
            case PLAN_LOGGED -> trap.pass(Hook.AFTER_PLAN);
            case PREPARED_LOGGING -> trap.pass(Hook.BEFORE_PREPARED);
            case PREPARED_LOGGED -> trap.pass(Hook.AFTER_PREPARED);
            case COMMITTED_LOGGING -> trap.pass(Hook.BEFORE_COMMITTED);
            case COMMITTED_LOGGED -> trap.pass(Hook.AFTER_COMMITTED);
            case STOPPING -> trap.pass(Hook.STOP);
            case ADD_LOGGING -> {}
        }
    }

    @Override
    public void onExecutor(ExecutorHandle executor) {
        executors.accept(executor);
    }
}
