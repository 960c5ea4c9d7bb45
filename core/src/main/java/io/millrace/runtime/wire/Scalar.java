// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A class of values that hold no others, with the tag by which {@link ValueCodec} tells it from the others.
 *
 * @param tag its number among all values
 * @param type the class of the values
 * @param writer appends a value without its tag
 * @param reader takes a value; may throw what it likes on bytes that are none
 * @param <T> the values
 */
record Scalar<T>(int tag, Class<T> type, BiConsumer<T, WireOutput> writer, Function<WireInput, T> reader)
        implements Codec<T> {

    @Override
    public void write(T value, WireOutput out) {
        writer.accept(value, out);
    }

    @Override
    public T read(WireInput in) {
        int start = in.position();
        try {
            return reader.apply(in);
        } catch (WireException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new WireException("A " + type.getSimpleName() + " was expected at byte " + start + ": " + e, e);
        }
    }
}
