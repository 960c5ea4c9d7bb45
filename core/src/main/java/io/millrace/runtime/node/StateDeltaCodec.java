// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.state.Column;
import io.millrace.runtime.state.StateDelta;
import io.millrace.runtime.wire.Codec;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import io.millrace.runtime.wire.WireInput;
import io.millrace.runtime.wire.WireOutput;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Sends changes of state. */
final class StateDeltaCodec implements Codec<StateDelta<Object, Object>> {

    private final ValueCodec values;
    private final ColumnCodec columns;

    StateDeltaCodec(ValueCodec values) {
        this.values = values;
        this.columns = new ColumnCodec(values);
    }

    @Override
    public void write(StateDelta<Object, Object> delta, WireOutput out) {
        values.writeColumn(delta.keys(), delta.size(), out);
        out.writeInts(delta.hashes());
        columns.write(delta.values(), out);
        long @Nullable [] timers = delta.timers();
        out.writeBoolean(timers != null);
        if (timers != null) {
            out.writeLongs(timers);
        }
        out.writeLongs(delta.removed().toLongArray());
    }

    @Override
    public StateDelta<Object, Object> read(WireInput in) {
        @Nullable Object[] keys = values.readColumn(in);
        int[] hashes = in.readInts();
        Column column = columns.read(in);
        long @Nullable [] timers = in.readBoolean() ? in.readLongs() : null;
        BitSet removed = BitSet.valueOf(in.readLongs());
        try {
            return new StateDelta<>(keys, hashes, column, timers, removed);
        } catch (IllegalArgumentException e) {
            throw new WireException("Changes of state do not fit together", e);
        }
    }
}
