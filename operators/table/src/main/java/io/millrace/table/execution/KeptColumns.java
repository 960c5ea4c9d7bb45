// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of the input of a step that are read behind it, with that of the kind of change if there is one. */
final class KeptColumns {

    private final int[] places;
    private final Schema schema;

    /**
     * Some columns.
     *
     * @param in the columns of the input, without that of the kind of change
     * @param read the places of those that are read, in order
     */
    KeptColumns(Schema in, int[] read, boolean changes) {
        places = changes
                ? IntStream.concat(Arrays.stream(read), IntStream.of(in.size())).toArray()
                : read;
        Schema all = changes ? Changes.with(in) : in;
        schema = new Schema(Arrays.stream(places).mapToObj(all::field).toList());
    }

    /** The places of all columns of the input of a step. */
    static int[] all(QueryPlan step) {
        return IntStream.range(0, step.inputs().get(0).schema().size()).toArray();
    }

    /** What comes out of a step that puts columns behind those of its input, if only some of those are read: these, then the new ones. */
    static Schema schema(QueryPlan step, int[] read) {
        Schema out = step.schema();
        List<Field> fields = new ArrayList<>();
        for (int place : read) {
            fields.add(out.field(place));
        }
        fields.addAll(out.fields().subList(step.inputs().get(0).schema().size(), out.size()));
        return new Schema(fields);
    }

    /** These columns of some rows. */
    ColumnBatch of(ColumnBatch batch) {
        return batch.project(places, schema);
    }
}
