// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for models that come into a directory, or that are written anew there: one per sub directory, or the directory itself if it is a
 * model. A model counts as complete when two looks in a row have seen the same files. Used by one thread at a time.
 */
final class ModelWatch {

    private static final int MODELS = 10_000;
    private static final int FILES = 100_000;

    private final Path directory;
    private Map<Path, ModelFingerprint> known = new HashMap<>();
    private Map<Path, ModelFingerprint> before = new HashMap<>();

    ModelWatch(Path directory) {
        this.directory = directory;
    }

    /** What is there and complete now is not news. */
    void begin() throws IOException {
        known = look();
        before = new HashMap<>();
    }

    /** The models that are there now, complete as far as one look can tell, the oldest first. */
    List<Path> present() throws IOException {
        return sorted(look());
    }

    /** One look: the models that have come or changed and are complete, the oldest first. Each is told once. */
    List<Path> news() throws IOException {
        Map<Path, ModelFingerprint> now = look();
        Map<Path, ModelFingerprint> settled = new HashMap<>();
        now.forEach((model, seen) -> {
            if (!seen.equals(known.get(model)) && seen.equals(before.get(model))) {
                settled.put(model, seen);
            }
        });
        before = now;
        known.keySet().retainAll(now.keySet());
        known.putAll(settled);
        return sorted(settled);
    }

    private static List<Path> sorted(Map<Path, ModelFingerprint> models) {
        return models.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<Path, ModelFingerprint> model) ->
                                model.getValue().written())
                        .thenComparing(model -> model.getKey().toString()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Path, ModelFingerprint> look() throws IOException {
        Map<Path, ModelFingerprint> found = new HashMap<>();
        for (Path model : places()) {
            Optional<ModelFingerprint> seen = fingerprint(model);
            seen.ifPresent(fingerprint -> found.put(model, fingerprint));
        }
        return found;
    }

    /** A model that goes away or changes under the look is not complete. */
    private static Optional<ModelFingerprint> fingerprint(Path model) {
        try {
            return ModelFingerprint.of(model, FILES);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private List<Path> places() throws IOException {
        if (Files.isDirectory(directory.resolve("metadata"))) {
            return List.of(directory);
        }
        List<Path> places = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith("_") && !name.startsWith(".") && Files.isDirectory(entry)) {
                    if (places.size() == MODELS) {
                        throw new IOException(directory + " has more than " + MODELS + " models");
                    }
                    places.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return places;
    }
}
