// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A record of the durable log. */
public sealed interface LogRecord {

    /**
     * The first record of every segment: how many records of each older segment count. What is behind them is void.
     *
     * @param lengths records by epoch; a segment that is not named counts for nothing
     */
    record Seal(SortedMap<Long, Integer> lengths) implements LogRecord {
        /** Copies the lengths. */
        public Seal {
            lengths = Collections.unmodifiableSortedMap(new TreeMap<>(lengths));
        }
    }

    /** A block counts as received. */
    record Add(LoggedBlock block) implements LogRecord {}

    /** What the batch holds. */
    record Plan(long batch, List<LoggedBlock> blocks) implements LogRecord {
        /** Copies the blocks. */
        public Plan {
            blocks = List.copyOf(blocks);
        }
    }

    /** The decision: these attempts are the batch. One part per partition, in their order. */
    record Prepared(long batch, List<Part> parts) implements LogRecord {
        /** Copies the parts. */
        public Prepared {
            parts = List.copyOf(parts);
        }
    }

    /** Every sink has the batch. */
    record Committed(long batch) implements LogRecord {}
}
