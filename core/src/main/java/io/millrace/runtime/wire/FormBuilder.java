// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the form of a declared type: in the codecs it was given, among the scalars, or from the type's own shape.
 *
 * <p>Used by one thread at a time.
 */
final class FormBuilder {

    /** Deeper types come only of records that hold ever bigger types of themselves. */
    private static final int DEEPEST_TYPE = 16;

    /** Types that say nothing of what is there, so that it goes as a value with a tag. */
    private static final Set<Class<?>> OPEN = Set.of(Object.class, Number.class, Comparable.class, Record.class);

    private final Map<Class<?>, CodecForm<?>> codecs;
    private final Form any;
    private final Map<WireType, Form> forms = new HashMap<>();

    FormBuilder(Map<Class<?>, CodecForm<?>> codecs, Form any) {
        this.codecs = codecs;
        this.any = any;
    }

    /**
     * The form of a type.
     *
     * @throws IllegalArgumentException if it, or something in it, has none
     */
    Form of(WireType type) {
        try {
            return build(type);
        } catch (IllegalArgumentException e) {
            forms.clear(); // some may refer to the one that failed
            throw e;
        }
    }

    private Form build(WireType type) {
        Form known = forms.get(type);
        if (known != null) {
            return known;
        }
        if (type.depth() > DEEPEST_TYPE) {
            throw new IllegalArgumentException(
                    "A type may be nested " + DEEPEST_TYPE + " deep, but this one is deeper: " + type);
        }
        DeferredForm deferred = new DeferredForm();
        forms.put(type, deferred);
        Form built = type.nullable() ? nullable(type) : present(type);
        deferred.resolve(built);
        forms.put(type, built);
        return built;
    }

    private Form nullable(WireType type) {
        Form present = build(type.present());
        return present == any ? any : new NullableForm(present);
    }

    private Form present(WireType type) {
        Class<?> raw = type.raw();
        Form simple = simple(raw);
        if (simple != null) {
            return simple;
        }
        if (raw == List.class || raw == Collection.class) {
            return new ListForm(build(type.argument(0)));
        }
        if (raw == Set.class) {
            return new SetForm(build(type.argument(0)));
        }
        if (raw == Map.class) {
            return new MapForm(build(type.argument(0)), build(type.argument(1)));
        }
        if (raw == Optional.class) {
            return new OptionalForm(build(type.argument(0)));
        }
        if (raw.isEnum()) {
            return new EnumForm(raw);
        }
        if (raw.isRecord()) {
            return record(type);
        }
        if (raw.isSealed()) {
            return sealed(type);
        }
        throw new IllegalArgumentException(
                raw.getTypeName() + " has no form on the wire; make it a record or a sealed interface of records,"
                        + " or give it a codec: MessageRegistry.builder().codec(" + raw.getSimpleName() + ".class, …)");
    }

    private @Nullable Form simple(Class<?> raw) {
        CodecForm<?> codec = codecs.get(raw);
        if (codec != null) {
            return codec;
        }
        Scalar<Object> scalar = Scalars.of(raw);
        if (scalar != null) {
            return new CodecForm<>(scalar.type(), scalar);
        }
        return OPEN.contains(raw) ? any : null;
    }

    private Form record(WireType type) {
        RecordShape shape = RecordShape.of(type.raw());
        List<Form> components = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            try {
                components.add(build(WireType.of(shape.component(i).getAnnotatedType(), type.bindings())));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The " + shape.place(i) + ": " + e.getMessage(), e);
            }
        }
        return new RecordForm(shape, components);
    }

    private Form sealed(WireType root) {
        Map<Class<?>, WireType> types = new HashMap<>();
        collect(root, types);
        List<Class<?>> leaves = new ArrayList<>(types.keySet());
        leaves.sort(SealedLeaves.ORDER);
        List<Form> built = new ArrayList<>();
        for (Class<?> leaf : leaves) {
            built.add(build(types.getOrDefault(leaf, WireType.of(leaf))));
        }
        return new SealedForm(root.raw(), leaves, built);
    }

    private void collect(WireType type, Map<Class<?>, WireType> leaves) {
        if (type.raw().isSealed() && !type.raw().isEnum()) {
            for (Class<?> permitted : type.raw().getPermittedSubclasses()) {
                collect(type.permitted(permitted), leaves);
            }
        } else {
            leaves.putIfAbsent(type.raw(), type);
        }
    }
}
