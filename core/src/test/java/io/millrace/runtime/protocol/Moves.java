// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.Node.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What can happen to a driver. */
final class Moves {

    private final Bounds bounds;
    private final Broken broken;

    Moves(Bounds bounds, Broken broken) {
        this.bounds = bounds;
        this.broken = broken;
    }

    List<Move> of(Node node) {
        List<Move> moves = new ArrayList<>();
        if (node.stage() != Stage.OPEN) {
            if (node.stage() != Stage.ENDED) {
                moves.add(new Move.Opens());
            }
            return moves;
        }
        batches(node, moves);
        log(node, moves);
        client(node.state(), moves);
        for (int most = 1; most <= node.state().waiting().size(); most++) {
            moves.add(
                    new Move.Hears(new DriverEvent.Due(0, node.state().waiting().subList(0, most), List.of())));
        }
        suspicions(node.state(), moves);
        return moves;
    }

    private void batches(Node node, List<Move> moves) {
        for (BatchProgress progress : node.state().batches()) {
            for (int partition = 0; partition < bounds.settings().partitions(); partition++) {
                boolean running = progress.phase() == BatchProgress.Phase.RUNNING
                        && !progress.parts().containsKey(partition);
                for (int number = 0; running && number < progress.launches(partition); number++) {
                    moves.add(new Move.HearsOfAttempt(
                            new AttemptName(node.epoch(), progress.batch(), partition, number)));
                }
            }
            for (BatchProgress.SinkPart part : progress.missing()) {
                moves.add(new Move.HearsOfSink(part.sink(), progress.batch(), part.partition()));
            }
        }
    }

    private void log(Node node, List<Move> moves) {
        if (broken == Broken.CHECK_BEFORE_APPEND && bounds.split()) {
            if (!node.todo().isEmpty()) {
                moves.add(node.looked() ? new Move.Writes() : new Move.Looks());
            }
            return;
        }
        if (!node.todo().isEmpty()) {
            moves.add(new Move.Writes());
        }
        if (bounds.split() && node.written() > node.state().stood()) {
            moves.add(new Move.Looks());
        }
    }

    private void client(DriverState state, List<Move> moves) {
        boolean full = broken == Broken.NO_DEDUPLICATION && state.waiting().size() >= 2;
        for (int first = 1; first <= bounds.records() && !full; first++) {
            for (int last = first; last <= bounds.records(); last++) {
                LoggedBlock block = new LoggedBlock(
                        Durables.CLIENT, first, last, bounds.settings().copies());
                moves.add(new Move.Hears(new DriverEvent.Received(List.of(block))));
            }
        }
    }

    private void suspicions(DriverState state, List<Move> moves) {
        for (BatchProgress progress : state.batches()) {
            for (int partition : new TreeSet<>(progress.launched().keySet())) {
                int launched = progress.launches(partition);
                if (launched < bounds.attempts()) {
                    AttemptName last = new AttemptName(state.epoch(), progress.batch(), partition, launched - 1);
                    moves.add(new Move.Hears(new DriverEvent.AttemptSuspected(last)));
                }
            }
        }
    }
}
