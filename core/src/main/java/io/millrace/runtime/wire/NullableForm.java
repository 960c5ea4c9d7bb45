// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** A place that may be empty: 0, or 1 and the value. */
record NullableForm(Form present) implements Form {

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        out.writeBoolean(value != null);
        if (value != null) {
            present.write(value, out);
        }
    }

    @Override
    public @Nullable Object read(WireInput in) {
        return in.readBoolean() ? present.read(in) : null;
    }
}
