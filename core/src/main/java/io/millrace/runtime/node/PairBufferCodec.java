// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.state.Column;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends rows on their way to a partition. */
final class PairBufferCodec implements Codec<PairBuffer> {

    private final ValueCodec values;
    private final ColumnCodec columns;

    PairBufferCodec(ValueCodec values) {
        this.values = values;
        this.columns = new ColumnCodec(values);
    }

    @Override
    public void write(PairBuffer rows, WireOutput out) {
        @Nullable Object @Nullable [] keys = rows.keys();
        int @Nullable [] hashes = rows.hashes();
        out.writeBoolean(keys != null);
        if (keys != null && hashes != null) {
            values.writeColumn(keys, rows.size(), out);
            out.writeInts(Arrays.copyOf(hashes, rows.size()));
        }
        columns.write(rows.values(), out);
        int[] ordinals = new int[rows.segments()];
        int[] starts = new int[rows.segments()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = rows.ordinal(i);
            starts[i] = rows.start(i);
        }
        out.writeInts(ordinals);
        out.writeInts(starts);
    }

    @Override
    public PairBuffer read(WireInput in) {
        @Nullable Object @Nullable [] keys = null;
        int @Nullable [] hashes = null;
        if (in.readBoolean()) {
            keys = values.readColumn(in);
            hashes = in.readInts();
        }
        Column column = columns.read(in);
        int[] ordinals = in.readInts();
        int[] starts = in.readInts();
        try {
            return PairBuffer.of(keys, hashes, column, ordinals, starts);
        } catch (IllegalArgumentException e) {
            throw new WireException("The rows of a partition do not fit together", e);
        }
    }
}
