// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of the engine's own records, made from their components' declared types.
 *
 * <p>A component is a primitive, a scalar (see {@link ValueCodec}), an enum, a record, a sealed interface of records, a
 * {@code List}, {@code Set}, {@code Map} or {@code Optional} of such, or of a class that was given a codec. Where the
 * declared type says nothing ({@code Object}, an unbound type variable, {@code ?}), it is a user's value. Null is
 * refused unless the type is annotated {@link Nullable}.
 *
 * <p>For messages between processes that run the same engine, not for files: nothing in the bytes says what they are.
 * Used by many threads at once; a codec is built once per class.
 */
public final class RecordCodecs {

    private final FormBuilder forms;
    private final Map<Class<?>, Codec<?>> built = new HashMap<>();

    private RecordCodecs(FormBuilder forms) {
        this.forms = forms;
    }

    /** Codecs that are to use this one for users' values. */
    public static Builder builder(ValueCodec values) {
        return new Builder(values);
    }

    /**
     * The codec of a record, or of anything else a component may be.
     *
     * @throws IllegalArgumentException if a component's declared type has no form on the wire
     */
    @SuppressWarnings("unchecked")
    public synchronized <T> Codec<T> of(Class<T> type) {
        Codec<?> known = built.get(type);
        if (known == null) {
            known = new FormCodec<T>(forms.of(WireType.of(type)));
            built.put(type, known);
        }
        return (Codec<T>) known;
    }

    private record FormCodec<T>(Form form) implements Codec<T> {

        @Override
        public void write(T value, WireOutput out) {
            form.write(value, out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(WireInput in) {
            return (T) Checks.present(form.read(in), "value");
        }
    }

    /** Collects codecs of classes that are not records. */
    public static final class Builder {

        private final ValueCodec values;
        private final Map<Class<?>, CodecForm<?>> codecs = new LinkedHashMap<>();

        private Builder(ValueCodec values) {
            this.values = values;
        }

        /** Uses a codec wherever the declared type is this class. */
        public <T> Builder codec(Class<? super T> type, Codec<T> codec) {
            if (codecs.putIfAbsent(type, new CodecForm<>(type, codec)) != null) {
                throw new IllegalArgumentException(type.getTypeName() + " has a codec already");
            }
            return this;
        }

        /** The codecs. */
        public RecordCodecs build() {
            return new RecordCodecs(new FormBuilder(Map.copyOf(codecs), values.any()));
        }
    }
}
