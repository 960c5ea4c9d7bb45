// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import io.millrace.runtime.protocol.BatchProgress.Phase;
import io.millrace.runtime.protocol.DriverEvent.Opened;
import java.util.List;

/** What a driver knows that has read the log. */
final class Replay {

    private Replay() {}

    /** The state after these records; a record that cannot follow the ones before it is an {@link IllegalStateException}. */
    static DriverState of(Opened opened) {
        DriverState now =
                DriverState.of(DriverState.Phase.LEADING, opened.epoch()).after(opened.committed());
        for (BatchRecord entry : opened.records()) {
            now = after(now, entry);
        }
        return now;
    }

    private static DriverState after(DriverState state, BatchRecord entry) {
        if (entry instanceof BatchRecord.Add add) {
            return state.received(add.blocks()).added(add.blocks());
        }
        if (entry instanceof BatchRecord.Plan plan) {
            return state.planned(BatchProgress.of(plan, Phase.PLANNED));
        }
        if (entry instanceof BatchRecord.Prepared prepared) {
            return prepared(state, prepared.batch(), prepared.parts());
        }
        return state.committed(((BatchRecord.Committed) entry).batch());
    }

    private static DriverState prepared(DriverState state, long batch, List<Part> parts) {
        BatchProgress decided = state.known(batch);
        if (decided.isDecided()) {
            throw new IllegalStateException("batch " + batch + " is prepared twice");
        }
        for (Part part : parts) {
            decided = decided.won(part);
        }
        return state.prepared(decided, parts);
    }
}
