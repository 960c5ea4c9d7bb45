// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of the classes a sealed type permits: its number in their stable order, and the value. */
final class SealedForm implements Form {

    private final Class<?> root;
    private final Map<Class<?>, Integer> numbers = new HashMap<>();
    private final Form[] forms;

    SealedForm(Class<?> root, List<Class<?>> leaves, List<Form> forms) {
        this.root = root;
        for (int i = 0; i < leaves.size(); i++) {
            numbers.put(leaves.get(i), i);
        }
        this.forms = forms.toArray(new Form[0]);
    }

    @Override
    public void write(@Nullable Object value, WireOutput out) {
        Object present = Checks.present(value, root.getSimpleName());
        Integer number = numbers.get(present instanceof Enum<?> e ? e.getDeclaringClass() : present.getClass());
        if (number == null) {
            throw new WireException("One of the " + forms.length + " classes that " + root.getTypeName()
                    + " permits was expected, not " + present.getClass().getTypeName());
        }
        out.writeVarInt(number);
        forms[number].write(present, out);
    }

    @Override
    public @Nullable Object read(WireInput in) {
        int start = in.position();
        int number = in.readVarInt();
        if (number < 0 || number >= forms.length) {
            throw new WireException("A number below " + forms.length + " for a " + root.getSimpleName()
                    + " was expected at byte " + start + ", not " + Integer.toUnsignedString(number));
        }
        return forms[number].read(in);
    }
}
