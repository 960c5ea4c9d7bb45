// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** How the records of a batch come together for a {@link PartitionOperator}. */
public enum Exchange {
    /** Pairs: equal keys meet in one partition, chosen by a hash that is the same in every JVM. */
    BY_KEY,
    /** All records in one partition, in order of arrival. */
    TO_ONE,
    /** Records are dealt out one by one to {@link PartitionOperator#partitions()}, in order of arrival within each. */
    EVENLY,
    /** Every record in some partition near the task that made it, in order of arrival within the partition. */
    IN_PLACE
}
