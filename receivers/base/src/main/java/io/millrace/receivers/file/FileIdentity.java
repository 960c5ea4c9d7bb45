// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file is known by.
 *
 * @param name its name in the directory
 * @param size its bytes when it was seen
 * @param head the CRC32C of its first 64 KiB
 */
record FileIdentity(String name, long size, int head) {

    private static final Pattern SPLIT = Pattern.compile("(.+):(\\d{1,18}):([0-9a-f]{8})", Pattern.DOTALL);

    /** Its name as a numbered part of the source: {@code a.txt:1200:9af3c2d1}. */
    String split() {
        return name + ":" + size + ":" + String.format("%08x", head);
    }

    /** The file of such a part. */
    static Optional<FileIdentity> of(String split) {
        Matcher parts = SPLIT.matcher(split);
        return parts.matches()
                ? Optional.of(new FileIdentity(
                        parts.group(1), Long.parseLong(parts.group(2)), (int) Long.parseLong(parts.group(3), 16)))
                : Optional.empty();
    }
}
