// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import io.millrace.receiver.Receipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the first batch began, and how many records count as received. Thread-safe. */
final class RateProgress {

    private @Nullable Instant start;
    private long received;

    /** The start: the first one that it is asked with. */
    synchronized Instant startedBy(Instant candidate) {
        if (start == null) {
            start = candidate;
        }
        return start;
    }

    synchronized long received() {
        return received;
    }

    /** The receipt of all records before {@code to}. */
    Receipt upTo(long to) {
        return new Receipt() {
            @Override
            public void received() {
                advance(to);
            }

            @Override
            public void failed(Throwable cause) {
                // they are made again
            }
        };
    }

    private synchronized void advance(long to) {
        received = Math.max(received, to);
    }
}
