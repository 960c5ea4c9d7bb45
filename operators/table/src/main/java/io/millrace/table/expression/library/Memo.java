// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.Utf8;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of the last text, such as a compiled pattern: an argument that is a constant is compiled once, one that changes when it
 * does. For any threads.
 */
final class Memo<V> {

    private final Function<Utf8, V> compiler;
    private volatile @Nullable Entry<V> last;

    Memo(Function<Utf8, V> compiler) {
        this.compiler = compiler;
    }

    /** What the compiler makes of this text. */
    @SuppressWarnings("ReferenceEquality") // a constant is the same object
    V get(Utf8 text) {
        Entry<V> entry = last;
        if (entry == null || (entry.text != text && !entry.text.equals(text))) {
            entry = new Entry<>(text, compiler.apply(text));
            last = entry;
        }
        return entry.value;
    }

    private record Entry<V>(Utf8 text, V value) {}
}
