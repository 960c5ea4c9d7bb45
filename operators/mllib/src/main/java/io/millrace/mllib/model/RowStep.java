// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import org.jspecify.annotations.Nullable;

/**
 * What a stage does to a row. It reads slots and writes slots that its {@link RowPlan} gave it, and keeps nothing: one
 * instance runs on several threads.
 */
@FunctionalInterface
public interface RowStep {

    /**
     * Works on one row, in place.
     *
     * @param slots the row; values that were put there are never changed, only replaced
     * @return false if the row is dropped
     * @throws RuntimeException if the row is refused; see {@link ScoringException}
     */
    boolean run(@Nullable Object[] slots);
}
