// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.DriverEffect.Acknowledge;
import io.millrace.runtime.protocol.DriverEffect.Append;
import io.millrace.runtime.protocol.DriverEffect.Clean;
import io.millrace.runtime.protocol.DriverEffect.CommitSink;
import io.millrace.runtime.protocol.DriverEffect.Run;
import io.millrace.runtime.protocol.Node.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How worlds change. A world is four numbers: two drivers, what is durable, and the messages that were sent; each number stands for
 * an immutable thing. What the protocol answers, and what becomes of durable things, is computed once for each pair of numbers and
 * then looked up, so going from world to world costs a few looks into tables, and yet every answer is the protocol's own.
 *
 * <p>A message that was sent may arrive at any time, any number of times, or never. A driver that does nothing any more has
 * crashed; so crashes need no step of their own.
 */
final class Universe {

    static final int DURABLES = 2;
    static final int SENT = 3;

    /** What a driver is when it has heard something, what it does then to durable things, and the messages it sends. */
    private record Heard(int node, int[] deeds, int[] messages) {}

    private final Bounds bounds;
    private final Broken broken;
    private final DurableProtocol protocol;
    private final Mutants mutants;

    private final Deeds deeds;
    private final Messages messages;
    private final Interned<Node> nodes = new Interned<>();
    private final Interned<DriverEvent> events = new Interned<>();
    private final List<Heard> answers = new ArrayList<>();
    private final Map<Integer, List<Move>> moves = new HashMap<>();

    private final PairTable hears = new PairTable(this::hears);

    Universe(Bounds bounds, Broken broken) {
        this.bounds = bounds;
        this.broken = broken;
        this.protocol = new DurableProtocol(bounds.settings());
        this.mutants = new Mutants(broken);
        this.deeds = new Deeds(bounds, broken);
        this.messages = new Messages(broken, deeds);
    }

    int[] start(Durables from) {
        int fresh = nodes.number(Node.fresh());
        return new int[] {fresh, fresh, deeds.number(from), messages.none()};
    }

    Node node(int[] world, int driver) {
        return nodes.thing(world[driver]);
    }

    Durables durables(int[] world) {
        return deeds.durables(world[DURABLES]);
    }

    Durables durables(int number) {
        return deeds.durables(number);
    }

    DriverEffect message(int number) {
        return messages.message(number);
    }

    /** The messages that may still arrive. */
    int[] sent(int[] world) {
        return messages.of(world[SENT]);
    }

    // ---- executors and sinks ----

    /** The world in which a message has arrived, maybe not for the last time. */
    int[] deliver(int[] world, int message) {
        int[] next = world.clone();
        next[DURABLES] = deeds.after(world[DURABLES], deeds.number(new Deeds.Deed.Deliver(messages.message(message))));
        if (broken.deliversOnce()) {
            next[SENT] = messages.without(world[SENT], message);
        }
        return forget(next);
    }

    /** Leaves out messages that do not matter any more. */
    private int[] forget(int[] world) {
        world[SENT] = messages.stillMatter(world[SENT], world[DURABLES]);
        return world;
    }

    // ---- drivers ----

    /** What can happen to the driver; some of it only in some worlds. */
    List<Move> moves(int[] world, int driver) {
        return moves.computeIfAbsent(world[driver], number -> new Moves(bounds, broken).of(nodes.thing(number)));
    }

    /** The world in which it has happened; the same if it cannot, or makes no difference. */
    int[] after(int[] world, int driver, Move move) {
        int[] next = world.clone();
        Node node = node(world, driver);
        Durables durable = durables(world);
        if (move instanceof Move.Hears hears) {
            hear(next, driver, hears.event());
        } else if (move instanceof Move.HearsOfAttempt heard) {
            if (durable.staged().containsKey(heard.attempt())) {
                hear(next, driver, new DriverEvent.AttemptDone(durable.part(heard.attempt())));
            }
        } else if (move instanceof Move.HearsOfSink heard) {
            boolean ownIsUnderWay = broken.deliversOnce() && isUnderWay(world, node, heard);
            if (durable.last(heard.sink(), heard.partition()) >= heard.batch() && !ownIsUnderWay) {
                hear(next, driver, new DriverEvent.SinkDone(heard.sink(), heard.batch(), heard.partition()));
            }
        } else if (move instanceof Move.Opens) {
            opens(next, driver, node, durable);
        } else if (move instanceof Move.Writes) {
            writes(next, driver, node, bounds.split() ? 1 : node.todo().size());
        } else {
            looks(next, driver, node, durable);
        }
        return forget(next);
    }

    private boolean isUnderWay(int[] world, Node node, Move.HearsOfSink heard) {
        for (int message : sent(world)) {
            if (messages.message(message) instanceof CommitSink commit
                    && commit.epoch() == node.epoch()
                    && commit.sink() == heard.sink()
                    && commit.part().attempt().batch() == heard.batch()
                    && commit.part().attempt().partition() == heard.partition()) {
                return true;
            }
        }
        return false;
    }

    private void hear(int[] world, int driver, DriverEvent event) {
        Heard heard = answers.get(hears.of(world[driver], events.number(event)));
        world[driver] = heard.node();
        for (int deed : heard.deeds()) {
            world[DURABLES] = deeds.after(world[DURABLES], deed);
        }
        for (int message : heard.messages()) {
            world[SENT] = messages.with(world[SENT], message);
        }
        Node node = node(world, driver);
        if (!bounds.split() && node.mustForce()) {
            writes(world, driver, node, node.todo().size());
        }
    }

