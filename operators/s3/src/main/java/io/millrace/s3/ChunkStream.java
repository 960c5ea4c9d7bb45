// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, one chunk after the other; one is in memory at a time. */
final class ChunkStream extends InputStream {

    private static final int TRIES = 5;

    private final S3Objects objects;
    private final String directory;
    private List<ChunkName> names;
    private InputStream chunk = new ByteArrayInputStream(new byte[0]);
    private long next;

    ChunkStream(S3Objects objects, String directory) throws IOException {
        this.objects = objects;
        this.directory = directory;
        this.names = list();
    }

    private List<ChunkName> list() throws IOException {
        return objects.list(directory).stream()
                .flatMap(name -> ChunkName.of(name).stream())
                .toList();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read = chunk.read(bytes, offset, length);
        while (read < 0) {
            byte[] more = more();
            if (more == null) {
                return -1;
            }
            chunk = new ByteArrayInputStream(more);
            read = chunk.read(bytes, offset, length);
        }
        return read;
    }

    /** The next chunk; looked for again if it has become a part of a larger one meanwhile. */
    private byte @Nullable [] more() throws IOException {
        for (int tried = 1; tried <= TRIES; tried++) {
            Optional<ChunkName> name = names.stream()
                    .filter(there -> there.first() == next)
                    .max(Comparator.comparingLong(ChunkName::last));
            if (name.isEmpty() && names.stream().allMatch(there -> there.last() < next)) {
                return null;
            }
            byte[] bytes =
                    name.isEmpty() ? null : objects.get(directory + name.get().text());
            if (bytes != null) {
                next = name.get().last() + 1;
                return bytes;
            }
            names = list();
        }
        throw new IOException(objects.describe(directory) + " has no chunk that begins with put " + next);
    }
}
