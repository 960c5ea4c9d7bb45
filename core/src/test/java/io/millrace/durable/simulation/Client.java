// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import akka.stream.javadsl.Source;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.RestartPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Somebody who has numbered records for the job. It outlives the processes, and serves whoever opens it, several at once. */
final class Client {

    /** How it brings its records. */
    enum Kind {
        /** It sends again what was not acknowledged, with its numbers. */
        ACKNOWLEDGED,
        /** It can be read from any number. */
        REPLAYABLE,
        /** What was read once is gone; it numbers nothing. */
        PLAIN
    }

    private final String name;
    private final Kind kind;
    private final int blockRecords;
    private final Mutant mutant;
    private final List<String> problems;
    private final List<String> records = new ArrayList<>();
    private final Set<String> counted = new TreeSet<>();
    private final Map<Runnable, Runnable> connections = new LinkedHashMap<>();
    private int acknowledged;

    /** The newest process that has acknowledged something. One that it replaced may know less, and can acknowledge nothing. */
    private int newestToAcknowledge;

    private int taken;

    /**
     * A client without records.
     *
     * @param blockRecords how many records a block has at most
     * @param problems where it complains
     */
    Client(String name, Kind kind, int blockRecords, Mutant mutant, List<String> problems) {
        this.name = name;
        this.kind = kind;
        this.blockRecords = blockRecords;
        this.mutant = mutant;
        this.problems = problems;
    }

    Kind kind() {
        return kind;
    }

    /** Has so many records more, of a few keys. */
    void send(int count, int keys) {
        for (int i = 0; i < count; i++) {
            records.add("k" + (records.size() * 7 + name.hashCode() & 0xff) % keys + "/" + name + "-" + records.size());
        }
        List.copyOf(connections.keySet()).forEach(Runnable::run);
    }

    /** Breaks its connections. */
    void disconnect() {
        List.copyOf(connections.values()).forEach(Runnable::run);
    }

    /** The records that it had so far. */
    List<String> records() {
        return List.copyOf(records);
    }

    /** The records that must be processed, as soon as there was time enough. */
    Set<String> owed() {
        return kind == Kind.PLAIN ? Set.copyOf(counted) : Set.copyOf(records);
    }

    /** The receiver that reads from it in a process. */
    Receiver<String> receiver(Incarnation process) {
        return new Reading(process);
    }

    private final class Reading implements Receiver<String> {
        private final Incarnation process;

        Reading(Incarnation process) {
            this.process = process;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean isReplayable() {
            return kind == Kind.REPLAYABLE;
        }

        @Override
        public RestartPolicy restartPolicy() {
            return new RestartPolicy(true, Duration.ofMillis(100), Duration.ofMillis(400));
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.deliveries(Source.fromGraph(new FeedStage(new Serving(process, context))));
        }
    }

    private final class Serving implements FeedStage.Connection {
        private final Incarnation process;
        private final Deque<List<OffsetRange>> replays;
        private int position;

        Serving(Incarnation process, ReceiverContext context) {
            this.process = process;
            this.replays = new ArrayDeque<>(context.replays());
            this.position = Math.toIntExact(context.offsets().getOrDefault(name, 0L));
            if (kind == Kind.ACKNOWLEDGED && process.isAlive() && mutant == Mutant.NO_CLIENT_DEDUPLICATION) {
                position = acknowledged;
            } else if (kind == Kind.ACKNOWLEDGED
                    && process.isAlive()
                    && process.number() >= newestToAcknowledge
                    && position < acknowledged) {
                problems.add("LOST: process " + process.number() + " knows " + name + " up to " + position
                        + " and has acknowledged " + acknowledged);
            }
        }

        @Override
        public void opened(Runnable more, Runnable cut) {
            connections.put(more, cut);
        }

        @Override
        public void closed(Runnable more) {
            connections.remove(more);
        }

        @Override
        public Optional<Delivery<String>> next() {
            if (!process.isAlive()) {
                return Optional.empty();
            }
            if (!replays.isEmpty()) {
                OffsetRange range = replays.remove().get(0);
                position = Math.toIntExact(range.to());
                return Optional.of(block(Math.toIntExact(range.from()), position));
            }
            if (kind == Kind.PLAIN) {
                position = taken;
            }
            int to = Math.min(records.size(), position + blockRecords);
            if (to == position) {
                return Optional.empty();
            }
            int from = position;
            position = to;
            taken = Math.max(taken, to);
            return Optional.of(block(from, to));
        }

        private Delivery<String> block(int from, int to) {
            boolean numbered =
                    kind == Kind.REPLAYABLE || (kind == Kind.ACKNOWLEDGED && mutant != Mutant.NO_CLIENT_DEDUPLICATION);
            return new Delivery.Whole<>(
                    records.subList(from, to),
                    new Acknowledgement(from, to),
                    numbered ? List.of(new OffsetRange(name, from, to)) : List.of());
        }

        private final class Acknowledgement implements Receipt {
            private final int from;
            private final int to;

            Acknowledgement(int from, int to) {
                this.from = from;
                this.to = to;
            }

            @Override
            public void received() {
                if (process.isAlive()) {
                    acknowledged = Math.max(acknowledged, to);
                    newestToAcknowledge = Math.max(newestToAcknowledge, process.number());
                    counted.addAll(records.subList(from, to));
                }
            }

            @Override
            public void failed(Throwable cause) {
                // it is sent again when the connection is opened again, if it can be
            }
        }
    }
}
