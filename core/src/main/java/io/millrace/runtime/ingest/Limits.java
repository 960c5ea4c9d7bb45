// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

/** The limits on the rate of one receiver, in records and in bytes. Thread-safe: the stream takes, the supervisor changes the rate. */
final class Limits {

    private final LimitSettings settings;
    private final RateLimit records;
    private final RateLimit bytes;
    private final boolean limited;

    Limits(LimitSettings settings, long nowMicros) {
        this.settings = settings;
        double initial = settings.rated() ? orUnlimited(settings.initialRecords()) : Double.POSITIVE_INFINITY;
        this.records = new RateLimit(Math.min(initial, orUnlimited(settings.maxRecords())), nowMicros);
        this.bytes = new RateLimit(orUnlimited(settings.maxBytes()), nowMicros);
        this.limited = settings.countsRecords() || settings.maxBytes() > 0;
    }

    /** So many records per second from now on, or as many as the settings allow if that is less. */
    void rate(double recordsPerSecond, long nowMicros) {
        records.rate(Math.min(recordsPerSecond, orUnlimited(settings.maxRecords())), nowMicros);
    }

    /** So much came. */
    void take(long newRecords, long newBytes, long nowMicros) {
        if (limited) {
            records.take(newRecords, nowMicros);
            bytes.take(newBytes, nowMicros);
        }
    }

    /** How long the source must not be read; 0 if it may be read now. */
    long waitMicros(long nowMicros) {
        return limited ? Math.max(records.waitMicros(nowMicros), bytes.waitMicros(nowMicros)) : 0;
    }

    private static double orUnlimited(long perSecond) {
        return perSecond == 0 ? Double.POSITIVE_INFINITY : perSecond;
    }
}
