// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.Acknowledge;
import io.millrace.runtime.protocol.DriverEffect.Append;
import io.millrace.runtime.protocol.DriverEffect.Clean;
import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Exit;
import io.millrace.runtime.protocol.DriverEffect.Run;
import io.millrace.runtime.protocol.LogRecord.Add;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drivers and the messages they have sent, at one moment. A message that was sent is never taken away: it may arrive at any time,
 * any number of times, or never. A driver that does nothing any more has crashed; so crashes need no step of their own.
 *
 * @param durables what outlives drivers
 * @param nodes the drivers that there have been
 * @param sent messages to executors and sinks
 */
record World(Durables durables, List<Node> nodes, Set<DriverEffect> sent) {

    /** Makes the driver hear something, and does what may not fail at once. */
    World hear(int index, DriverEvent event, DurableProtocol protocol, Broken broken) {
        Node node = nodes.get(index);
        DriverState before = node.state();
        if (broken == Broken.NO_DEDUPLICATION && event instanceof DriverEvent.Received received) {
            before = before.received(Durables.CLIENT, received.block().first() - 1);
        }
        DurableProtocol.Step step = protocol.step(before, event);
        DriverState after = step.state();
        if (broken == Broken.PLAN_REPLAY_CLEARS_QUEUE && event instanceof DriverEvent.LogRead) {
            after = cleared(after, Replay.effective(durables.segments()));
        }
        List<DriverEffect> todo = new ArrayList<>(after.phase() == DriverState.Phase.ENDED ? List.of() : node.todo());
        Set<DriverEffect> messages = new HashSet<>(sent);
        Durables now = durables;
        for (DriverEffect effect : step.effects()) {
            if (effect instanceof Acknowledge acknowledge) {
                now = now.acknowledged(acknowledge.last());
            } else if (effect instanceof Run || effect instanceof CommitSink) {
                messages.add(effect);
                now = broken == Broken.BLOCKS_FREED_AT_PREPARED && effect instanceof CommitSink commit
                        ? now.freed(blocks(before, commit.part().attempt().batch()))
                        : now;
            } else if (effect instanceof Clean clean) {
                now = now.freed(blocks(before, clean.batch()));
            } else if (!(effect instanceof Exit)) {
                todo.add(effect);
            }
            if (broken == Broken.ACKNOWLEDGED_BEFORE_DURABLE
                    && effect instanceof Append append
                    && append.entry() instanceof Add add) {
                now = now.acknowledged(add.block().last());
            }
        }
        return new World(now, nodes, Set.copyOf(messages))
                .with(index, new Node(after, List.copyOf(todo), node.written(), node.readEarly(), node.looked()));
    }

    /** Does the first of what the driver has to do. */
    World perform(int index, DurableProtocol protocol, Broken broken) {
        Node node = nodes.get(index);
        DriverEffect effect = node.todo().get(0);
        Durables.Outcome outcome = durables.perform(effect, node, broken);
        long written = node.written() + (effect instanceof Append ? 1 : 0);
        Node later = new Node(
                node.state(),
                List.copyOf(node.todo().subList(1, node.todo().size())),
                written,
                node.readEarly(),
                false);
        World next = new World(outcome.durables(), nodes, sent).with(index, later);
        DriverEvent event = outcome.event();
        return event == null ? next : next.hear(index, event, protocol, broken);
    }

    World with(int index, Node node) {
        List<Node> changed = new ArrayList<>(nodes);
        changed.set(index, node);
        return new World(durables, List.copyOf(changed), sent);
    }

    World with(Durables changed) {
        return new World(changed, nodes, sent);
    }

    private static List<LoggedBlock> blocks(DriverState state, long batch) {
        BatchProgress progress = state.batch(batch);
        return progress == null ? List.of() : progress.blocks();
    }

    private static DriverState cleared(DriverState state, List<LogRecord> log) {
        List<LoggedBlock> late = new ArrayList<>();
        for (LogRecord entry : log) {
            if (entry instanceof Add add) {
                late.add(add.block());
            } else if (entry instanceof LogRecord.Plan) {
                late.clear();
            }
        }
        List<LoggedBlock> waiting =
                state.waiting().stream().filter(late::contains).toList();
        return new DriverState(
                state.phase(),
                state.epoch(),
                state.stood(),
                state.unwritten(),
                state.received(),
                state.acknowledged(),
                waiting,
                state.batches(),
                state.lastBatch(),
                state.lastParts());
    }
}
