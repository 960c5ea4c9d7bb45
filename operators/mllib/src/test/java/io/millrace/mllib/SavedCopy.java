// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the model of a case, to be changed. */
public final class SavedCopy {

    private final Path model;

    private SavedCopy(Path model) {
        this.model = model;
    }

    public static Path original(String name) {
        return Path.of(URI.create(String.valueOf(SavedCopy.class.getResource("/mllib-cases/" + name + "/model"))));
    }

    public static SavedCopy of(String name, Path directory) throws IOException {
        Path from = original(name);
        Path to = directory.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return new SavedCopy(to);
    }

    /** Replaces a text in the metadata; it must be there. */
    public SavedCopy with(String folder, String text, String replacement) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(model.resolve(folder))) {
            parts = files.filter(file -> String.valueOf(file.getFileName()).startsWith("part-"))
                    .toList();
        }
        boolean found = false;
        for (Path part : parts) {
            String json = Files.readString(part);
            found |= json.contains(text);
            Files.writeString(part, json.replace(text, replacement));
        }
        if (!found) {
            throw new UncheckedIOException(new IOException(text + " is not in " + folder));
        }
        return this;
    }

    public Path path() {
        return model;
    }
}
