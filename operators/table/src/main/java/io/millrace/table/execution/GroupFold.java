// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.expression.Accumulators;
import java.util.Arrays;

/** The rows of one task and batch on their way to one partition, folded into one row per group as they come. For one thread at a time. */
final class GroupFold {

    private final AggregateCode code;
    private final int[] keys;
    private final GroupIndex index;
    private final Accumulators accumulators;
    private int[] hashes = new int[64];

    GroupFold(AggregateCode code) {
        this.code = code;
        this.keys = code.keyPlaces();
        this.index = new GroupIndex(code.keyTypes());
        this.accumulators = code.accumulators();
    }

    /** Folds some rows, of the columns that come in. */
    GroupFold addRaw(Part part) {
        ColumnBatch rows = part.rows();
        Column[] columns = new Column[keys.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(keys[i]);
        }
        int before = index.size();
        int[] groups = index.assign(columns, rows.rows(), part.hashes());
        note(groups, part.hashes(), before);
        accumulators.ensure(index.size());
        accumulators.update(groups, rows);
        return this;
    }

    private void note(int[] groups, int[] hashOfRow, int before) {
        int size = index.size();
        if (size > hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(size, 2 * hashes.length));
        }
        for (int row = 0, next = before; next < size; row++) {
            if (groups[row] == next) {
                hashes[next++] = hashOfRow[row];
            }
        }
    }

    /** Folds rows of keys and buffers. */
    GroupFold add(Part part) {
        ColumnBatch rows = part.rows();
        Column[] columns = Arrays.copyOf(rows.columns(), keys.length);
        int before = index.size();
        int[] groups = index.assign(columns, rows.rows(), part.hashes());
        note(groups, part.hashes(), before);
        accumulators.ensure(index.size());
        accumulators.merge(groups, rows, keys.length);
        return this;
    }

    /** A row of keys and buffers per group. */
    Part part() {
        GroupIndex.Keys found = index.keys();
        ColumnBatch leading = new ColumnBatch(code.leading(), found.columnsOf(), found.size());
        ColumnBatch rows = leading.beside(accumulators.exportAll(), code.partials());
        return new Part(Arrays.copyOf(hashes, rows.rows()), rows);
    }
}
