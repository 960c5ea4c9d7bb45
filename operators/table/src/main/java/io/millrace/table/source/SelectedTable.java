// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Some columns of a table that is read with all.
 *
 * @param all the table
 * @param columns their places
 */
record SelectedTable(FiniteSource all, List<Integer> columns) implements FiniteSource {

    @Override
    public Schema schema() {
        return all.schema().select(columns);
    }

    @Override
    public List<ColumnBatch> read() throws IOException {
        int[] places = columns.stream().mapToInt(column -> column).toArray();
        Schema schema = schema();
        return all.read().stream().map(batch -> batch.project(places, schema)).toList();
    }

    @Override
    public String description() {
        return all.description();
    }
}
