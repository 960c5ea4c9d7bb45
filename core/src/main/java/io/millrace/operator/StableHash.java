// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hash that decides where a key lives: the same in every JVM. */
public final class StableHash {

    private static final ClassValue<Boolean> HAS_STABLE_HASH = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                Method hashCode = type.getMethod("hashCode");
                return !type.isArray() && hashCode.getDeclaringClass() != Object.class;
            } catch (NoSuchMethodException e) {
                return false;
            }
        }
    };

    private StableHash() {}

    /**
     * The hash of a key, well spread over all 32 bits.
     *
     * @throws IllegalArgumentException if the key's class takes its hash from the object's identity (an array, or a
     *     class without {@code hashCode}), since equal keys would then not meet
     */
    public static int of(@Nullable Object key) {
        if (key instanceof String text) {
            return spread(text.hashCode());
        }
        return spread(raw(key));
    }

    private static int raw(@Nullable Object key) {
        if (key == null) {
            return 0;
        }
        if (key instanceof Long || key instanceof Integer || key instanceof String) {
            return key.hashCode();
        }
        if (key instanceof Enum<?> constant) {
            return constant.name().hashCode();
        }
        if (key instanceof Pair<?, ?> pair) {
            return 31 * raw(pair.key()) + raw(pair.value());
        }
        if (key instanceof List<?> list) {
            int hash = 1;
            for (Object element : list) {
                hash = 31 * hash + raw(element);
            }
            return hash;
        }
        if (key instanceof Set<?> set) {
            int hash = 0;
            for (Object element : set) {
                hash += raw(element);
            }
            return hash;
        }
        if (key instanceof Map<?, ?> map) {
            int hash = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                hash += raw(entry.getKey()) ^ raw(entry.getValue());
            }
            return hash;
        }
        if (key instanceof Record) {
            return RecordHash.of(key);
        }
        if (!HAS_STABLE_HASH.get(key.getClass())) {
            throw new IllegalArgumentException(
                    "A key must have a hash that does not depend on the object's identity, but "
                            + key.getClass().getTypeName() + " has none; use a String, a number, a record or a List");
        }
        return Objects.hashCode(key);
    }

    static int rawOf(@Nullable Object key) {
        return raw(key);
    }

    /**
     * Spreads the bits of a hash, so that both its low and its high bits may choose a place: {@link #of} of a key is this of its
     * {@code hashCode}, for any key whose class says itself what that is.
     */
    public static int spread(int hash) {
        int h = hash * 0x9E3779B1;
        h ^= h >>> 15;
        h *= 0x85EBCA6B;
        return h ^ (h >>> 13);
    }
}
