// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a {@link io.millrace.table.source.RangeReceiver} is opened with in a test. It has no clock, which such a receiver does not ask for.
 *
 * @param offsets how far the source was read
 * @param replays the blocks that are to be given again first
 * @param reports takes what is reported, with what its cause says
 */
public record RangeOpening(Map<String, Long> offsets, List<List<OffsetRange>> replays, List<String> reports)
        implements ReceiverContext {

    @Override
    public int streamId() {
        return 0;
    }

    @Override
    public String executor() {
        return "executor-0";
    }

    @Override
    public TimeSource time() {
        throw new UnsupportedOperationException("a receiver of ranges is told the time of each batch");
    }

    @Override
    public Duration batchInterval() {
        return Duration.ofMillis(10);
    }

    @Override
    public int maxLineBytes() {
        return 1 << 20;
    }

    @Override
    public void reportError(String message, Throwable cause) {
        reports.add(message + ": " + cause.getMessage());
    }
}
