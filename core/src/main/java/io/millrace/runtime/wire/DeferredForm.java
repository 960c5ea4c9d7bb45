// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** The form of a type within itself, known once the type's own form is built. */
final class DeferredForm implements Form {

    private @Nullable Form target;

    void resolve(Form built) {
        target = built;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        target().write(value, out);
    }

    @Override
    public @Nullable Object read(WireInput in) {
        return target().read(in);
    }

    private Form target() {
        Form built = target;
        if (built == null) {
            throw new IllegalStateException("A form is used before it is built");
        }
        return built;
    }
}
