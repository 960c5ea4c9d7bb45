// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;

/** A condition over a row of the left and a row of the right. For many threads. */
public interface PairCondition {

    /** Meets every pair. */
    PairCondition ANY = (left, right) -> (leftRow, rightRow) -> true;

    /** The condition over the rows of two batches; for one thread. */
    Test bind(ColumnBatch left, ColumnBatch right);

    /** A condition over the rows of two batches. */
    interface Test {
        /** Whether it is true for a row of the left and one of the right. */
        boolean test(int leftRow, int rightRow);
    }
}
