// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalEntry.Added;
import io.millrace.runtime.durable.JournalEntry.Committed;
import io.millrace.runtime.durable.JournalEntry.Planned;
import io.millrace.runtime.durable.JournalEntry.Prepared;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.log.LogRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A format of the log that breaks a rule: what is read is not what a driver that keeps the rule would have written. */
final class BrokenFormat extends FormatAround {

    /** What runs of the job have done, which in a broken driver would be in files of its own. */
    static final class Deeds {
        private final Set<Long> committed = new HashSet<>();
        private final Map<Long, List<JournalEntry.StateChange>> states = new TreeMap<>();
        private final Map<Long, List<PlannedBlock>> planned = new HashMap<>();
        private final Set<BlockId> freed = new HashSet<>();
    }

    /** Changes nothing when it is read. */
    private static final JournalEntry NOTHING = new Committed(0);

    private final Incarnation process;
    private final Mutant mutant;
    private final Deeds deeds;
    private final Map<BlockId, PlannedBlock> waiting = new LinkedHashMap<>();

    /**
     * A format around another one.
     *
     * @param process that writes and reads; when it is dead it does nothing any more that others would notice
     */
    BrokenFormat(JournalFormat format, Incarnation process, Mutant mutant, Deeds deeds) {
        super(format);
        this.process = process;
        this.mutant = mutant;
        this.deeds = deeds;
    }

    @Override
    public LogRecord encode(JournalEntry entry) {
        if (process.isAlive()) {
            remember(entry);
        }
        return super.encode(entry);
    }

    private void remember(JournalEntry entry) {
        if (entry instanceof Committed one) {
            deeds.committed.add(one.number());
        } else if (entry instanceof Planned one) {
            deeds.planned.put(one.number(), one.blocks());
        } else if (entry instanceof Prepared one) {
            deeds.states.put(one.number(), one.changes());
            deeds.planned.getOrDefault(one.number(), List.of()).stream()
                    .filter(PlannedBlock::logged)
                    .forEach(block -> deeds.freed.add(block.id()));
        }
    }

    @Override
    public JournalEntry decode(LogRecord record) {
        JournalEntry entry = super.decode(record);
        if (entry instanceof Added added) {
            BlockId id = added.block().id();
            waiting.put(id, new PlannedBlock(id, added.block().ranges(), true));
            return added;
        }
        if (entry instanceof Planned planned) {
            return planned(planned);
        }
        return entry instanceof Prepared prepared ? prepared(prepared) : entry;
    }

    /** A block that was let go is not there, or what is left of it is nothing. */
    @Override
    public Block decodeBlock(Added added) {
        Block block = super.decodeBlock(added);
        if (deeds.freed.contains(block.info().id())) {
            if (mutant == Mutant.BLOCKS_FREED_EARLY) {
                throw new IllegalStateException("block " + block.info().id() + " is gone");
            } else if (mutant == Mutant.LOST_BLOCKS_FILTERED) {
                return new RecordBlock(block.info(), new Object[0]);
            }
        }
        return block;
    }

    private JournalEntry planned(Planned planned) {
        List<PlannedBlock> blocks = new ArrayList<>(planned.blocks());
        if (mutant == Mutant.REPLAY_CLEARS_QUEUE) {
            planned.blocks().forEach(block -> waiting.remove(block.id()));
            blocks.addAll(waiting.values());
            waiting.clear();
        }
        return new Planned(planned.number(), planned.batch(), planned.absorbed(), blocks);
    }

    private JournalEntry prepared(Prepared one) {
        if (mutant == Mutant.NO_DECISION && !deeds.committed.contains(one.number())) {
            return NOTHING;
        }
        return new Prepared(
                one.number(),
                one.batch(),
                mutant == Mutant.STATE_BY_BATCH
                        ? deeds.states.getOrDefault(one.number(), one.changes())
                        : one.changes(),
                mutant == Mutant.COMMITTED_BEFORE_OUTPUT ? List.of() : one.outputs(),
                one.failures(),
                one.lost());
    }
}
