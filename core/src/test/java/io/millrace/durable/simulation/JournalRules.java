// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.durable.JournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of a log, whenever it is read: V2, V4, V5, V7, V9 and V11 of {@code Invariants}. */
final class JournalRules {

    private final List<String> problems = new ArrayList<>();
    private final Set<BlockId> added = new HashSet<>();
    private final Set<BlockId> inBatches = new HashSet<>();
    private final Map<String, Long> reached = new HashMap<>();
    private long planned = -1;
    private long prepared = -1;
    private long committed = -1;
    private long epoch;

    private JournalRules() {}

    /** What does not hold. */
    static List<String> problems(List<JournalEntry> log) {
        JournalRules rules = new JournalRules();
        log.forEach(rules::next);
        return List.copyOf(rules.problems);
    }

    private void check(boolean holds, String rule, Object about) {
        if (!holds) {
            String text = about.toString();
            problems.add("DIVERGED: " + rule + ": " + text.substring(0, Math.min(200, text.length())));
        }
    }

    private void next(JournalEntry entry) {
        if (entry instanceof JournalEntry.Begun begun) {
            check(begun.epoch() > epoch, "V11 epoch after " + epoch, begun);
            epoch = begun.epoch();
        } else if (entry instanceof JournalEntry.Added one) {
            check(added.add(one.block().id()), "V9 added twice", one.block());
        } else if (entry instanceof JournalEntry.Planned one) {
            check(planned < 0 || one.number() == planned + 1, "V4 planned after " + planned, one);
            planned = one.number();
            for (PlannedBlock block : one.blocks()) {
                check(!block.logged() || inBatches.add(block.id()), "V7 in two batches", block);
                if (!block.logged()) {
                    block.ranges().forEach(range -> follows(block.id().stream(), range));
                }
            }
        } else if (entry instanceof JournalEntry.Prepared one) {
            check(prepared < 0 || one.number() == prepared + 1, "V5 prepared after " + prepared, one.number());
            check(planned < 0 || one.number() == planned, "V4 prepared, planned is " + planned, one.number());
            prepared = one.number();
        } else if (entry instanceof JournalEntry.Committed one && one.number() > 0) {
            check(committed < 0 || one.number() > committed, "V5 committed after " + committed, one);
            check(prepared < 0 || one.number() <= prepared, "V4 committed, prepared is " + prepared, one);
            committed = one.number();
        }
    }

    private void follows(int stream, OffsetRange range) {
        Long before = reached.put(stream + "/" + range.split(), range.to());
        check(before == null || before == range.from(), "V7 does not begin at " + before, range);
    }
}
