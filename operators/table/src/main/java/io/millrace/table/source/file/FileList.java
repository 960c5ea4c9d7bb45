// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files of a table: a file itself, or those of a directory and below but what begins with a dot or, without {@code =} in it, {@code _}. */
final class FileList {

    /** A file and when it was changed last. */
    private record Found(Path path, long millis) {}

    private FileList() {}

    /**
     * The files, the oldest first, those of equal times by name.
     *
     * @throws NoSuchFileException if there is nothing at the path
     */
    static List<Path> of(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        List<Found> found = new ArrayList<>();
        collect(path, found);
        found.sort(Comparator.comparingLong(Found::millis).thenComparing(Found::path));
        return found.stream().map(Found::path).toList();
    }

    private static void collect(Path directory, List<Found> found) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(directory)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            String name = String.valueOf(entry.getFileName());
            // a directory of a column may be called _day=1
            if (name.startsWith(".") || (name.startsWith("_") && !name.contains("="))) {
                continue;
            }
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, found);
            } else {
                modified(entry).ifPresent(millis -> found.add(new Found(entry, millis)));
            }
        }
    }

    /** When a file was changed last; empty if it went while we looked. */
    private static Optional<Long> modified(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toMillis());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
