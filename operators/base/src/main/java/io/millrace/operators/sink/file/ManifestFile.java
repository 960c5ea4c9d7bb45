// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of manifests, as its name tells: a single one, {@code 0000000012_1479000_0.json}, that says sequence, batch and partition; or
 * an archive, {@code 0000000000-0000000499_1000_500000.jsonl}, that says the first and the last sequence and the bounds of its batches.
 *
 * @param path the file
 * @param first the first sequence in it
 * @param last the last sequence in it
 * @param minBatch the least batch time in it
 * @param maxBatch the greatest batch time in it
 * @param partition the partition of a single one; -1 for an archive
 */
record ManifestFile(Path path, long first, long last, long minBatch, long maxBatch, int partition) {

    /** The directory of manifests within that of the data. */
    static final String DIRECTORY = "_manifests";

    private static final Pattern SINGLE = Pattern.compile("(\\d{10,18})_(-?\\d{1,18})_(\\d{1,9})\\.json");
    private static final Pattern ARCHIVE =
            Pattern.compile("(\\d{10,18})-(\\d{10,18})_(-?\\d{1,18})_(-?\\d{1,18})\\.jsonl");

    static ManifestFile single(Path directory, Manifest manifest) {
        long batch = manifest.batch().millis();
        String name = String.format(Locale.ROOT, "%010d_%d_%d.json", manifest.sequence(), batch, manifest.partition());
        return new ManifestFile(
                directory.resolve(name), manifest.sequence(), manifest.sequence(), batch, batch, manifest.partition());
    }

    static ManifestFile archive(Path directory, List<Manifest> manifests) {
        long first = manifests.get(0).sequence();
        long last = manifests.get(manifests.size() - 1).sequence();
        long min = manifests.stream()
                .mapToLong(manifest -> manifest.batch().millis())
                .min()
                .orElseThrow();
        long max = manifests.stream()
                .mapToLong(manifest -> manifest.batch().millis())
                .max()
                .orElseThrow();
        String name = String.format(Locale.ROOT, "%010d-%010d_%d_%d.jsonl", first, last, min, max);
        return new ManifestFile(directory.resolve(name), first, last, min, max, -1);
    }

    private static Optional<ManifestFile> parse(Path path) {
        String name = String.valueOf(path.getFileName());
        Matcher single = SINGLE.matcher(name);
        if (single.matches()) {
            long sequence = Long.parseLong(single.group(1));
            long batch = Long.parseLong(single.group(2));
            return Optional.of(
                    new ManifestFile(path, sequence, sequence, batch, batch, Integer.parseInt(single.group(3))));
        }
        Matcher archive = ARCHIVE.matcher(name);
        if (archive.matches()) {
            return Optional.of(new ManifestFile(
                    path,
                    Long.parseLong(archive.group(1)),
                    Long.parseLong(archive.group(2)),
                    Long.parseLong(archive.group(3)),
                    Long.parseLong(archive.group(4)),
                    -1));
        }
        return Optional.empty();
    }

    /** The files of manifests that are there, by their first sequence; an archive before what is in it. */
    static List<ManifestFile> list(Path directory) throws IOException {
        List<ManifestFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            paths.map(ManifestFile::parse).flatMap(Optional::stream).forEach(files::add);
        }
        files.sort(Comparator.comparingLong(ManifestFile::first).thenComparingInt(ManifestFile::partition));
        return files;
    }

    boolean isArchive() {
        return partition < 0;
    }

    List<Manifest> read() throws IOException {
        return ManifestJson.parse(Files.readString(path), path);
    }
}
