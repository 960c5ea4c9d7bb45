// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Reads a directory of a {@link FileSink} by its manifests, also while it is being written: sees every batch whole and once, or not at
 * all. Thread-safe.
 *
 * <pre>{@code
 * long seen = -1;
 * for (Manifest batch : reader.after(seen)) {
 *     process(reader.lines(batch));
 *     seen = batch.sequence();
 * }
 * }</pre>
 */
public final class ManifestReader {

    private static final int TRIES = 10;
    private static final int LARGEST_BATCH = Integer.MAX_VALUE - 8;

    private final Path directory;

    private ManifestReader(Path directory) {
        this.directory = directory;
    }

    /** A reader of the directory of a sink; it need not be there yet. */
    public static ManifestReader of(Path directory) {
        return new ManifestReader(directory);
    }

    /** All manifests, in the order in which they were written. */
    public List<Manifest> manifests() throws IOException {
        return after(-1);
    }

    /**
     * The manifests that were written after one that was read before.
     *
     * @param sequence of that one; -1 for none
     * @throws IOException if they cannot be read, or one is missing; it names the path
     */
    public List<Manifest> after(long sequence) throws IOException {
        return reading(manifests -> readAfter(manifests, sequence));
    }

    private interface Reading {
        List<Manifest> of(Path manifests) throws IOException;
    }

    /** Reads, and reads again if the sink puts single manifests into an archive meanwhile. */
    private List<Manifest> reading(Reading reading) throws IOException {
        Path manifests = directory.resolve(ManifestFile.DIRECTORY);
        if (!Files.isDirectory(manifests)) {
            return List.of();
        }
        for (int tried = 1; ; tried++) {
            try {
                return reading.of(manifests);
            } catch (NoSuchFileException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static List<Manifest> readAfter(Path directory, long sequence) throws IOException {
        List<Manifest> found = new ArrayList<>();
        long next = sequence + 1;
        for (ManifestFile file : ManifestFile.list(directory)) {
            if (file.last() >= next) {
                for (Manifest manifest : file.read()) {
                    if (manifest.sequence() > next) {
                        throw new NoSuchFileException(
                                directory.toString(), null, "the manifest " + next + " is missing");
                    }
                    if (manifest.sequence() == next) {
                        found.add(manifest);
                        next++;
                    }
                }
            }
        }
        return found;
    }

    /** The parts of a batch that are there, in the order in which they were written. */
    public List<Manifest> find(BatchTime batch) throws IOException {
        return reading(manifests -> readBatch(manifests, batch));
    }

    private static List<Manifest> readBatch(Path directory, BatchTime batch) throws IOException {
        SortedMap<Long, Manifest> parts = new TreeMap<>();
        for (ManifestFile file : ManifestFile.list(directory)) {
            if (file.minBatch() <= batch.millis() && batch.millis() <= file.maxBatch()) {
                file.read().stream()
                        .filter(manifest -> manifest.batch().equals(batch))
                        .forEach(manifest -> parts.put(manifest.sequence(), manifest));
            }
        }
        return List.copyOf(parts.values());
    }

    /**
     * The bytes of the records of a batch.
     *
     * @throws IOException if they cannot be read, or are not those that were written; it names the path and the batch
     */
    public byte[] bytes(Manifest manifest) throws IOException {
        if (manifest.bytes() > LARGEST_BATCH) {
            throw new IOException("the batch " + manifest.batch() + " in " + directory + " has " + manifest.bytes()
                    + " bytes, more than the " + LARGEST_BATCH + " that can be read at once");
        }
        byte[] all = new byte[(int) manifest.bytes()];
        int done = 0;
        for (FileRange range : manifest.ranges()) {
            read(manifest, range, all, done);
            done += (int) range.bytes();
        }
        return all;
    }

    private void read(Manifest manifest, FileRange range, byte[] all, int at) throws IOException {
        Path path = directory.resolve(range.file());
        ByteBuffer bytes = ByteBuffer.wrap(all, at, (int) range.bytes());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.position(range.from());
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new IOException(path + " ends before byte " + range.to() + ", where the batch "
                            + manifest.batch() + " ends by its manifest");
                }
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(all, at, (int) range.bytes());
        if ((int) crc.getValue() != range.crc32c()) {
            throw new IOException(path + " has other bytes in " + range.from() + ".." + range.to() + " than the batch "
                    + manifest.batch() + " wrote, by their CRC32C");
        }
    }

    /** The text of the records of a batch: one line each in text and JSON files. */
    public List<String> lines(Manifest manifest) throws IOException {
        String text = new String(bytes(manifest), UTF_8);
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            lines.add(text.substring(from, end));
            from = end + 1;
        }
        return lines;
    }
}
