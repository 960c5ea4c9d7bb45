// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import java.util.ArrayList;
import java.util.List;

/** What was added to a {@link MemoryStream}, in order. Thread-safe. */
final class MemoryLog {

    private final int mostRows;
    private final List<byte[]> parts = new ArrayList<>();
    private long rows;

    MemoryLog(int mostRows) {
        this.mostRows = mostRows;
    }

    synchronized void add(byte[] part, int more) {
        if (rows + more > mostRows) {
            throw new IllegalStateException(
                    "a memory stream holds at most " + mostRows + " rows, but has " + rows + " and got " + more);
        }
        parts.add(part);
        rows += more;
    }

    synchronized int size() {
        return parts.size();
    }

    synchronized long rows() {
        return rows;
    }

    /** The parts from one, in, to another, out. */
    synchronized List<byte[]> parts(int from, int to) {
        return List.copyOf(parts.subList(from, to));
    }
}
