// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

/** The rule by which keys are dealt to partitions. */
public final class Partitions {

    private Partitions() {}

    /** The partition, of {@code count}, in which keys with this stable hash live. */
    public static int of(int hash, int count) {
        return (hash & Integer.MAX_VALUE) % count;
    }
}
