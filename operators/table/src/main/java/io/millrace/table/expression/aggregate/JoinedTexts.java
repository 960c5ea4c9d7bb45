// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Utf8;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts texts together with a separator between them. Immutable. Generated code calls the method. */
public final class JoinedTexts {

    private final String separator;

    JoinedTexts(Utf8 separator) {
        this.separator = separator.toString();
    }

    /** All texts; null if there is none. */
    public @Nullable Utf8 text(Object[] texts) {
        return texts.length == 0
                ? null
                : Utf8.of(Arrays.stream(texts).map(Object::toString).collect(Collectors.joining(separator)));
    }
}
