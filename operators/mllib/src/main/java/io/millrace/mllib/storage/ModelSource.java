// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a saved model lies: a local directory, a directory of any {@link FileSystem} of Java, or a folder of resources,
 * in a jar or not. Close it after loading; a source of a jar holds the jar open.
 */
public final class ModelSource implements AutoCloseable {

    private static final List<String> KNOWN_FILES = List.of("/metadata/_SUCCESS", "/metadata/part-00000");

    private final Path root;
    private final @Nullable FileSystem owned;

    private ModelSource(Path root, @Nullable FileSystem owned) {
        this.root = root;
        this.owned = owned;
    }

    /** The directory that {@code write().save} made. The path may be of any file system. */
    public static ModelSource at(Path directory) {
        return new ModelSource(directory, null);
    }

    /** A directory of a file system, which stays open. */
    public static ModelSource in(FileSystem fileSystem, String directory) {
        return new ModelSource(fileSystem.getPath(directory), null);
    }

    /**
     * A folder of resources, as {@code models/sensor}.
     *
     * @throws ModelFormatException if there is no such folder, or it lies where Java offers no file system for it
     */
    public static ModelSource resource(ClassLoader loader, String folder) {
        String name = folder.startsWith("/") ? folder.substring(1) : folder;
        URL url = find(loader, name);
        if (url == null) {
            throw new ModelFormatException(folder, "no such resource");
        }
        try {
            URI uri = url.toURI();
            if (uri.getScheme().equals("jar")) {
                String text = uri.toString();
                int end = text.indexOf("!/");
                Path jar = Path.of(URI.create(text.substring("jar:".length(), end)));
                FileSystem opened = FileSystems.newFileSystem(jar);
                return new ModelSource(opened.getPath("/" + name), opened);
            }
            return new ModelSource(Path.of(uri), null);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            throw new ModelFormatException(folder, "the resource " + url + " cannot be opened: " + e, e);
        }
    }

    /** The folder, or a file that a model has in it: some tools make jars that name no folders. */
    private static @Nullable URL find(ClassLoader loader, String name) {
        URL url = loader.getResource(name);
        for (int i = 0; url == null && i < KNOWN_FILES.size(); i++) {
            url = loader.getResource(name + KNOWN_FILES.get(i));
        }
        return url;
    }

    /** The model's directory. */
    public ModelDirectory directory(LoadLimits limits) {
        Path name = root.getFileName();
        return new ModelDirectory(root, name == null ? root.toString() : name.toString(), limits);
    }

    @Override
    public void close() {
        if (owned != null) {
            try {
                owned.close();
            } catch (IOException e) {
                throw new ModelFormatException(root.toString(), "closing failed: " + e, e);
            }
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
