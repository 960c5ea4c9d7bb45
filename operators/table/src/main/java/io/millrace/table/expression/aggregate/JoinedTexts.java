// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.data.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts texts, or bytes, together with a separator between them. Immutable. Generated code calls the methods. */
public final class JoinedTexts {

    private final Object separator;

    /** With a {@link Utf8} or bytes. */
    JoinedTexts(Object separator) {
        this.separator = separator;
    }

    /** All texts; null if there is none. */
    public @Nullable Utf8 text(Object[] texts) {
        return texts.length == 0
                ? null
                : Utf8.of(Arrays.stream(texts).map(Object::toString).collect(Collectors.joining(separator.toString())));
    }

    /** All bytes; null if there are none. */
    public byte @Nullable [] bytes(Object[] parts) {
        if (parts.length == 0) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.writeBytes((byte[]) separator);
            }
            out.writeBytes((byte[]) parts[i]);
        }
        return out.toByteArray();
    }
}
