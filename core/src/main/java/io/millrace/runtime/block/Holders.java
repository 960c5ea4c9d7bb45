// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.block.BlockRegistry.CopyPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Where the holders of blocks are, one for each executor that lives; whoever has died is told nothing. Used by the block manager's thread only. */
final class Holders {

    private final Map<ExecutorId, ActorRef<BlockHolder.Command>> addresses = new HashMap<>();

    /** An executor lives. */
    void up(ExecutorId executor, ActorRef<BlockHolder.Command> holder) {
        addresses.put(executor, holder);
    }

    /** An executor died. */
    void down(ExecutorId executor) {
        addresses.remove(executor);
    }

    /** All of them. */
    Collection<ActorRef<BlockHolder.Command>> all() {
        return addresses.values();
    }

    /** Has a block dropped by one. */
    void drop(BlockId block, ExecutorId executor) {
        tell(executor, new BlockHolder.Drop(List.of(block)));
    }

    /** Has blocks dropped by all that hold them. */
    void drop(List<BlockLocation> locations) {
        Map<ExecutorId, List<BlockId>> drops = new HashMap<>();
        for (BlockLocation location : locations) {
            location.holders()
                    .forEach(holder -> drops.computeIfAbsent(holder, h -> new ArrayList<>())
                            .add(location.info().id()));
        }
        drops.forEach((executor, ids) -> tell(executor, new BlockHolder.Drop(ids)));
    }

    /** Has blocks copied; told to {@code replyTo} when they are. */
    void copy(List<CopyPlan> plans, ActorRef<BlockHolder.Event> replyTo) {
        for (CopyPlan plan : plans) {
            ActorRef<BlockHolder.Command> to = addresses.get(plan.to());
            if (to != null) {
                tell(plan.from(), new BlockHolder.Copy(plan.block(), to, replyTo));
            }
        }
    }

    /**
     * Has blocks sent to somebody, each by one holder; those that nobody holds are answered at once.
     *
     * @param holders who holds a block
     */
    void send(
            List<BlockId> blocks,
            Function<BlockId, ? extends Collection<ExecutorId>> holders,
            ActorRef<BlockHolder.Event> replyTo) {
        Map<ExecutorId, List<BlockId>> asked = new TreeMap<>();
        List<BlockId> gone = new ArrayList<>();
        for (BlockId block : blocks) {
            holders.apply(block).stream()
                    .filter(addresses::containsKey)
                    .min(Comparator.naturalOrder())
                    .ifPresentOrElse(
                            holder -> asked.computeIfAbsent(holder, h -> new ArrayList<>())
                                    .add(block),
                            () -> gone.add(block));
        }
        replyTo.tell(new BlockHolder.Fetched(List.of(), gone));
        asked.forEach((executor, ids) -> tell(executor, new BlockHolder.Fetch(ids, replyTo)));
    }

    private void tell(ExecutorId executor, BlockHolder.Command command) {
        ActorRef<BlockHolder.Command> holder = addresses.get(executor);
        if (holder != null) {
            holder.tell(command);
        }
    }
}
