// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * What one node of a stream graph does: a description that every executor turns into running steps.
 *
 * <p>An operator is a {@link RecordOperator}, a {@link PartitionOperator}, a source or an output. It holds the user's
 * functions and nothing that changes: one instance serves all tasks of all executors at once.
 */
public interface Operator {

    /** The name under which users know the operation, such as {@code reduceByKey}. */
    String kind();
}
