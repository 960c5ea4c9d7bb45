// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.batch.ResumedTimes;
import io.millrace.runtime.durable.History;
import io.millrace.runtime.durable.Journal;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.durable.Program;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What makes a job durable.
 *
 * @param job its name, for outputs
 * @param epoch which run of the job this is, from 1
 * @param program its operators and types
 * @param history what earlier runs have left
 * @param states the state that they have left: changes to be applied in this order
 * @param journal the log
 * @param format what its entries look like
 * @param snapshots the snapshots beside it
 * @param snapshotThread where snapshots are written
 * @param snapshotBytes how much the log grows, besides the size of the last snapshot, before there is another one
 */
public record Durability(
        String job,
        long epoch,
        Program program,
        History history,
        List<NodeState> states,
        Journal journal,
        JournalFormat format,
        Snapshots snapshots,
        Executor snapshotThread,
        long snapshotBytes) {

    /** Copies the states. */
    public Durability {
        states = List.copyOf(states);
    }

    /** What the times of batches go on from; empty in the first run. */
    Optional<ResumedTimes.Past> past() {
        return history.first()
                .map(first -> new ResumedTimes.Past(
                        first.zero(),
                        history.lastBatch().orElse(first.zero()),
                        history.planned().map(planned -> new BatchClock.Due(planned.batch(), planned.absorbed()))));
    }

    /** One interval before the first batch of the first run, if this is not the first. */
    Optional<BatchTime> zero() {
        return past().map(ResumedTimes.Past::zero);
    }
}
