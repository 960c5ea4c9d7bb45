// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import java.util.List;

/**
 * What is decided for one batch of a query before any row of it is worked on, the same for all partitions. Decided in one place ({@code QueryClock})
 * from what earlier batches left and what this one brings, and sent to every stateful operator ahead of its work.
 *
 * @param batchId counts the batches of the query from 0: those that bring rows, and those without that only close state
 * @param lateMicros rows at or before it are late, per watermark-carrying operator the value that applies (see Spark's two watermarks)
 * @param watermarkMicros the watermark in force: what is at or before it is closed
 * @param inputRows how many rows each source brought
 * @param hasData whether any did
 */
public record BatchFrame(long batchId, long lateMicros, long watermarkMicros, List<Long> inputRows, boolean hasData) {

    public BatchFrame {
        inputRows = List.copyOf(inputRows);
    }
}
