// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.execution.Changes;

/** Takes the rows that came out of a result of which rows may go again: what a sink of changed rows gets. */
final class NetChanges {

    private NetChanges() {}

    /** The rows that come, without the column that says so. */
    static ColumnBatch arrived(ColumnBatch batch) {
        int[] kinds = Changes.of(batch);
        ColumnBatchBuilder rows = new ColumnBatchBuilder(Changes.without(batch.schema()), batch.rows());
        for (int row = 0; row < batch.rows(); row++) {
            if (kinds[row] == Changes.COMES) {
                rows.appendFrom(batch, row);
            }
        }
        return rows.build();
    }
}
