// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A folder of a saved model. Files and folders whose names begin with {@code _} or {@code .} are not seen. Every access
 * is bounded by {@link LoadLimits} and fails with {@link ModelFormatException}.
 */
public final class ModelDirectory {

    private final Path path;
    private final String name;
    private final LoadLimits limits;

    ModelDirectory(Path path, String name, LoadLimits limits) {
        this.path = path;
        this.name = name;
        this.limits = limits;
    }

    /** The folder's name with those of the folders above it up to the model's own, for messages. */
    public String name() {
        return name;
    }

    public LoadLimits limits() {
        return limits;
    }

    /** The metadata of the stage saved here: {@code metadata/}. */
    public Metadata metadata() {
        return Metadata.parse(name + "/metadata", metadataText("metadata"), limits);
    }

    /** The text of the one line in {@code folder}, for models inside of models. */
    public String metadataText(String folder) {
        if (Files.isRegularFile(path.resolve(folder))) {
            throw failure(
                    folder,
                    "is a file where a folder belongs. Spark Connect saves to its clients in a form of"
                            + " its own, which cannot be read; save the model by a Spark session with write().save(path)");
        }
        for (Path part : parts(folder)) {
            String text = new String(bytes(part, limits.metadataBytes()), StandardCharsets.UTF_8);
            if (!text.isBlank()) {
                return text;
            }
        }
        throw failure(folder, "no part file with a line of JSON in it");
    }

    /** The records of all part files in {@code folder}, as {@code data}. They have no order over part files. */
    public List<ParquetRow> rows(String folder) {
        List<ParquetRow> rows = new ArrayList<>();
        for (Path part : parts(folder)) {
            String file = name + "/" + folder + "/" + part.getFileName();
            ParquetRows.read(file, bytes(part, limits.fileBytes()), limits, rows);
        }
        return rows;
    }

    /** The single record in {@code folder}, over all part files. */
    public ParquetRow row(String folder) {
        List<ParquetRow> rows = rows(folder);
        if (rows.size() != 1) {
            throw failure(folder, "holds " + rows.size() + " records, must be 1");
        }
        return rows.get(0);
    }

    public boolean has(String folder) {
        return Files.isDirectory(path.resolve(folder));
    }

    /**
     * The folder of that name in this one.
     *
     * @param folder one name, without a path: names in metadata are not trusted
     */
    public ModelDirectory child(String folder) {
        if (!isName(folder)) {
            throw failure(folder, "is not the name of a folder");
        }
        if (!has(folder)) {
            throw failure(folder, "no such folder");
        }
        return new ModelDirectory(path.resolve(folder), name + "/" + folder, limits);
    }

    /** The names of the folders here, sorted. */
    public List<String> children() {
        return list(path, name).stream()
                .filter(Files::isDirectory)
                .map(child -> String.valueOf(child.getFileName()).replace("/", ""))
                .toList();
    }

    /** An exception about {@code file} in this folder. */
    public ModelFormatException failure(String file, String reason) {
        return new ModelFormatException(name + "/" + file, reason);
    }

    private static boolean isName(String folder) {
        return !folder.isEmpty()
                && !folder.startsWith(".")
                && folder.indexOf('/') < 0
                && folder.indexOf('\\') < 0
                && folder.indexOf('\0') < 0;
    }

    private List<Path> parts(String folder) {
        Path directory = path;
        for (String step : folder.split("/", -1)) {
            if (!isName(step)) {
                throw failure(folder, "is not the name of a folder");
            }
            directory = directory.resolve(step);
        }
        if (!Files.isDirectory(directory)) {
            throw failure(folder, "no such folder");
        }
        return list(directory, name + "/" + folder).stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("part-"))
                .toList();
    }

    private List<Path> list(Path directory, String directoryName) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            int seen = 0;
            for (Path file : stream) {
                // twice and more: Hadoop writes a hidden checksum beside each file
                if (++seen > 2L * limits.files() + 2) {
                    throw new ModelFormatException(directoryName, "holds more than " + limits.files() + " files");
                }
                String fileName = String.valueOf(file.getFileName());
                if (!fileName.startsWith("_") && !fileName.startsWith(".")) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new ModelFormatException(directoryName, "cannot be listed: " + e, e);
        }
        found.sort(Comparator.comparing(Path::toString));
        return found;
    }

    private byte[] bytes(Path file, long bound) {
        String fileName = name + "/" + path.relativize(file);
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > bound) {
                throw new ModelFormatException(fileName, "has " + size + " bytes, at most " + bound + " are read");
            }
            // bounded again: the size that a file system tells is not the size of what it then hands out
            byte[] bytes = in.readNBytes((int) bound);
            if (bytes.length == bound && in.read() >= 0) {
                throw new ModelFormatException(fileName, "has more than " + bound + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelFormatException(fileName, "cannot be read: " + e, e);
        }
    }
}
