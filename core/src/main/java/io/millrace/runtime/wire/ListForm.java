// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list: how many elements, and the elements. Comes back unmodifiable; may hold null if its elements may. */
final class ListForm implements Form {

    /** Room is made for so many elements at first, since a count is cheap to make up; then as they come. */
    static final int FIRST_ROOM = 64;

    private final Form elements;

    ListForm(Form elements) {
        this.elements = elements;
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        writeAll((Collection<?>) Checks.present(value, "List"), elements, out);
    }

    @Override
    public List<?> read(WireInput in) {
        in.enter();
        int count = in.readCount(1);
        List<@Nullable Object> list = new ArrayList<>(Math.min(count, FIRST_ROOM));
        for (int i = 0; i < count; i++) {
            list.add(elements.read(in));
        }
        in.leave();
        return Collections.unmodifiableList(list);
    }

    static void writeAll(Collection<?> collection, Form elements, WireOutput out) {
        out.enter();
        int count = collection.size();
        out.writeCount(count);
        int written = 0;
        for (Object element : collection) {
            elements.write(element, out);
            written++;
        }
        Checks.unchanged(count, written);
        out.leave();
    }
}
