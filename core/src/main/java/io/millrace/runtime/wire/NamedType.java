// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** A class of users' values that goes over the wire under a name of the closed list. */
abstract sealed class NamedType permits NamedRecord, NamedEnum, NamedBytes {

    private final String name;
    private final Class<?> type;

    NamedType(String name, Class<?> type) {
        this.name = name;
        this.type = type;
    }

    final String name() {
        return name;
    }

    final Class<?> type() {
        return type;
    }

    /** Appends a value of the class without the name. */
    abstract void write(Object value, ValueCodec values, WireOutput out);

    /** Takes a value of the class. */
    abstract Object read(ValueCodec values, WireInput in);

    /** True if it is the same class under the same name. */
    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof NamedType that && name.equals(that.name) && type == that.type;
    }

    @Override
    public final int hashCode() {
        return name.hashCode();
    }

    @Override
    public final String toString() {
        return name + " (" + type.getTypeName() + ")";
    }
}
