// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.LogRecord;
import java.util.Map;

/** Makes bytes of what is logged, and the other way round. Thread-safe. */
public interface JournalFormat {

    /** This format, but values of the user's types of these names are not read; the messages say why. */
    JournalFormat refusing(Map<String, String> messages);

    /** An entry as a record of the log. */
    LogRecord encode(JournalEntry entry);

    /**
     * The entry of a record.
     *
     * @throws IllegalArgumentException if it is of an unknown type or version, or damaged
     */
    JournalEntry decode(LogRecord record);

    /**
     * The entry of a block that was received, {@link JournalEntry.Added}. The bytes of a text block are part of the record as they are,
     * without a copy.
     *
     * @throws IllegalArgumentException if a record is of a class that is not registered; the message names it
     */
    LogRecord encode(BlockInfo info, Block content);

    /** The block of an entry, under the name that it has there. */
    Block decodeBlock(JournalEntry.Added added);

    /**
     * A change, or all, of the state of an operator in a partition.
     *
     * @throws IllegalArgumentException if a key or value is of a class that is not registered; the message names it
     */
    JournalEntry.StateChange encode(NodeState state);

    /** The same state. */
    NodeState decode(JournalEntry.StateChange change);

    /**
     * Records for an output.
     *
     * @throws IllegalArgumentException if a record is of a class that is not registered; the message names it
     */
    JournalEntry.StagedOutput encode(Collected collected);

    /** The same records. */
    Collected decode(JournalEntry.StagedOutput staged);

    /** A change as an entry of a snapshot. */
    LogRecord snapshotEntry(JournalEntry.StateChange change);

    /** The change of an entry of a snapshot. */
    JournalEntry.StateChange fromSnapshot(LogRecord entry);
}
