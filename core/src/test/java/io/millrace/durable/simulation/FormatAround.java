// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.LogRecord;
import java.util.Map;

/** A format of the log that does what another one does. */
class FormatAround implements JournalFormat {

    private final JournalFormat format;

    FormatAround(JournalFormat format) {
        this.format = format;
    }

    @Override
    public JournalFormat refusing(Map<String, String> messages) {
        return format.refusing(messages);
    }

    @Override
    public LogRecord encode(JournalEntry entry) {
        return format.encode(entry);
    }

    @Override
    public JournalEntry decode(LogRecord record) {
        return format.decode(record);
    }

    @Override
    public LogRecord encode(BlockInfo info, Block content) {
        return format.encode(info, content);
    }

    @Override
    public Block decodeBlock(JournalEntry.Added added) {
        return format.decodeBlock(added);
    }

    @Override
    public JournalEntry.StateChange encode(NodeState state) {
        return format.encode(state);
    }

    @Override
    public NodeState decode(JournalEntry.StateChange change) {
        return format.decode(change);
    }

    @Override
    public JournalEntry.StagedOutput encode(Collected collected) {
        return format.encode(collected);
    }

    @Override
    public Collected decode(JournalEntry.StagedOutput staged) {
        return format.decode(staged);
    }

    @Override
    public LogRecord snapshotEntry(JournalEntry.StateChange change) {
        return format.snapshotEntry(change);
    }

    @Override
    public JournalEntry.StateChange fromSnapshot(LogRecord entry) {
        return format.fromSnapshot(entry);
    }
}
