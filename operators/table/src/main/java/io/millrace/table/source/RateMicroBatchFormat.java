// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;

/**
 * A fixed number of rows in every batch, with columns {@code timestamp} and {@code value}, which counts from 0. Options: {@code rowsPerBatch},
 * which must be set; {@code numPartitions}, 2; {@code startTimestamp}, the time of the first batch's rows in milliseconds since 1970, 0; {@code
 * advanceMillisPerBatch}, how much later those of the next are, 1000.
 */
public final class RateMicroBatchFormat implements TableFormat {

    private static final long MOST_ROWS = 10_000_000;

    /** The format. */
    public RateMicroBatchFormat() {}

    @Override
    public String name() {
        return "rate-micro-batch";
    }

    @Override
    public StreamSource stream(ReadRequest request) {
        request.refuseSchema(name());
        FormatOptions options = request.options();
        if (options.get("rowsPerBatch").isEmpty()) {
            throw new AnalysisException("MISSING_OPTION", "the format " + name() + " needs the option 'rowsPerBatch'");
        }
        long rows = options.number("rowsPerBatch", 0, 1, MOST_ROWS);
        int partitions = (int) options.number("numPartitions", RateFormat.PARTITIONS, 1, RateFormat.MOST_PARTITIONS);
        long start = options.number("startTimestamp", 0, 0, Long.MAX_VALUE / 1_000_000);
        long advance = options.number("advanceMillisPerBatch", 1_000, 0, Long.MAX_VALUE / 1_000_000);
        String description = "RatePerMicroBatchStream[rowsPerBatch=" + rows + ", numPartitions=" + partitions
                + ", startTimestamp=" + start + ", advanceMsPerBatch=" + advance + "]";
        return new ReceiverSource<>(
                description,
                RateFormat.SCHEMA,
                () -> new RateReceiver(
                        "rate-micro-batch", new RateReceiver.Pace.ByBatch(rows, start, advance), partitions),
                block -> RateBlock.unpack(block).rows(RateFormat.SCHEMA));
    }
}
