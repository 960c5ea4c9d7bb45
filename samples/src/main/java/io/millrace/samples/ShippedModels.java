// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models that come with the samples, trained by the programs in {@code samples/train}. */
final class ShippedModels {

    private static final String FOLDER = "models/";

    private ShippedModels() {}

    /** The model in a directory that the user has named, or else the one of this name on the class path. */
    static Transformer load(@Nullable Path directory, String name) {
        if (directory != null) {
            return MllibModels.load(directory);
        }
        try (ModelSource source = source(name)) {
            return MllibModels.load(source);
        }
    }

    /** A shipped model on the class path. */
    static ModelSource source(String name) {
        return ModelSource.resource(ShippedModels.class.getClassLoader(), FOLDER + name);
    }

    /** Copies a shipped model into a directory, where it appears all at once, as {@code into/name}. */
    static void copy(String name, Path into) throws IOException {
        URL folder = ShippedModels.class.getClassLoader().getResource(FOLDER + name);
        if (folder == null) {
            throw new FileNotFoundException(FOLDER + name + " is not on the class path");
        }
        try {
            URI uri = folder.toURI();
            if (uri.getScheme().equals("jar")) {
                URI jar = URI.create(uri.getSchemeSpecificPart().replaceFirst("!/.*", ""));
                try (FileSystem opened = FileSystems.newFileSystem(Path.of(jar))) {
                    copy(opened.getPath("/" + FOLDER + name), into, name);
                }
            } else {
                copy(Path.of(uri), into, name);
            }
        } catch (URISyntaxException e) {
            throw new IOException("cannot read " + folder, e);
        }
    }

    private static void copy(Path model, Path into, String name) throws IOException {
        Path growing = into.resolve("." + name);
        List<Path> files;
        try (Stream<Path> all = Files.walk(model)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copy = growing.resolve(model.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        Files.move(growing, into.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
