// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts with a separator between them. */
final class Concatenation {

    private Concatenation() {}

    /** Those that are not null. */
    static Utf8 joined(Utf8 separator, List<@Nullable Object> texts) {
        List<Utf8> parts = new ArrayList<>();
        for (Object text : texts) {
            if (text != null) {
                if (!parts.isEmpty()) {
                    parts.add(separator);
                }
                parts.add((Utf8) text);
            }
        }
        return CodePoints.join(parts.toArray(new Utf8[0]));
    }
}
