// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.ManyRecords;
import io.millrace.table.data.ColumnBatch;

/**
 * Rows on their way to the partition of their keys.
 *
 * @param hashes the hash of each row's key, of {@link io.millrace.table.data.ValueHash}
 * @param rows the rows; where rows are aggregated before they travel, the keys and buffers of a group each
 */
public record Part(int[] hashes, ColumnBatch rows) implements ManyRecords {

    /** How many rows there are. */
    public int size() {
        return rows.rows();
    }

    @Override
    public int records() {
        return rows.rows();
    }
}
