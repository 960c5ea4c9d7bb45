// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** An enum of the engine: the number of the constant, for messages only, not for what is kept. */
final class EnumForm implements Form {

    private final Class<?> type;
    private final Object[] constants;

    EnumForm(Class<?> type) {
        this.type = type;
        this.constants = type.getEnumConstants();
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // both ends run the same engine; nothing is kept
    public void write(@Nullable Object value, WireOutput out) {
        out.writeVarInt(((Enum<?>) Checks.present(value, type.getSimpleName())).ordinal());
    }

    @Override
    public Object read(WireInput in) {
        int start = in.position();
        int number = in.readVarInt();
        if (number < 0 || number >= constants.length) {
            throw new WireException("A number below " + constants.length + " for a " + type.getSimpleName()
                    + " was expected at byte " + start + ", not " + Integer.toUnsignedString(number));
        }
        return constants[number];
    }
}
