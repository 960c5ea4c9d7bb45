// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.durable.History;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.protocol.AttemptName;
import io.millrace.runtime.protocol.BatchRecord;
import io.millrace.runtime.protocol.DriverEvent;
import io.millrace.runtime.protocol.LoggedBlock;
import io.millrace.runtime.protocol.Part;
import io.millrace.runtime.protocol.SourceRange;
import java.util.ArrayList;
import java.util.List;

/** What earlier runs have logged, in the words of the protocol, as far as it matters still. */
final class PastRecords {

    private PastRecords() {}

    /** What the protocol begins with. */
    static DriverEvent.Opened opened(Durability durability) {
        return new DriverEvent.Opened(
                durability.epoch(), Math.max(0, durability.history().prepared() - 1), of(durability));
    }

    private static List<BatchRecord> of(Durability durability) {
        History history = durability.history();
        List<BatchRecord> records = new ArrayList<>();
        if (history.prepared() > 0) {
            long number = history.prepared();
            long time = history.lastBatch().map(BatchTime::millis).orElse(0L);
            records.add(new BatchRecord.Plan(number, time, List.of(), List.of()));
            records.add(new BatchRecord.Prepared(
                    number, List.of(new Part(new AttemptName(before(durability), number, 0, 0), 0, 0, 0, 0))));
            if (history.unwritten().isEmpty()) {
                records.add(new BatchRecord.Committed(number));
            }
        }
        List<LoggedBlock> waiting = history.waiting().stream()
                .map(added -> DurableBatches.logged(added.block().id()))
                .toList();
        if (!waiting.isEmpty()) {
            records.add(new BatchRecord.Add(waiting));
        }
        history.planned().ifPresent(planned -> records.add(plan(planned)));
        return records;
    }

    private static long before(Durability durability) {
        return Math.max(1, durability.epoch() - 1);
    }

    private static BatchRecord plan(JournalEntry.Planned planned) {
        List<LoggedBlock> logged = new ArrayList<>();
        List<SourceRange> ranges = new ArrayList<>();
        for (PlannedBlock block : planned.blocks()) {
            if (block.logged()) {
                logged.add(DurableBatches.logged(block.id()));
            } else {
                ranges.addAll(DurableBatches.ranges(block.id(), block.ranges()));
            }
        }
        return new BatchRecord.Plan(planned.number(), planned.batch().millis(), logged, ranges);
    }
}
