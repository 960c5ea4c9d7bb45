// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import java.util.OptionalLong;

/** The most bytes that were at risk since they were told of, at most once per second. Used by one thread. */
final class AtRiskPeak {

    private static final long QUIET_MICROS = 1_000_000;

    private long peak;
    private long told;
    private long quietUntil = Long.MIN_VALUE;

    /** So many bytes are at risk now. */
    AtRiskPeak seen(long bytes) {
        peak = Math.max(peak, bytes);
        return this;
    }

    /** What is to be told now, if anything: nothing is said of zero after zero. */
    OptionalLong due(long nowMicros) {
        if (nowMicros < quietUntil || (peak == 0 && told == 0)) {
            return OptionalLong.empty();
        }
        told = peak;
        peak = 0;
        quietUntil = nowMicros + QUIET_MICROS;
        return OptionalLong.of(told);
    }
}
