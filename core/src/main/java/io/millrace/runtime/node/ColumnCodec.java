// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.state.Column;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import org.jspecify.annotations.Nullable;

/** Sends a column of values. */
final class ColumnCodec implements Codec<Column> {

    private final ValueCodec values;

    ColumnCodec(ValueCodec values) {
        this.values = values;
    }

    @Override
    public void write(Column column, WireOutput out) {
        if (column.isLongs()) {
            values.writeColumn(column.longs(), column.size(), out);
        } else {
            values.writeColumn(column.objects(), column.size(), out);
        }
    }

    @Override
    public Column read(WireInput in) {
        if (values.isLongColumn(in)) {
            long[] longs = values.readLongColumn(in);
            return Column.of(longs, longs.length);
        }
        @Nullable Object[] objects = values.readColumn(in);
        return Column.of(objects, objects.length);
    }
}
