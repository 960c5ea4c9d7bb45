// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.state.Column;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.RepeatedRows;
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
        @Nullable RepeatedRows repeated = rows.repeated();
        out.writeBoolean(repeated != null);
        if (repeated != null) {
            values.writeColumn(repeated.keys(), repeated.distinct(), out);
            out.writeInts(repeated.hashes());
            out.writeInts(repeated.numbers());
            columns.write(repeated.values(), out);
        } else {
            writePlain(rows, out);
        }
        int[] ordinals = new int[rows.segments()];
        int[] starts = new int[rows.segments()];
        for (int i = 0; i < ordinals.length; i++) {
            ordinals[i] = rows.ordinal(i);
            starts[i] = rows.start(i);
        }
        out.writeInts(ordinals);
        out.writeInts(starts);
    }

    private void writePlain(PairBuffer rows, WireOutput out) {
        @Nullable Object @Nullable [] keys = rows.keys();
        int @Nullable [] hashes = rows.hashes();
        out.writeBoolean(keys != null);
        if (keys != null && hashes != null) {
            values.writeColumn(keys, rows.size(), out);
            out.writeInts(Arrays.copyOf(hashes, rows.size()));
        }
        columns.write(rows.values(), out);
    }

    @Override
    public PairBuffer read(WireInput in) {
        try {
            return in.readBoolean() ? readRepeated(in) : readPlain(in);
        } catch (IllegalArgumentException e) {
            throw new WireException("The rows of a partition do not fit together", e);
        }
    }

    private PairBuffer readRepeated(WireInput in) {
        @Nullable Object[] keys = values.readColumn(in);
        int[] hashes = in.readInts();
        int[] numbers = in.readInts();
        Column column = columns.read(in);
        return PairBuffer.ofRepeatedKeys(keys, hashes, numbers, column, in.readInts(), in.readInts());
    }

    private PairBuffer readPlain(WireInput in) {
        @Nullable Object @Nullable [] keys = null;
        int @Nullable [] hashes = null;
        if (in.readBoolean()) {
            keys = values.readColumn(in);
            hashes = in.readInts();
        }
        Column column = columns.read(in);
        return PairBuffer.of(keys, hashes, column, in.readInts(), in.readInts());
    }
}
