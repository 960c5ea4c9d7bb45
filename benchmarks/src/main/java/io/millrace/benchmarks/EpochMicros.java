// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Instant;

/** The wall clock in microseconds since the epoch: the only clock that two processes share. */
final class EpochMicros {

    private EpochMicros() {}

    /** The time now. */
    static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}
