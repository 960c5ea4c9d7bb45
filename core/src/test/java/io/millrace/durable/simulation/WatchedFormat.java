// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/** A format of the log that remembers what a run reads of those before, to be checked. */
final class WatchedFormat extends FormatAround {

    private final List<JournalEntry> read = new ArrayList<>();

    WatchedFormat(JournalFormat format) {
        super(format);
    }

    @Override
    public JournalEntry decode(LogRecord record) {
        JournalEntry entry = super.decode(record);
        read.add(entry);
        return entry;
    }

    /** What was read. */
    List<JournalEntry> entries() {
        return List.copyOf(read);
    }
}
