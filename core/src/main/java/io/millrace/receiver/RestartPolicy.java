// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.time.Duration;

/**
 * When a receiver whose source ended is opened again.
 *
 * @param restartOnCompletion whether a source that ends without an error is opened again; if not, the receiver is
 *     finished and the job goes on without it
 * @param firstDelay how long the first wait is; later waits are doubled, and the first counts again once the source
 *     has delivered something
 * @param maxDelay the longest wait
 */
public record RestartPolicy(boolean restartOnCompletion, Duration firstDelay, Duration maxDelay) {

    /** Always again, after 100 ms, doubled up to 10 s. */
    public static final RestartPolicy DEFAULT = new RestartPolicy(true, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** Not again after an end without error; after an error as {@link #DEFAULT}. */
    public static final RestartPolicy UNTIL_COMPLETE =
            new RestartPolicy(false, Duration.ofMillis(100), Duration.ofSeconds(10));

    /** Checks the delays. */
    public RestartPolicy {
        if (firstDelay.isNegative() || firstDelay.isZero() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must be 0 < first <= max, but are " + firstDelay + " and " + maxDelay);
        }
    }

    /** The wait before attempt {@code failures + 1} after so many starts in a row that delivered nothing. */
    public Duration delay(int failures) {
        Duration delay = firstDelay;
        for (int i = 0; i < failures && delay.compareTo(maxDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(maxDelay) < 0 ? delay : maxDelay;
    }
}
