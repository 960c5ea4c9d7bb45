// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.CRC32C;

/**
 * A file as a scan saw it.
 *
 * @param path where it is
 * @param size its bytes
 * @param modifiedMillis when it was last written, by the file system; tells only whether it may have changed
 */
record FoundFile(Path path, long size, long modifiedMillis) {

    /** So many bytes at the beginning of a file are looked at to know it again. */
    static final int HEAD_BYTES = 64 << 10;

    static FoundFile of(Path path, BasicFileAttributes attributes) {
        return new FoundFile(
                path, attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    String name() {
        return path.getFileName().toString();
    }

    /** The checksum of the first bytes, at most 64 KiB and at most {@code limit}. */
    int head(long limit) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD_BYTES, limit));
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            while (head.hasRemaining() && file.read(head) >= 0) {
                // until it is full
            }
        }
        CRC32C sum = new CRC32C();
        sum.update(head.flip());
        return (int) sum.getValue();
    }
}
