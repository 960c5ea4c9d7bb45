// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of the engine: its components one after the other; one byte if there are none. */
final class RecordForm implements Form {

    private final RecordShape shape;
    private final Form[] components;

    RecordForm(RecordShape shape, List<Form> components) {
        this.shape = shape;
        this.components = components.toArray(new Form[0]);
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        Object record = Checks.present(value, shape.type().getSimpleName());
        out.enter();
        if (components.length == 0) {
            out.writeByte(0);
        }
        for (int i = 0; i < components.length; i++) {
            try {
                components[i].write(shape.get(record, i), out);
            } catch (WireException e) {
                throw e.in(shape.place(i));
            }
        }
        out.leave();
    }

    @Override
    public Object read(WireInput in) {
        in.enter();
        if (components.length == 0 && in.readByte() != 0) {
            throw new WireException("0 was expected before byte " + in.position() + " for the empty record "
                    + shape.type().getSimpleName());
        }
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].read(in);
        }
        in.leave();
        return shape.create(values);
    }
}
