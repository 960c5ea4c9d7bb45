// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * What stands between a user's function and the batch: it knows the node, its call site and its error policy.
 *
 * <p>A step calls the user's function in a {@code try} block that holds nothing else, and hands whatever was thrown to
 * {@link #failed}: that costs nothing as long as nothing is thrown.
 */
public interface Guard {

    /**
     * Decides about a record on which the user's function threw.
     *
     * <p>Returns if the record is set aside (skipped or sent to the dead letters); the step then goes on with the
     * next record.
     *
     * @param record what the function was called with
     * @param cause what it threw
     * @throws RecordFailure if the policy is to fail
     */
    void failed(Object record, Throwable cause) throws RecordFailure;
}
