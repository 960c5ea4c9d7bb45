// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.HashMap;
import java.util.Map;

/** An enum of a user: its constants go by name, so that their order may change between two versions of a program. */
final class NamedEnum extends NamedType {

    private final Map<String, Object> constants = new HashMap<>();

    NamedEnum(String name, Class<?> type) {
        super(name, type);
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    void write(Object value, ValueCodec values, WireOutput out) {
        out.writeString(((Enum<?>) value).name());
    }

    @Override
    Object read(ValueCodec values, WireInput in) {
        int start = in.position();
        String constant = in.readString();
        Object value = constants.get(constant);
        if (value == null) {
            throw new WireException(
                    "A constant of " + this + " was expected at byte " + start + ", not " + Excerpt.of(constant));
        }
        return value;
    }
}
