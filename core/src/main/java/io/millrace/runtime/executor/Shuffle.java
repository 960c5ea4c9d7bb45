// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.ManyRecords;
import io.millrace.runtime.state.PairBuffer;

/**
 * Rows on their way from a task to a partition.
 *
 * @param node the operator they are for
 * @param input which of its parents they come from
 * @param partition the partition
 * @param rows the rows
 */
public record Shuffle(int node, int input, int partition, PairBuffer rows) {

    /** How many records there are, a value that stands for several as so many; counted as far as {@code enough}, and perhaps a little further. */
    long records(long enough) {
        long records = rows.size();
        boolean countedOnce = rows.repeated() == null && rows.values().isLongs();
        for (int row = 0; row < rows.size() && records < enough && !countedOnce; row++) {
            if (rows.value(row) instanceof ManyRecords many) {
                records += many.records() - 1L;
            }
        }
        return records;
    }
}
