// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.ExecutorId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees a receiver's blocks through to the number of copies they need: says whom to ask, hears who has stored, asks others when one
 * is silent or dies. A block that is held by fewer never counts as done, however long that takes.
 *
 * <p>Blocks are done in the order in which they were cut. Owns no thread, sends nothing.
 */
final class Replication {

    /** A block that is to be sent to an executor. */
    record Ask(BlockId block, ExecutorId executor) {}

    /** A block that is held often enough. */
    record Done(BlockInfo block, List<ExecutorId> holders) {}

    private static final class Pending {
        private final BlockInfo info;
        private final Set<ExecutorId> holders = new TreeSet<>();
        private final Set<ExecutorId> asked = new TreeSet<>();
        private long askedMicros;

        Pending(BlockInfo info) {
            this.info = info;
        }
    }

    private final int factor;
    private final ExecutorId self;
    private final long timeoutMicros;
    private final Map<BlockId, Pending> pending = new LinkedHashMap<>();
    private List<ExecutorId> peers = List.of();
    private int turn;

    Replication(int factor, ExecutorId self, Duration timeout) {
        this.factor = factor;
        this.self = self;
        this.timeoutMicros = timeout.toNanos() / 1_000;
    }

    /** Other executors came or went; answers whom to ask in place of those that went. */
    List<Ask> peers(Collection<ExecutorId> alive, long nowMicros) {
        peers = alive.stream().filter(peer -> !peer.equals(self)).sorted().toList();
        List<Ask> asks = new ArrayList<>();
        for (Pending block : pending.values()) {
            block.asked.retainAll(peers);
            block.holders.removeIf(holder -> !holder.equals(self) && !peers.contains(holder));
            ask(block, nowMicros, asks);
        }
        return asks;
    }

    /** This executor holds the block; answers whom to ask for further copies. */
    List<Ask> begin(BlockInfo info, long nowMicros) {
        Pending block = new Pending(info);
        block.holders.add(self);
        pending.put(info.id(), block);
        List<Ask> asks = new ArrayList<>();
        ask(block, nowMicros, asks);
        return asks;
    }

    /**
     * An executor has stored the block.
     *
     * @return false if nobody waits for that any more, since the block is done
     */
    boolean stored(BlockId id, ExecutorId executor) {
        Pending block = pending.get(id);
        if (block != null && peers.contains(executor)) {
            block.asked.remove(executor);
            block.holders.add(executor);
        }
        return block != null;
    }

    /** Takes out the blocks that are done, in order. */
    List<Done> done(long nowMicros) {
        List<Done> done = new ArrayList<>();
        Iterator<Pending> blocks = pending.values().iterator();
        while (blocks.hasNext()) {
            Pending block = blocks.next();
            if (block.holders.size() < factor) {
                break;
            }
            done.add(new Done(block.info.storedAt(nowMicros), List.copyOf(block.holders)));
            blocks.remove();
        }
        return done;
    }

    /** Whom to ask because others were silent for too long: another executor where there is one, else the same again. */
    List<Ask> overdue(long nowMicros) {
        List<Ask> asks = new ArrayList<>();
        for (Pending block : pending.values()) {
            if (block.holders.size() < factor && nowMicros - block.askedMicros >= timeoutMicros) {
                Set<ExecutorId> silent = new TreeSet<>(block.asked);
                int wanted = factor - block.holders.size();
                List<ExecutorId> fresh = peers.stream()
                        .filter(peer -> !silent.contains(peer) && !block.holders.contains(peer))
                        .limit(wanted)
                        .toList();
                List<ExecutorId> targets = fresh.isEmpty() ? List.copyOf(silent) : fresh;
                block.askedMicros = nowMicros;
                block.asked.addAll(targets);
                targets.forEach(target -> asks.add(new Ask(block.info.id(), target)));
            }
        }
        return asks;
    }

    /** How many blocks are not held often enough yet. */
    int pending() {
        return pending.size();
    }

    private void ask(Pending block, long nowMicros, List<Ask> asks) {
        for (int i = 0; i < peers.size() && block.holders.size() + block.asked.size() < factor; i++) {
            ExecutorId peer = peers.get((turn + i) % peers.size());
            if (!block.holders.contains(peer) && block.asked.add(peer)) {
                block.askedMicros = nowMicros;
                asks.add(new Ask(block.info.id(), peer));
            }
        }
        turn++;
    }
}
