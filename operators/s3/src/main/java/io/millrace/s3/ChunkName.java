// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which puts of a file are in a chunk.
 *
 * @param first the first of them, from 0
 * @param last the last of them
 */
record ChunkName(long first, long last) {

    private static final Pattern NAME = Pattern.compile("(\\d{12})-(\\d{12})");

    String text() {
        return String.format(Locale.ROOT, "%012d-%012d", first, last);
    }

    static Optional<ChunkName> of(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new ChunkName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
