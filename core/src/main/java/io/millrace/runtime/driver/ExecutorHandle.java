// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.ingest.ReceiverHost;

/**
 * Where an executor's actors are reached.
 *
 * @param id the executor
 * @param executor works on batches
 * @param holder keeps its blocks
 * @param receivers starts receivers on it
 */
public record ExecutorHandle(
        ExecutorId id,
        ActorRef<Executor.Command> executor,
        ActorRef<BlockHolder.Command> holder,
        ActorRef<ReceiverHost.Command> receivers) {}
