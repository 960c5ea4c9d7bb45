// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory of dead letters, as the document {@code dead-letters.md} describes it: manifests that say which bytes of which files are
 * letters, and a mark of how far they were fed again.
 */
final class LetterDirectory {

    private static final Pattern MANIFEST = Pattern.compile("(?:\\d+-)?(\\d+)_.*\\.jsonl?");
    private static final int TRIES = 10;
    private static final int LARGEST_BATCH = 1 << 30;

    /** The letters of one manifest. */
    record Part(long sequence, List<StoredLetter> letters) {}

    private final Path directory;

    LetterDirectory(Path directory) {
        this.directory = directory;
    }

    /** The number of the first manifest whose letters were not fed again. */
    long mark() throws IOException {
        Path mark = markFile();
        try {
            return Long.parseLong(Files.readString(mark).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(mark + " must hold the number of a manifest, but does not: " + e.getMessage(), e);
        }
    }

    /** Notes how far letters were fed again. */
    void mark(long next) throws IOException {
        Path mark = markFile();
        Path unfinished = directory.resolve(mark.getFileName() + ".tmp");
        Files.writeString(unfinished, next + "\n");
        Files.move(unfinished, mark, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path markFile() {
        return directory.resolve("_redriven");
    }

    /** The letters of the first manifest from a number on; empty if there is none yet. */
    Optional<Part> next(long from) throws IOException {
        Path manifests = directory.resolve("_manifests");
        if (!Files.isDirectory(manifests)) {
            return Optional.empty();
        }
        for (int tried = 1; ; tried++) {
            // the writer may put single manifests into an archive meanwhile
            try {
                Optional<LetterJson.Manifest> manifest = find(manifests, from);
                return manifest.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Part(manifest.get().sequence(), letters(manifest.get())));
            } catch (NoSuchFileException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Optional<LetterJson.Manifest> find(Path manifests, long from) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(manifests)) {
            files = all.filter(file -> last(file) >= from).sorted().toList();
        }
        for (Path file : files) {
            for (LetterJson.Manifest manifest : LetterJson.manifests(Files.readString(file), file)) {
                if (manifest.sequence() >= from) {
                    return Optional.of(manifest);
                }
            }
        }
        return Optional.empty();
    }

    /** The last number in a file of manifests; -1 if it is no such file. */
    private static long last(Path file) {
        Matcher matcher = MANIFEST.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private List<StoredLetter> letters(LetterJson.Manifest manifest) throws IOException {
        List<StoredLetter> letters = new ArrayList<>();
        for (LetterJson.Range range : manifest.ranges()) {
            Path file = directory.resolve(range.file());
            letters.addAll(LetterJson.letters(text(file, range), file));
        }
        return letters;
    }

    private static String text(Path file, LetterJson.Range range) throws IOException {
        long length = range.to() - range.from();
        if (length < 0 || length > LARGEST_BATCH) {
            throw new IOException(file + " should have letters in " + range.from() + ".." + range.to()
                    + ", but a batch of them has 0 to " + LARGEST_BATCH + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(range.from());
            while (rest.hasRemaining()) {
                if (channel.read(rest) < 0) {
                    throw new IOException(
                            file + " ends before byte " + range.to() + ", where letters end by their manifest");
                }
            }
        }
        return new String(bytes, UTF_8);
    }
}
