// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declared type with its type variables filled in.
 *
 * <p>What is not known, as the argument of a raw type, is what its bound says: mostly {@code Object}, any value.
 *
 * @param raw the class
 * @param arguments what its type parameters are; empty if it has none or is used raw
 * @param nullable true if the place may hold null
 */
record WireType(Class<?> raw, List<WireType> arguments, boolean nullable) {

    private static final WireType ANY = of(Object.class);

    /** A class by itself. */
    static WireType of(Class<?> raw) {
        return new WireType(raw, List.of(), false);
    }

    /** A use of a type within a class whose type variables are bound. */
    static WireType of(AnnotatedType use, Map<TypeVariable<?>, WireType> bindings) {
        boolean nullable = use.isAnnotationPresent(Nullable.class);
        if (use instanceof AnnotatedParameterizedType parameterized) {
            List<WireType> arguments = new ArrayList<>();
            for (AnnotatedType argument : parameterized.getAnnotatedActualTypeArguments()) {
                arguments.add(of(argument, bindings));
            }
            return new WireType(erasure(use.getType()), List.copyOf(arguments), nullable);
        }
        if (use instanceof AnnotatedWildcardType wildcard) {
            return of(wildcard.getAnnotatedUpperBounds()[0], bindings);
        }
        if (use.getType() instanceof TypeVariable<?> variable) {
            WireType bound = bindings.getOrDefault(variable, of(erasure(variable)));
            return new WireType(bound.raw, bound.arguments, bound.nullable || nullable);
        }
        return new WireType(erasure(use.getType()), List.of(), nullable);
    }

    /** The type argument of this number; any value if the type is used raw. */
    WireType argument(int index) {
        return index < arguments.size() ? arguments.get(index) : ANY;
    }

    /** The same type where null is not expected. */
    WireType present() {
        return nullable ? new WireType(raw, arguments, false) : this;
    }

    /** What the type variables of the class stand for here. */
    Map<TypeVariable<?>, WireType> bindings() {
        Map<TypeVariable<?>, WireType> bindings = new HashMap<>();
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        for (int i = 0; i < arguments.size() && i < parameters.length; i++) {
            bindings.put(parameters[i], arguments.get(i));
        }
        return bindings;
    }

    /** A class that this sealed type permits, with those of its type variables that it hands on filled in. */
    WireType permitted(Class<?> type) {
        Map<TypeVariable<?>, WireType> known = new HashMap<>();
        for (AnnotatedType parent : type.getAnnotatedInterfaces()) {
            if (parent instanceof AnnotatedParameterizedType parameterized && erasure(parent.getType()) == raw) {
                AnnotatedType[] handedOn = parameterized.getAnnotatedActualTypeArguments();
                for (int i = 0; i < handedOn.length && i < arguments.size(); i++) {
                    if (handedOn[i].getType() instanceof TypeVariable<?> variable) {
                        known.put(variable, arguments.get(i));
                    }
                }
            }
        }
        List<WireType> filled = new ArrayList<>();
        for (TypeVariable<?> parameter : type.getTypeParameters()) {
            filled.add(known.getOrDefault(parameter, of(erasure(parameter))));
        }
        return new WireType(type, List.copyOf(filled), false);
    }

    /** How deep its arguments lie in one another. */
    int depth() {
        int deepest = 0;
        for (WireType argument : arguments) {
            deepest = Math.max(deepest, argument.depth());
        }
        return deepest + 1;
    }

    /** The class of a type, without arguments. */
    static Class<?> erasure(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erasure(parameterized.getRawType());
        }
        if (type instanceof TypeVariable<?> variable) {
            return erasure(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType()).arrayType();
        }
        throw new IllegalArgumentException("A type of Java 17 was expected, not " + type);
    }

    @Override
    public String toString() {
        String name = raw.getTypeName();
        return arguments.isEmpty() ? name : name + arguments;
    }
}
