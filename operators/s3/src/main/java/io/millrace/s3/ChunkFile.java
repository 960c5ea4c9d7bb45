// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import io.millrace.runtime.log.LogFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written in chunks: one per sync, or several if more than 8 MiB were appended. Of 64 small chunks next to each other a
 * larger one is made, so that reading takes fewer requests; holds at most 24 MiB.
 */
final class ChunkFile implements LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkFile.class);
    private static final int LARGEST = 8 << 20;
    private static final int SMALL = 256 << 10;

    /** How many small chunks become one. */
    static final int TOGETHER = 64;

    private final S3Objects objects;
    private final String directory;
    private final ByteArrayOutputStream appended = new ByteArrayOutputStream();
    private final List<byte[]> small = new ArrayList<>();
    private long next;
    private boolean broken;

    ChunkFile(S3Objects objects, String directory) {
        this.objects = objects;
        this.directory = directory;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        checkWhole();
        byte[] part = new byte[Math.min(bytes.remaining(), LARGEST)];
        while (bytes.hasRemaining()) {
            int size = Math.min(part.length, Math.min(bytes.remaining(), LARGEST - appended.size()));
            bytes.get(part, 0, size);
            appended.write(part, 0, size);
            if (appended.size() == LARGEST) {
                put();
            }
        }
    }

    @Override
    public void sync() throws IOException {
        checkWhole();
        if (appended.size() > 0) {
            put();
        }
    }

    private void put() throws IOException {
        byte[] bytes = appended.toByteArray();
        String key = directory + new ChunkName(next, next).text();
        broken = true;
        // What is there may have been put by an attempt of this one whose reply was lost.
        if (!objects.putIfAbsent(key, bytes) && !Arrays.equals(bytes, objects.get(key))) {
            throw new IOException(objects.describe(key) + " was put by somebody else");
        }
        broken = false;
        appended.reset();
        next++;
        if (bytes.length <= SMALL) {
            small.add(bytes);
            if (small.size() == TOGETHER) {
                putTogether();
            }
        } else {
            small.clear();
        }
    }

    /** All is durable already, so that a failure does no harm. */
    private void putTogether() {
        ChunkName together = new ChunkName(next - small.size(), next - 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        small.forEach(bytes::writeBytes);
        small.clear();
        try {
            objects.putIfAbsent(directory + together.text(), bytes.toByteArray());
            for (long chunk = together.first(); chunk <= together.last(); chunk++) {
                objects.delete(directory + new ChunkName(chunk, chunk).text());
            }
        } catch (IOException e) {
            LOG.warn("small chunks stay small directory={} chunks={}", objects.describe(directory), together.text(), e);
        }
    }

    private void checkWhole() throws IOException {
        if (broken) {
            throw new IOException(
                    objects.describe(directory) + " could not be written before, and is not written any more");
        }
    }

    /** What was not synced is let go. */
    @Override
    public void close() {
        broken = true;
    }
}
