// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.util.Locale;

/** What {@link StreamingKMeans} forgets by: batches that came, or points that came. */
public enum DecayUnit {
    /** Old weights are discounted once per batch, also by a batch of nothing. */
    BATCHES,
    /** Old weights are discounted once per point of the batch. */
    POINTS;

    /** The unit that Spark calls {@code batches} or {@code points}. */
    public static DecayUnit of(String name) {
        for (DecayUnit unit : values()) {
            if (unit.sparkName().equals(name)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("Invalid time unit for decay: " + name);
    }

    /** Spark's name of it. */
    public String sparkName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