    private int hears(int number, int event) {
        Node before = nodes.thing(number);
        DriverState state = mutants.forgetful(before.state(), events.thing(event));
        DurableProtocol.Step step = protocol.step(state, events.thing(event));
        List<BatchRecord> append = new ArrayList<>();
        List<Integer> deedsThen = new ArrayList<>();
        List<Integer> messagesThen = new ArrayList<>();
        for (DriverEffect effect : step.effects()) {
            if (effect instanceof Acknowledge acknowledge) {
                deedsThen.add(deeds.number(new Deeds.Deed.Told(acknowledge.last())));
            } else if (effect instanceof Clean clean) {
                deedsThen.add(deeds.number(new Deeds.Deed.Cleaned(clean.batch())));
            } else if (effect instanceof Append appended) {
                append.add(appended.entry());
                mutants.toldTooEarly(appended.entry())
                        .ifPresent(last -> deedsThen.add(deeds.number(new Deeds.Deed.Told(last))));
            } else if (effect instanceof Run || effect instanceof CommitSink) {
                messagesThen.add(messages.number(effect));
                if (broken == Broken.BLOCKS_FREED_AT_PREPARED && effect instanceof CommitSink commit) {
                    deedsThen.add(deeds.number(new Deeds.Deed.Freed(step.state()
                            .known(commit.part().attempt().batch())
                            .plan()
                            .blocks())));
                }
            }
        }
        DriverState after = events.thing(event) instanceof DriverEvent.Opened opened
                ? mutants.recovered(step.state(), opened.records())
                : step.state();
        answers.add(new Heard(
                nodes.number(before.knows(after, append)),
                deedsThen.stream().mapToInt(Integer::intValue).toArray(),
                messagesThen.stream().mapToInt(Integer::intValue).toArray()));
        return answers.size() - 1;
    }

    // ---- the log of a driver ----

    private void opens(int[] world, int driver, Node node, Durables durable) {
        if (!bounds.split()) {
            DurableLog log = durable.log().claimed();
            long epoch = log.claims();
            world[driver] = nodes.number(node.at(Stage.OPEN).claimed(epoch));
            doLog(world, log.sealed(epoch, log));
            hear(world, driver, new DriverEvent.Opened(epoch, 0, log.records()));
            return;
        }
        boolean early = broken == Broken.READ_BEFORE_CLAIM;
        switch (node.stage()) {
            case NEW -> {
                if (early) {
                    world[driver] = nodes.number(node.at(Stage.READ_EARLY).read(durable.log()));
                } else {
                    claim(world, driver, node.at(Stage.CLAIMED), durable);
                }
            }
            case READ_EARLY -> claim(world, driver, node.at(Stage.READ), durable);
            case CLAIMED -> world[driver] = nodes.number(node.at(Stage.READ).read(durable.log()));
            case READ -> {
                DurableLog read = node.read();
                if (read != null) {
                    doLog(world, durable.log().sealed(node.epoch(), read));
                    world[driver] = nodes.number(node.at(Stage.SEALED));
                }
            }
            default -> {
                DurableLog read = node.read();
                if (durable.log().claims() > node.epoch()) {
                    hear(world, driver, new DriverEvent.Fenced());
                } else if (read != null) {
                    world[driver] = nodes.number(node.at(Stage.OPEN).read(null));
                    hear(world, driver, new DriverEvent.Opened(node.epoch(), 0, read.records()));
                }
            }
        }
    }

    private void claim(int[] world, int driver, Node node, Durables durable) {
        DurableLog log = durable.log().claimed();
        world[driver] = nodes.number(node.claimed(log.claims()));
        doLog(world, log);
    }

    private void doLog(int[] world, DurableLog log) {
        world[DURABLES] = deeds.after(world[DURABLES], deeds.number(new Deeds.Deed.Log(log)));
    }

    /** Where the log is fenced by itself, it looks for claims and writes in one step, and says that the records stand. */
    private void writes(int[] world, int driver, Node node, int records) {
        boolean fenced = durables(world).log().claims() > node.epoch() && broken != Broken.LOG_NOT_FENCED;
        if (!bounds.split() && fenced) {
            hear(world, driver, new DriverEvent.Fenced());
            return;
        }
        List<BatchRecord> written = new ArrayList<>();
        for (BatchRecord entry : node.todo().subList(0, records)) {
            written.addAll(mutants.reallyWritten(entry, node.state()));
        }
        if (!written.isEmpty()) {
            world[DURABLES] = deeds.after(
                    world[DURABLES], deeds.number(new Deeds.Deed.Write(node.epoch(), List.copyOf(written))));
        }
        Node later = node.wrote(records);
        world[driver] = nodes.number(later);
        if (!bounds.split() || node.looked()) {
            hear(world, driver, new DriverEvent.Stood(later.written()));
        }
    }

    private void looks(int[] world, int driver, Node node, Durables durable) {
        if (durable.log().claims() > node.epoch() && broken != Broken.LOG_NOT_FENCED) {
            hear(world, driver, new DriverEvent.Fenced());
        } else if (broken == Broken.CHECK_BEFORE_APPEND) {
            world[driver] = nodes.number(node.hasLooked());
        } else {
            hear(world, driver, new DriverEvent.Stood(node.written()));
        }
    }
}
