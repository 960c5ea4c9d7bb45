// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The storage in a directory of the local file system. Needs hard links and directories that can be synced, as on Linux
 * and macOS; not for NFS, whose cached attributes break the fence: {@link LogDirectory} looks for that.
 */
public final class FileLogStorage implements LogStorage {

    /** The most that is written at once: the JDK keeps a direct buffer of the largest write per thread. */
    private static final int LARGEST_WRITE = 256 << 10;

    private final Path root;

    /** The storage in {@code root}, which is made when it is needed. */
    public FileLogStorage(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        List<Path> made = new ArrayList<>();
        Path path = root.resolve(directory);
        // The parent is synced also if the directory was there: the one who made it may have died before that.
        for (Path parent = path.getParent(); parent != null; parent = parent.getParent()) {
            made.add(parent);
            if (Files.isDirectory(parent)) {
                break;
            }
        }
        Files.createDirectories(path);
        for (Path parent : made) {
            sync(parent);
        }
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path path = root.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public @Nullable Object identity(String path) throws IOException {
        try {
            // Not Files.exists, which says no when it could not find out.
            BasicFileAttributes found = Files.readAttributes(root.resolve(path), BasicFileAttributes.class);
            return Objects.requireNonNullElse(found.fileKey(), found.creationTime());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public byte[] read(String path) throws IOException {
        return Files.readAllBytes(root.resolve(path));
    }

    @Override
    public InputStream open(String path) throws IOException {
        return Files.newInputStream(root.resolve(path));
    }

    @Override
    public LogFile create(String path) throws IOException {
        return new OpenFile(
                FileChannel.open(root.resolve(path), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
    }

    @Override
    public void sync(String path) throws IOException {
        sync(root.resolve(path));
    }

    @Override
    public boolean link(String from, String to) throws IOException {
        try {
            Files.createLink(root.resolve(to), root.resolve(from));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        sync(root.resolve(directory));
    }

    @Override
    public String describe(String path) {
        return root.resolve(path).toString();
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private record OpenFile(FileChannel channel) implements LogFile {

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            int end = bytes.limit();
            while (bytes.position() < end) {
                bytes.limit(Math.min(end, bytes.position() + LARGEST_WRITE));
                channel.write(bytes);
            }
            bytes.limit(end);
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
