// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What mutants do otherwise with the log and with what they know. */
final class Mutants {

    private final Broken broken;

    Mutants(Broken broken) {
        this.broken = broken;
    }

    /** What reaches the log when the driver appends this. */
    List<BatchRecord> reallyWritten(BatchRecord entry, DriverState state) {
        if (broken == Broken.SINK_BEFORE_PREPARED && entry instanceof BatchRecord.Prepared) {
            return List.of();
        }
        if (broken == Broken.SINK_BEFORE_PREPARED && entry instanceof BatchRecord.Committed committed) {
            return List.of(
                    new BatchRecord.Prepared(
                            committed.batch(), state.known(committed.batch()).allParts()),
                    entry);
        }
        if (broken == Broken.COMMITTED_BEFORE_SINK && entry instanceof BatchRecord.Prepared prepared) {
            return List.of(entry, new BatchRecord.Committed(prepared.batch()));
        }
        return broken == Broken.COMMITTED_BEFORE_SINK && entry instanceof BatchRecord.Committed
                ? List.of()
                : List.of(entry);
    }

    /** What the client is told when the driver begins to append this. */
    Optional<Long> toldTooEarly(BatchRecord entry) {
        return broken == Broken.ACKNOWLEDGED_BEFORE_DURABLE && entry instanceof BatchRecord.Add add
                ? Optional.of(add.blocks().get(add.blocks().size() - 1).last())
                : Optional.empty();
    }

    /** What the driver knows when it has read this. */
    DriverState recovered(DriverState state, List<BatchRecord> log) {
        if (broken != Broken.PLAN_REPLAY_CLEARS_QUEUE) {
            return state;
        }
        List<LoggedBlock> late = new ArrayList<>();
        for (BatchRecord entry : log) {
            if (entry instanceof BatchRecord.Add add) {
                late.addAll(add.blocks());
            } else if (entry instanceof BatchRecord.Plan) {
                late.clear();
            }
        }
        late.retainAll(state.waiting());
        return with(state, state.received(), late);
    }

    /** What the driver knows when it hears this: nothing of records that are sent again. */
    DriverState forgetful(DriverState state, DriverEvent event) {
        if (broken == Broken.NO_DEDUPLICATION && event instanceof DriverEvent.Received received) {
            LoggedBlock block = received.blocks().get(0);
            long known = Math.min(state.received(block.source()), block.first() - 1);
            return with(state, Map.of(block.source(), known), state.waiting());
        }
        return state;
    }

    private static DriverState with(DriverState state, Map<String, Long> received, List<LoggedBlock> waiting) {
        return new DriverState(
                state.phase(),
                state.epoch(),
                state.stood(),
                state.unwritten(),
                received,
                state.acknowledged(),
                state.reached(),
                waiting,
                state.batches(),
                state.lastBatch(),
                state.lastParts());
    }
}
