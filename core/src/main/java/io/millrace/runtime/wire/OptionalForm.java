// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An optional: 0, or 1 and the value. */
record OptionalForm(Form element) implements Form {

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        Optional<?> optional = (Optional<?>) Checks.present(value, "Optional");
        out.enter();
        out.writeBoolean(optional.isPresent());
        if (optional.isPresent()) {
            element.write(optional.get(), out);
        }
        out.leave();
    }

    @Override
    public Optional<?> read(WireInput in) {
        in.enter();
        int start = in.position();
        if (!in.readBoolean()) {
            in.leave();
            return Optional.empty();
        }
        Object value = element.read(in);
        in.leave();
        if (value == null) {
            throw new WireException("The value of an Optional was expected at byte " + start + ", not null");
        }
        return Optional.of(value);
    }
}
