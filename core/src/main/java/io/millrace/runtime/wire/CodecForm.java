// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** A place whose values have a codec and are never null. */
record CodecForm<T>(Class<? super T> type, Codec<T> codec) implements Form {

    @Override
    @SuppressWarnings("unchecked")
    public void write(@Nullable Object value, WireOutput out) {
        T present = (T) Checks.present(value, type.getSimpleName());
        int before = out.size();
        codec.write(present, out);
        if (out.size() == before) {
            throw new WireException(
                    "The codec of " + type.getTypeName() + " must write at least 1 byte, but wrote none");
        }
    }

    @Override
    public Object read(WireInput in) {
        int start = in.position();
        try {
            return codec.read(in);
        } catch (WireException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new WireException("A " + type.getSimpleName() + " was expected at byte " + start + ": " + e, e);
        }
    }
}
