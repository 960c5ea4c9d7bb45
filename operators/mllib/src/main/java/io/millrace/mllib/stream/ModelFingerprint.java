// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What the files of a saved model look like from outside: their names, sizes and times. Two that are equal are those of a model that nobody
 * has written to meanwhile.
 *
 * @param files how many there are
 * @param bytes how many bytes they have together
 * @param written when the last of them was written, in milliseconds since the epoch
 * @param sum a checksum of all names, sizes and times
 */
record ModelFingerprint(int files, long bytes, long written, long sum) {

    private static final int DEEPEST = 64;

    /**
     * Looks at a model's directory.
     *
     * @param most how many files it may have
     * @return empty if it is not complete: it has no metadata, or Spark is still writing
     * @throws IOException if it cannot be read, or has more files
     */
    static Optional<ModelFingerprint> of(Path directory, int most) throws IOException {
        if (!Files.isDirectory(directory.resolve("metadata"))) {
            return Optional.empty();
        }
        Looking looking = new Looking(directory, most);
        Files.walkFileTree(directory, Set.of(), DEEPEST, looking);
        return looking.found();
    }

    private static final class Looking extends SimpleFileVisitor<Path> {
        private final Path directory;
        private final int most;
        private final CRC32C low = new CRC32C();
        private int files;
        private long bytes;
        private long written;
        private long mixed;
        private boolean metadata;
        private boolean unfinished;

        Looking(Path directory, int most) {
            this.directory = directory;
            this.most = most;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (String.valueOf(folder.getFileName()).startsWith("_temporary")) {
                unfinished = true;
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (++files > most) {
                throw new IOException("it has more than " + most + " files");
            }
            String name = directory.relativize(file).toString().replace('\\', '/');
            long time = attributes.lastModifiedTime().toMillis();
            bytes += attributes.size();
            written = Math.max(written, time);
            low.reset();
            low.update((name + ':' + attributes.size() + ':' + time).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            mixed += low.getValue() * 0x9E3779B97F4A7C15L; // a sum: the order of files is the file system's
            metadata |= name.startsWith("metadata/part-") && attributes.size() > 0;
            return FileVisitResult.CONTINUE;
        }

        Optional<ModelFingerprint> found() {
            return metadata && !unfinished
                    ? Optional.of(new ModelFingerprint(files, bytes, written, mixed))
                    : Optional.empty();
        }
    }
}
