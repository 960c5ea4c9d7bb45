// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.time.Duration;
import java.util.Optional;

/**
 * What an acknowledged server asks of its clients, and how much it takes of them.
 *
 * @param token what they must bring; empty if they need not bring any
 * @param maxClients how many it remembers
 * @param maxLinesInFlight how many lines of one may be on their way
 * @param maxBytesInFlight how many bytes of one may be on their way
 * @param lineTimeout how long a line may take, from once to twice of it
 */
record AckedSettings(
        Optional<String> token, int maxClients, long maxLinesInFlight, long maxBytesInFlight, Duration lineTimeout) {

    private static final int MOST_CLIENTS = 1_000_000;

    /** No token, 10 000 clients, 1 000 000 lines and 16 MiB in flight, 30 s for a line. */
    static final AckedSettings DEFAULT =
            new AckedSettings(Optional.empty(), 10_000, 1_000_000, 16L << 20, Duration.ofSeconds(30));

    AckedSettings {
        Bounds.requireIn("maxClients", maxClients, 1, MOST_CLIENTS);
        if (maxLinesInFlight < 1 || maxBytesInFlight < 1) {
            throw new IllegalArgumentException(
                    "lines and bytes in flight must be >= 1, but are " + maxLinesInFlight + " and " + maxBytesInFlight);
        }
        Bounds.requirePositive("lineTimeout", lineTimeout);
        if (token.isPresent() && !Hello.isId(token.get())) {
            throw new IllegalArgumentException(
                    "the token must have 1 to " + Hello.LONGEST_ID + " characters of ASCII without spaces");
        }
    }

    /** Does not show the token. */
    @Override
    public String toString() {
        return "AckedSettings[token=" + (token.isPresent() ? "set" : "none") + ", maxClients=" + maxClients
                + ", maxLinesInFlight=" + maxLinesInFlight + ", maxBytesInFlight=" + maxBytesInFlight
                + ", lineTimeout=" + lineTimeout + "]";
    }
}
