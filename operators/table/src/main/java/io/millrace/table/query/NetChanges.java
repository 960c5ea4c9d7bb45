// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.execution.Changes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Takes from a batch of a result of which rows may go again those that came: what a sink of changed rows gets. A row that goes and an equal
 * one that comes in the same batch are no change, whichever is first, and neither of them is given on.
 */
final class NetChanges {

    private NetChanges() {}

    /**
     * The rows that come and stay, without the column that says so, in their order; of equal ones the last are left.
     *
     * @param parts all of the rows of the batch, of one schema
     */
    static List<ColumnBatch> arrived(List<ColumnBatch> parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        Schema schema = Changes.without(parts.get(0).schema());
        RowEncoder form = new RowEncoder(
                RowBytes.ofValues(schema.fields().stream().map(Field::type).toList()));
        int[] columns = IntStream.range(0, schema.size()).toArray();
        Map<ByteBuffer, Integer> gone = gone(parts, form, columns);
        List<ColumnBatch> arrived = new ArrayList<>();
        for (ColumnBatch part : parts) {
            int[] kinds = Changes.of(part);
            ColumnBatchBuilder rows = new ColumnBatchBuilder(schema, part.rows());
            for (int row = 0; row < part.rows(); row++) {
                if (kinds[row] == Changes.COMES && !takeBack(gone, part, form, columns, row)) {
                    rows.appendFrom(part, row);
                }
            }
            ColumnBatch some = rows.build();
            if (some.rows() > 0) {
                arrived.add(some);
            }
        }
        return arrived;
    }

    /** How many of each row go; empty if none does. */
    private static Map<ByteBuffer, Integer> gone(List<ColumnBatch> parts, RowEncoder form, int[] columns) {
        Map<ByteBuffer, Integer> gone = new HashMap<>();
        for (ColumnBatch part : parts) {
            int[] kinds = Changes.of(part);
            for (int row = 0; row < part.rows(); row++) {
                if (kinds[row] == Changes.GOES) {
                    gone.merge(ByteBuffer.wrap(form.encode(part, columns, row)), 1, Integer::sum);
                }
            }
        }
        return gone;
    }

    /** Whether a row is one of those that go, which then are one less. */
    private static boolean takeBack(
            Map<ByteBuffer, Integer> gone, ColumnBatch part, RowEncoder form, int[] columns, int row) {
        if (gone.isEmpty()) {
            return false;
        }
        ByteBuffer key = ByteBuffer.wrap(form.encode(part, columns, row));
        Integer left = gone.get(key);
        if (left == null) {
            return false;
        }
        if (left == 1) {
            gone.remove(key);
        } else {
            gone.put(key, left - 1);
        }
        return true;
    }
}
