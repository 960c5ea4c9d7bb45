// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The components of a record class, taken apart by its accessors and put together by its canonical constructor. */
final class RecordShape {

    private final Class<?> type;
    private final RecordComponent[] components;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;

    private RecordShape(
            Class<?> type, RecordComponent[] components, MethodHandle[] accessors, MethodHandle constructor) {
        this.type = type;
        this.components = components;
        this.accessors = accessors;
        this.constructor = constructor;
    }

    /** The shape of a record class, which may be private to whoever wrote it. */
    static RecordShape of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        MethodHandle[] accessors = new MethodHandle[components.length];
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                accessors[i] = lookup.unreflect(components[i].getAccessor())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asFixedArity()
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape(type, components, accessors, constructor);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    "The record " + type.getTypeName()
                            + " cannot be taken apart; if it is in a module, open its package to io.millrace",
                    e);
        }
    }

    Class<?> type() {
        return type;
    }

    int size() {
        return accessors.length;
    }

    RecordComponent component(int index) {
        return components[index];
    }

    @Nullable
    Object get(Object record, int index) {
        try {
            return (Object) accessors[index].invokeExact(record);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new WireException(place(index) + " cannot be read: " + e, e);
        }
    }

    Object create(@Nullable Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new WireException("The constructor of " + type.getTypeName() + " refused its components: " + e, e);
        }
    }

    /** How a component is called in messages. */
    String place(int index) {
        return "component '" + components[index].getName() + "' of " + type.getTypeName();
    }
}
