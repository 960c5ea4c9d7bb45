// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.WireForm;

/** A class of a user that says itself how its values become bytes. */
final class NamedBytes extends NamedType {

    private final WireForm<Object> codec;

    @SuppressWarnings("unchecked")
    <T> NamedBytes(String name, Class<T> type, WireForm<T> codec) {
        super(name, type);
        this.codec = (WireForm<Object>) codec;
    }

    @Override
    void write(Object value, ValueCodec values, WireOutput out) {
        out.writeBytes(codec.toBytes(value));
    }

    @Override
    Object read(ValueCodec values, WireInput in) {
        int start = in.position();
        byte[] bytes = in.readBytes();
        try {
            return codec.fromBytes(bytes);
        } catch (RuntimeException e) {
            throw new WireException(
                    "The bytes of a value of " + this + " were expected at byte " + start + ": " + e, e);
        }
    }
}
