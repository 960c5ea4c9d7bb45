// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.List;

/**
 * Some columns of a source that reads all.
 *
 * @param all the source
 * @param columns their places
 */
record SelectedStream(StreamSource all, List<Integer> columns) implements StreamSource {

    @Override
    public Schema schema() {
        return all.schema().select(columns);
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        return selected(all.open(context));
    }

    @Override
    public OpenSource open(StreamingContext context, Reading reading) {
        OpenSource opened = all.open(context, reading);
        return new OpenSource(selected(opened.rows()), opened.drained());
    }

    private DStream<ColumnBatch> selected(DStream<ColumnBatch> rows) {
        int[] places = columns.stream().mapToInt(column -> column).toArray();
        Schema schema = schema();
        return rows.map(batch -> batch.project(places, schema));
    }

    @Override
    public String description() {
        return all.description();
    }
}
