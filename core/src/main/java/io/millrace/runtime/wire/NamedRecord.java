// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** A record of a user: how many components it has, and their values, of which only primitives go without a tag. */
final class NamedRecord extends NamedType {

    private final RecordShape shape;

    /** Per component: its primitive, or null if it goes as a value with a tag. */
    private final @Nullable Scalar<Object>[] primitives;

    NamedRecord(String name, Class<?> type) {
        super(name, type);
        this.shape = RecordShape.of(type);
        this.primitives = primitives(shape);
    }

    RecordShape shape() {
        return shape;
    }

    @Override
    void write(Object value, ValueCodec values, WireOutput out) {
        out.enter();
        out.writeVarInt(primitives.length);
        for (int i = 0; i < primitives.length; i++) {
            Object component = shape.get(value, i);
            Scalar<Object> primitive = primitives[i];
            try {
                if (primitive != null && component != null) {
                    primitive.write(component, out);
                } else {
                    values.write(component, out);
                }
            } catch (WireException e) {
                throw e.in(shape.place(i));
            }
        }
        out.leave();
    }

    @Override
    Object read(ValueCodec values, WireInput in) {
        in.enter();
        int start = in.position();
        int count = in.readVarInt();
        if (count != primitives.length) {
            throw new WireException("The record " + this + " has " + primitives.length + " components, but at byte "
                    + start + " it has " + Integer.toUnsignedString(count));
        }
        @Nullable Object[] components = new @Nullable Object[primitives.length];
        for (int i = 0; i < components.length; i++) {
            Scalar<Object> primitive = primitives[i];
            components[i] = primitive != null ? primitive.read(in) : values.read(in);
        }
        in.leave();
        return shape.create(components);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable Scalar<Object>[] primitives(RecordShape shape) {
        @Nullable Scalar<Object>[] primitives = new Scalar[shape.size()];
        for (int i = 0; i < primitives.length; i++) {
            Class<?> type = shape.component(i).getType();
            primitives[i] = type.isPrimitive() ? Scalars.of(type) : null;
        }
        return primitives;
    }
}
