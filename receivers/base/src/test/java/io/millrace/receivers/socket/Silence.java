// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.time.Duration;

/** Time that passes while nobody says anything. */
final class Silence {

    private Silence() {}

    /** Lets the time pass in steps until the feed delivers, ends or fails; the caller's timeout bounds it. */
    static void untilDone(ManualTime time, Duration step, RunningFeed feed) {
        while (feed.waits()) {
            time.advance(step);
            Thread.onSpinWait();
        }
    }
}
