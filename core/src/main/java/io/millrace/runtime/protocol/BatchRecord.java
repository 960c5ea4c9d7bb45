// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.List;

/** What the protocol writes to the durable log. */
public sealed interface BatchRecord {

    /** Blocks count as received. Their bytes are durable no later than this record is. */
    record Add(List<LoggedBlock> blocks) implements BatchRecord {
        /** Copies the blocks. */
        public Add {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * What a batch holds. A batch that is run again, by whomever, holds the same.
     *
     * @param batch its number, from 1
     * @param time the time of the batch in milliseconds since 1970
     * @param blocks blocks of sources that cannot be read again
     * @param ranges what is read again from sources that can be
     */
    record Plan(long batch, long time, List<LoggedBlock> blocks, List<SourceRange> ranges) implements BatchRecord {
        /** Copies the lists. */
        public Plan {
            blocks = List.copyOf(blocks);
            ranges = List.copyOf(ranges);
        }
    }

    /** The decision: these attempts are the batch. One part per partition, in their order. */
    record Prepared(long batch, List<Part> parts) implements BatchRecord {
        /** Copies the parts. */
        public Prepared {
            parts = List.copyOf(parts);
        }
    }

    /** Every sink has the batch. */
    record Committed(long batch) implements BatchRecord {}

    /**
     * Whether nothing waits for this record, so that it may be forced with the next one that does not wait. If it is lost, sinks
     * are given a batch again, which they have.
     */
    default boolean mayWait() {
        return this instanceof Committed;
    }
}
