// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.RowBytes;
import io.millrace.table.data.RowEncoder;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;

/** Values as users see them as bytes. For many threads. */
final class ValueCodec {

    private final Schema schema;
    private final RowBytes form;

    private ValueCodec(String name, DataType type, RowBytes form) {
        schema = new Schema(List.of(Field.of(name, type)));
        this.form = form;
    }

    /** For values of a state of this name. */
    static ValueCodec ofValues(String name, DataType type) {
        return new ValueCodec(name, type, RowBytes.ofValues(List.of(type)));
    }

    /** For keys of a state of this name; equal keys have equal bytes. */
    static ValueCodec ofKeys(String name, DataType type) {
        return new ValueCodec(name, type, RowBytes.ofKeys(List.of(type)));
    }

    /**
     * The bytes of a value.
     *
     * @throws IllegalArgumentException if it is not of the type
     */
    byte[] encode(Object value) {
        return new RowEncoder(form)
                .encode(RowForm.batch(schema, List.of(Row.of(value))).columns(), 0);
    }

    Object decode(byte[] bytes) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema, 1);
        form.decode(bytes, builder, 0);
        builder.rowDone();
        ColumnBatch batch = builder.build();
        Object value = RowForm.rows(batch).get(0).get(0);
        if (value == null) {
            throw new IllegalArgumentException(
                    "a value of the state '" + schema.field(0).name() + "' is null");
        }
        return value;
    }
}
