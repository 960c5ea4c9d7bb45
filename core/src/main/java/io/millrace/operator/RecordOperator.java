// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * An operator that looks at one record at a time and needs no other: it runs in the task where the record is, fused
 * with its neighbours into one loop.
 *
 * @param <I> records in
 * @param <O> records out
 */
public interface RecordOperator<I, O> extends Operator {

    /** True if the records out are pairs whose keys are those of the record in, as for {@code mapValues}. */
    default boolean keepsKeys() {
        return false;
    }

    /**
     * The running form for one task.
     *
     * @param context what the step may ask of the task it is part of
     * @param out where its records go; pushed to from the same thread
     */
    Step<I> open(StepContext context, Step<O> out);
}
