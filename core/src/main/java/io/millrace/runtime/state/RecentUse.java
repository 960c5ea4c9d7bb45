// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

/** A fading memory of how much recent batches used, which tells when there is far more room than they need. */
final class RecentUse {

    private static final int ALWAYS_KEPT = 1024;

    private int recent;

    /** Takes note of a batch and tells if there is more than 16 times the room that recent batches used. */
    boolean leavesTooMuch(int used, int room) {
        recent = Math.max(used, (int) (recent * 7L / 8));
        return room > ALWAYS_KEPT && room / 16 > recent;
    }

    /** The greatest use of late. */
    int recent() {
        return recent;
    }
}
