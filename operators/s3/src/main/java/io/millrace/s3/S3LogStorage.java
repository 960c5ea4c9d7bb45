// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.runtime.log.LogFile;
import io.millrace.runtime.log.LogStorage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The log of a job and its snapshots in a bucket of S3, so that the job can go on on another machine.
 *
 * <p>Below {@code tree} there is an object per name of a file; in it is the number of the file, a UUID. Below {@code files/<number>} are
 * the bytes, in chunks: every {@link LogFile#sync} puts one, and small ones become larger ones later. Names and chunks are put with
 * {@code If-None-Match: *}. So a name is taken by one alone, and a claim by one run alone.
 *
 * <p>What is appended can be seen by others after the next sync; the rest is as {@link LogStorage} says, for S3 answers every request with
 * what is newest. A sync costs one put, and the check of the epoch two gets more: some 50 ms with S3 in the same region, where a local disk
 * takes less than one. A process that dies may leave chunks behind that no name leads to; they cost nothing but their room. Thread-safe.
 */
public final class S3LogStorage implements LogStorage {

    private static final String TREE = "tree/";
    private static final String FILES = "files/";

    private final S3Objects objects;

    private S3LogStorage(S3Objects objects) {
        this.objects = objects;
    }

    /**
     * The storage below a prefix, which is that of one job alone.
     *
     * @param client stays the caller's, who closes it after the job has ended
     * @param bucket must be there
     * @throws IllegalStateException if the endpoint ignores conditional puts: two drivers could write at the same time
     * @throws IOException if it cannot be reached
     */
    public static S3LogStorage open(S3Client client, String bucket, String prefix) throws IOException {
        S3Objects objects = new S3Objects(client, bucket, prefix);
        objects.checkConditionalPuts("");
        return new S3LogStorage(objects);
    }

    /** Nothing: a directory is there when something is in it. */
    @Override
    public void createDirectory(String directory) {}

    @Override
    public List<String> list(String directory) throws IOException {
        return objects.list(directory.isEmpty() ? TREE : TREE + directory + "/");
    }

    @Override
    public @Nullable Object identity(String path) throws IOException {
        return file(path);
    }

    private @Nullable String file(String path) throws IOException {
        byte[] number = objects.get(TREE + path);
        return number == null ? null : new String(number, UTF_8);
    }

    private String require(String path) throws IOException {
        return new String(objects.require(TREE + path), UTF_8);
    }

    @Override
    public byte[] read(String path) throws IOException {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        }
    }

    @Override
    public InputStream open(String path) throws IOException {
        return new ChunkStream(objects, chunks(require(path)));
    }

    @Override
    public LogFile create(String path) throws IOException {
        String file = UUID.randomUUID().toString();
        if (!name(file, path)) {
            throw new FileAlreadyExistsException(describe(path));
        }
        return new ChunkFile(objects, chunks(file));
    }

    @Override
    public boolean link(String from, String to) throws IOException {
        return name(require(from), to);
    }

    /** Gives a file a name, unless the name is taken. The note is put first, so that the chunks of a file with a name are never deleted. */
    private boolean name(String file, String path) throws IOException {
        objects.putIfAbsent(note(file, path), new byte[0]);
        // What is there may have been put by an attempt of this one whose reply was lost.
        if (objects.putIfAbsent(TREE + path, file.getBytes(UTF_8)) || file.equals(file(path))) {
            return true;
        }
        objects.delete(note(file, path));
        return false;
    }

    @Override
    public void delete(String path) throws IOException {
        String file = file(path);
        if (file == null) {
            return;
        }
        objects.delete(TREE + path);
        objects.delete(note(file, path));
        if (objects.list(notes(file)).isEmpty()) {
            for (String chunk : objects.list(chunks(file))) {
                objects.delete(chunks(file) + chunk);
            }
        }
    }

    /** Nothing: a name is durable when it is there. */
    @Override
    public void syncDirectory(String directory) {}

    @Override
    public String describe(String path) {
        return objects.describe(TREE + path);
    }

    private static String chunks(String file) {
        return FILES + file + "/chunks/";
    }

    private static String notes(String file) {
        return FILES + file + "/names/";
    }

    private static String note(String file, String path) {
        return notes(file) + URLEncoder.encode(path, UTF_8);
    }
}
