// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import java.util.Collections;
import java.util.List;

/**
 * What is decided for one batch of a query before any row of it is worked on by an operator with state, the same for all partitions. Decided in one place ({@link QueryClock})
 * from what earlier batches left and what this one brings, and sent to every operator with state ahead of its rows.
 *
 * <p>Operators with state are numbered from the sink towards the sources, from 0, depth first and left before right.
 *
 * @param batchId counts the batches of the query from 0: those that bring rows, and those without that only close state
 * @param watermarkMicros the watermark in force, 0 until there is one
 * @param hasWatermark whether the query has a watermark at all
 * @param lateMicros per operator with state: rows at or before it are late
 * @param evictMicros per operator with state: what is at or before it is closed
 * @param inputRows how many rows each source brought, in the order of {@link QueryGraph#sources}
 * @param times the event times that came
 */
public record BatchFrame(
        long batchId,
        long watermarkMicros,
        boolean hasWatermark,
        List<Long> lateMicros,
        List<Long> evictMicros,
        List<Long> inputRows,
        EventTimes times) {

    public BatchFrame {
        lateMicros = List.copyOf(lateMicros);
        evictMicros = List.copyOf(evictMicros);
        inputRows = List.copyOf(inputRows);
    }

    /** The frame of finished data: everything is in, nothing is late and everything is closed. */
    static BatchFrame ofFinishedData(int operators) {
        return new BatchFrame(
                0,
                Long.MAX_VALUE,
                true,
                Collections.nCopies(operators, Long.MIN_VALUE),
                Collections.nCopies(operators, Long.MAX_VALUE),
                List.of(),
                EventTimes.NONE);
    }

    /** Whether any source brought a row. */
    public boolean hasData() {
        return inputRows.stream().anyMatch(rows -> rows > 0);
    }
}
