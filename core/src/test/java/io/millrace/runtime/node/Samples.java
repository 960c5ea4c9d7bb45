// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorRef;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.StateDelta;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes instances of any record of the engine, with something in every part, so that a new message is tested as it is written. */
final class Samples {

    /** What has no {@code equals}: tests of their own look into these. */
    private static final Set<Class<?>> OPAQUE =
            Set.of(Block.class, PairBuffer.class, StateDelta.class, Throwable.class);

    private final ActorRef<?> actor;
    private int number;

    /** Samples whose addresses are all {@code actor}. */
    Samples(ActorRef<?> actor) {
        this.actor = actor;
    }

    /** A record with something in every part, but for lists of what cannot be compared, which are empty. */
    <R> R of(Class<R> type) {
        return type.cast(value(type));
    }

    /** True if the record can be made here, and be compared. */
    static boolean isComparable(Class<?> type) {
        return !isOpaque(type);
    }

    /** The record with another value in one part. */
    static <R> R with(R record, String part, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            boolean found = false;
            for (int i = 0; i < values.length; i++) {
                found |= components[i].getName().equals(part);
                components[i].getAccessor().setAccessible(true);
                values[i] = components[i].getName().equals(part)
                        ? value
                        : components[i].getAccessor().invoke(record);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass() + " has no " + part);
            }
            @SuppressWarnings("unchecked")
            Class<R> type = (Class<R>) record.getClass();
            return type.cast(constructor(type).newInstance(values));
        } catch (IllegalAccessException | InvocationTargetException | InstantiationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            Class<?> raw = (Class<?>) generic.getRawType();
            if (raw == ActorRef.class) {
                return actor;
            }
            if (raw == List.class) {
                return isOpaque(of[0]) ? List.of() : List.of(value(of[0]), value(of[0]));
            }
            if (raw == Set.class) {
                return Set.copyOf(List.of(value(of[0]), value(of[0])));
            }
            if (raw == Map.class) {
                Map<Object, Object> map = new HashMap<>();
                map.put(value(of[0]), value(of[1]));
                map.put(value(of[0]), value(of[1]));
                return map;
            }
            if (raw == Optional.class) {
                return isOpaque(of[0]) ? Optional.empty() : Optional.of(value(of[0]));
            }
            throw new IllegalArgumentException("no sample of " + type);
        }
        if (type instanceof Class<?> plain) {
            return plain(plain);
        }
        return "a value of a user";
    }

    private Object plain(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return ++number;
        }
        if (type == long.class || type == Long.class) {
            return (1L << 40) + ++number;
        }
        if (type == double.class || type == Double.class) {
            return ++number + 0.25;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String.class) {
            return "text ä\n" + ++number;
        }
        if (type == Duration.class) {
            return Duration.ofNanos(1_000_000_007L * ++number);
        }
        if (type == Object.class) {
            return List.of(1L, "user");
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (!type.isRecord()) {
            throw new IllegalArgumentException("no sample of " + type);
        }
        try {
            List<Object> parts = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                parts.add(value(component.getGenericType()));
            }
            return constructor(type).newInstance(parts.toArray());
        } catch (IllegalAccessException | InvocationTargetException | InstantiationException e) {
            throw new IllegalStateException("no sample of " + type, e);
        }
    }

    private static <R> Constructor<R> constructor(Class<R> type) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOpaque(Type type) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : asClass(type));
        if (OPAQUE.contains(raw)) {
            return true;
        }
        return raw.isRecord()
                && Arrays.stream(raw.getRecordComponents()).anyMatch(component -> isOpaque(component.getGenericType()));
    }

    private static Type asClass(Type type) {
        return type instanceof Class<?> ? type : Object.class;
    }
}
