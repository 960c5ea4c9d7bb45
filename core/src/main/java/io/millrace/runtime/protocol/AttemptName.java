// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.Comparator;

/**
 * The name of an attempt at one partition of one batch, and so of the files it writes. No two attempts share a name, since an
 * epoch belongs to one driver and a driver counts its attempts. A file is created under this name and never written again.
 *
 * @param epoch the driver that asked for it, from 1
 * @param batch the number of the batch, from 1
 * @param partition the partition, from 0
 * @param number which attempt of this driver at this partition, from 0
 */
public record AttemptName(long epoch, long batch, int partition, int number) implements Comparable<AttemptName> {

    private static final Comparator<AttemptName> ORDER = Comparator.comparingLong(AttemptName::batch)
            .thenComparingInt(AttemptName::partition)
            .thenComparingLong(AttemptName::epoch)
            .thenComparingInt(AttemptName::number);

    @Override
    public int compareTo(AttemptName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return batch + "." + partition + "@" + epoch + "#" + number;
    }
}
