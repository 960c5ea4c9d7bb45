// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.query.Trigger;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.util.List;

/**
 * Rows made by the clock, with columns {@code timestamp} and {@code value}, which counts from 0. Options: {@code rowsPerSecond}, 1; {@code
 * rampUpTime}, how long the rate grows from 0, {@code 0s}; {@code numPartitions}, how many tasks make them, 2.
 */
public final class RateFormat implements TableFormat {

    /** The columns. */
    static final Schema SCHEMA =
            new Schema(List.of(Field.of("timestamp", AtomicType.TIMESTAMP), Field.of("value", AtomicType.LONG)));

    static final int PARTITIONS = 2;
    static final int MOST_PARTITIONS = 10_000;
    private static final long MOST_PER_SECOND = 1_000_000_000;
    private static final long LONGEST_RAMP = 86_400;

    /** The format. */
    public RateFormat() {}

    @Override
    public String name() {
        return "rate";
    }

    @Override
    public StreamSource stream(ReadRequest request) {
        request.refuseSchema(name());
        FormatOptions options = request.options();
        long perSecond = options.number("rowsPerSecond", 1, 1, MOST_PER_SECOND);
        Duration ramp = options.get("rampUpTime").map(RateFormat::ramp).orElse(Duration.ZERO);
        int partitions = (int) options.number("numPartitions", PARTITIONS, 1, MOST_PARTITIONS);
        String description = "RateStreamV2[rowsPerSecond=" + perSecond + ", rampUpTimeSeconds=" + ramp.toSeconds()
                + ", numPartitions=" + partitions + "]";
        return new ReceiverSource<>(
                description,
                SCHEMA,
                () -> new RateReceiver("rate", new RateReceiver.Pace.ByTime(perSecond, ramp.toMillis()), partitions),
                block -> RateBlock.unpack(block).rows(SCHEMA));
    }

    private static Duration ramp(String text) {
        String spaced = text.trim().replaceFirst("^(\\d+)s$", "$1 seconds").replaceFirst("^(\\d+)$", "$1 seconds");
        Duration ramp = ((Trigger.ProcessingTime) Trigger.ProcessingTime(spaced)).interval();
        if (ramp.toSeconds() > LONGEST_RAMP) {
            throw new IllegalArgumentException("rampUpTime must be a day at most, but is " + text);
        }
        return ramp;
    }
}
