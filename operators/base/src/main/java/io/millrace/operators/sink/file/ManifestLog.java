// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The manifests of a directory, for the one who writes them.
 *
 * <p>A manifest is a file of its own at first. When there are twice as many as go into an archive, the older half becomes one, so that
 * there is no flood of these either; an archive is never written again. What is held in memory are names: those of the single ones,
 * and of the archives.
 */
final class ManifestLog {

    /** How many manifests go into an archive. */
    static final int PER_ARCHIVE = 500;

    private final Path directory;
    private final int perArchive;
    private final Consumer<CommitPoint> points;
    private final List<ManifestFile> singles = new ArrayList<>();
    private final List<ManifestFile> archives = new ArrayList<>();
    private final Map<Integer, OptionalLong> newestNumbers = new HashMap<>();
    private long next;

    private ManifestLog(Path directory, int perArchive, Consumer<CommitPoint> points) {
        this.directory = directory;
        this.perArchive = perArchive;
        this.points = points;
    }

    /** Reads what is there, and clears away what a broken write left. */
    static ManifestLog open(Path directory, int perArchive, Consumer<CommitPoint> points) throws IOException {
        ManifestLog log = new ManifestLog(directory, perArchive, points);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "*" + Durable.UNFINISHED)) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
        for (ManifestFile file : ManifestFile.list(directory)) {
            if (file.isArchive()) {
                log.archives.add(file);
                log.next = Math.max(log.next, file.last() + 1);
            } else if (file.first() < log.next) {
                Files.delete(file.path()); // it is in an archive
            } else {
                log.singles.add(file);
                log.next = file.last() + 1;
            }
        }
        for (ManifestFile file : log.singles) {
            file.read().forEach(log::noteNumber);
        }
        return log;
    }

    /** The sequence of the next manifest. */
    long next() {
        return next;
    }

    /** The manifest that was written last. */
    Optional<Manifest> newest() throws IOException {
        List<ManifestFile> files = singles.isEmpty() ? archives : singles;
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return files.get(files.size() - 1).read().stream().max(Comparator.comparingLong(Manifest::sequence));
    }

    /** Whether a part of a batch is there; reads an archive only for a batch that is as old as those in it. */
    boolean contains(BatchTime batch, int partition) throws IOException {
        long millis = batch.millis();
        for (ManifestFile single : singles) {
            if (single.minBatch() == millis && single.partition() == partition) {
                return true;
            }
        }
        for (ManifestFile archive : archives) {
            if (archive.minBatch() <= millis
                    && millis <= archive.maxBatch()
                    && archive.read().stream()
                            .anyMatch(
                                    manifest -> manifest.batch().equals(batch) && manifest.partition() == partition)) {
                return true;
            }
        }
        return false;
    }

    private void noteNumber(Manifest manifest) {
        if (manifest.number().isPresent()) {
            newestNumbers.merge(
                    manifest.partition(),
                    manifest.number(),
                    (before, now) -> before.isPresent() && before.getAsLong() > now.getAsLong() ? before : now);
        }
    }

    /** The highest number of a batch of any partition; reads archives if no single manifest has one. */
    OptionalLong newestNumber() throws IOException {
        OptionalLong newest = newestNumbers.values().stream()
                .flatMapToLong(OptionalLong::stream)
                .max();
        for (int i = archives.size() - 1; newest.isEmpty() && i >= 0; i--) {
            newest = archives.get(i).read().stream()
                    .flatMapToLong(manifest -> manifest.number().stream())
                    .max();
        }
        return newest;
    }

    /** The highest number of a batch of a partition; reads archives, once, if no single manifest is of the partition. */
    OptionalLong newestNumber(int partition) throws IOException {
        OptionalLong known = newestNumbers.get(partition);
        for (int i = archives.size() - 1; (known == null || known.isEmpty()) && i >= 0; i--) {
            known = archives.get(i).read().stream()
                    .filter(manifest -> manifest.partition() == partition)
                    .flatMapToLong(manifest -> manifest.number().stream())
                    .max();
        }
        OptionalLong found = known == null ? OptionalLong.empty() : known;
        newestNumbers.put(partition, found);
        return found;
    }

    /** Writes the next manifest; when it returns, the batch is committed. */
    void append(Manifest manifest) throws IOException {
        if (singles.size() >= 2 * perArchive) {
            archive(singles.subList(0, perArchive));
        }
        ManifestFile file = ManifestFile.single(directory, manifest);
        Durable.write(
                directory, file.path(), ManifestJson.line(manifest), () -> points.accept(CommitPoint.MANIFEST_WRITTEN));
        singles.add(file);
        noteNumber(manifest);
        next++;
        points.accept(CommitPoint.COMMITTED);
    }

    private void archive(List<ManifestFile> oldest) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        for (ManifestFile file : oldest) {
            for (Manifest manifest : file.read()) {
                manifests.add(manifest);
                lines.append(ManifestJson.line(manifest));
            }
        }
        ManifestFile archive = ManifestFile.archive(directory, manifests);
        Durable.write(directory, archive.path(), lines.toString(), () -> {});
        points.accept(CommitPoint.ARCHIVED);
        for (ManifestFile file : oldest) {
            Files.delete(file.path());
        }
        oldest.clear();
        archives.add(archive);
    }
}
