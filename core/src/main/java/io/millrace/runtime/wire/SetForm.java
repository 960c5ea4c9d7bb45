// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set: as a list without equals. Comes back unmodifiable and in the same order. */
final class SetForm implements Form {

    private final Form elements;

    SetForm(Form elements) {
        this.elements = elements;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        ListForm.writeAll((Collection<?>) Checks.present(value, "Set"), elements, out);
    }

    @Override
    public Set<?> read(WireInput in) {
        in.enter();
        int count = in.readCount(1);
        Set<@Nullable Object> set = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            int start = in.position();
            Object element = elements.read(in);
            boolean added = Checks.userCode(() -> set.add(element), "An element of a set", start);
            if (!added) {
                throw new WireException("An element of a set at byte " + start + " is there twice");
            }
        }
        in.leave();
        return Collections.unmodifiableSet(set);
    }
}
