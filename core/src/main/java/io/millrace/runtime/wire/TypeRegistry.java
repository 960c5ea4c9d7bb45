// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.WireForm;
import io.millrace.operator.window.BrokenFold;
import io.millrace.operator.window.Slice;
import io.millrace.operator.window.SliceTime;
import io.millrace.operator.window.WindowFolds;
import io.millrace.operator.window.WindowValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of users' records and enums, and classes that bring their own form in bytes, that may travel, each under a name of its own.
 *
 * <p>The name is what goes over the wire and into checkpoints; it stays when the class moves to another package.
 */
public final class TypeRegistry {

    private static final TypeRegistry EMPTY = builder().build();

    private final Map<String, NamedType> byName;
    private final Map<Class<?>, NamedType> byType;

    private final Map<String, String> refused;

    private TypeRegistry(Map<String, NamedType> byName, Map<Class<?>, NamedType> byType, Map<String, String> refused) {
        this.byName = byName;
        this.byType = byType;
        this.refused = Map.copyOf(refused);
    }

    /** This list, but values under these names are not read; the message says why. */
    public TypeRegistry refusing(Map<String, String> messages) {
        return new TypeRegistry(byName, byType, messages);
    }

    /** The components of every record, each as {@code name:type}; they are read in this order. Enums have none. */
    public Map<String, List<String>> components() {
        Map<String, List<String>> components = new LinkedHashMap<>();
        byName.forEach((name, type) -> components.put(
                name,
                type instanceof NamedRecord named
                        ? Arrays.stream(named.type().getRecordComponents())
                                .map(one -> one.getName() + ":" + one.getType().getTypeName())
                                .toList()
                        : List.of()));
        return components;
    }

    /** Nothing but what the engine itself makes: dead letters, and what windows keep. */
    public static TypeRegistry empty() {
        return EMPTY;
    }

    /** A list to be filled. */
    public static Builder builder() {
        return new Builder()
                .register("millrace.CutLine", CutLine.class)
                .register("millrace.DeadLetter", DeadLetter.class)
                .register("millrace.FailedRecord", FailedRecord.class)
                .register("millrace.SliceTime", SliceTime.class)
                .register("millrace.Slice", Slice.class)
                .register("millrace.WindowFolds", WindowFolds.class)
                .register("millrace.WindowValue", WindowValue.class)
                .register("millrace.BrokenFold", BrokenFold.class);
    }

    /** This list and another; a class that is in both must have the same name in both. */
    public TypeRegistry with(TypeRegistry other) {
        Builder union = new Builder();
        byName.values().forEach(union::add);
        other.byName.values().forEach(union::add);
        return union.build();
    }

    /** The names, in order of registration. */
    public Set<String> names() {
        return byName.keySet();
    }

    @Nullable
    NamedType find(String name) {
        String refusal = refused.get(name);
        if (refusal != null) {
            throw new WireException(refusal);
        }
        return byName.get(name);
    }

    @Nullable
    NamedType find(Class<?> type) {
        return byType.get(type);
    }

    /** Collects classes. */
    public static final class Builder {

        private static final int LONGEST_NAME = 100;

        private final Map<String, NamedType> byName = new LinkedHashMap<>();
        private final Map<Class<?>, NamedType> byType = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Admits a record or an enum under its simple name, or all records and enums that a sealed interface permits.
         *
         * @throws IllegalArgumentException if the class is none of these or the name is another class's
         */
        public Builder register(Class<?> type) {
            Collection<Class<?>> leaves = SealedLeaves.of(type);
            for (Class<?> leaf : leaves) {
                register(leaf.getSimpleName(), leaf);
            }
            return this;
        }

        /**
         * Admits a record or an enum under this name, which must be the same in all processes of a job.
         *
         * @throws IllegalArgumentException if the class is neither or the name is another class's
         */
        public Builder register(String name, Class<?> type) {
            checkName(name, type);
            if (type.isRecord()) {
                return add(new NamedRecord(name, type));
            }
            if (type.isEnum()) {
                return add(new NamedEnum(name, type));
            }
            throw new IllegalArgumentException(
                    "Only records, enums and sealed interfaces of such can be registered, but " + type.getTypeName()
                            + " is none of them; make it a record");
        }

        /**
         * Admits a class, whose values become bytes as {@code bytes} says, under this name. A value's class must be this one, not one below it.
         *
         * @throws IllegalArgumentException if the name is another class's
         */
        public <T> Builder register(String name, Class<T> type, WireForm<T> bytes) {
            checkName(name, type);
            return add(new NamedBytes(name, type, bytes));
        }

        /**
         * The list, closed.
         *
         * @throws IllegalArgumentException if a record has a component whose declared type no value can have
         */
        public TypeRegistry build() {
            ComponentCheck check = new ComponentCheck(byType.keySet());
            for (NamedType type : byType.values()) {
                if (type instanceof NamedRecord named) {
                    check.check(named.shape());
                }
            }
            return new TypeRegistry(new LinkedHashMap<>(byName), new LinkedHashMap<>(byType), Map.of());
        }

        private static void checkName(String name, Class<?> type) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException("The name of " + type.getTypeName() + " must have 1.." + LONGEST_NAME
                        + " characters, but is '" + name + "'");
            }
        }

        private Builder add(NamedType added) {
            NamedType sameName = byName.get(added.name());
            if (sameName != null && !sameName.equals(added)) {
                throw new IllegalArgumentException("The name '" + added.name() + "' of "
                        + added.type().getTypeName() + " is already that of "
                        + sameName.type().getTypeName() + "; register one of them as register(\"another name\", …)");
            }
            NamedType sameType = byType.get(added.type());
            if (sameType != null && !sameType.equals(added)) {
                throw new IllegalArgumentException(added.type().getTypeName() + " is already registered as '"
                        + sameType.name() + "', so it cannot be '" + added.name() + "' as well");
            }
            byName.putIfAbsent(added.name(), added);
            byType.putIfAbsent(added.type(), added);
            return this;
        }
    }
}
