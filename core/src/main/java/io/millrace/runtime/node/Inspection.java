// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.driver.ExecutorHandle;
import java.util.Optional;

/** What a test kit gets to see of the inside of a job: called by the job's actors, on their threads. Does nothing unless overridden. */
public interface Inspection extends CrashPoints {

    /** Looks at nothing. */
    Inspection NONE = new Inspection() {};

    @Override
    default void reached(CrashPoint point, Optional<ExecutorId> executor) {}

    /** This is the job's block manager. */
    default void onBlockManager(ActorRef<BlockManager.Command> blocks) {}

    /** An executor lives. */
    default void onExecutor(ExecutorHandle executor) {}
}
