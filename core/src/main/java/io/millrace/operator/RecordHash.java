// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The stable hash of a record: of its components in order, since the hash that the compiler gives a record is not specified.
 * A record that says itself when two of it are equal, and so has a hash of its own, is asked for that.
 */
final class RecordHash {

    private static final ClassValue<List<MethodHandle>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<MethodHandle> computeValue(Class<?> type) {
            List<MethodHandle> accessors = new ArrayList<>();
            try {
                MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
                for (RecordComponent component : type.getRecordComponents()) {
                    accessors.add(lookup.unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Object.class)));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalArgumentException(
                        "A key of the record " + type.getTypeName() + " cannot be read: " + e.getMessage(), e);
            }
            return List.copyOf(accessors);
        }
    };

    private static final ClassValue<Boolean> HAS_HASH_OF_ITS_OWN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                // what the compiler adds is final, what a person writes is not
                return !Modifier.isFinal(type.getMethod("hashCode").getModifiers());
            } catch (NoSuchMethodException e) {
                return false;
            }
        }
    };

    private RecordHash() {}

    static int of(Object key) {
        if (HAS_HASH_OF_ITS_OWN.get(key.getClass())) {
            return key.hashCode();
        }
        int hash = 17;
        try {
            for (MethodHandle accessor : ACCESSORS.get(key.getClass())) {
                hash = 31 * hash + StableHash.rawOf((Object) accessor.invokeExact(key));
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException("The record " + key.getClass().getTypeName() + " cannot be hashed", e);
        }
        return hash;
    }
}
