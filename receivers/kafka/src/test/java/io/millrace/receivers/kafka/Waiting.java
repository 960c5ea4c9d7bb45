// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads and the broker do; bounded. */
final class Waiting {

    private static final long TURN_NANOS = 10_000_000;
    private static final int MOST_TURNS = 6_000;

    private Waiting() {}

    static void until(BooleanSupplier condition) {
        for (int turn = 0; turn < MOST_TURNS && !Thread.currentThread().isInterrupted(); turn++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(TURN_NANOS);
        }
        throw new AssertionError("it did not come to that");
    }
}
