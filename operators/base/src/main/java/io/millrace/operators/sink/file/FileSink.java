// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to files of a directory that roll by size and age across batches, with a manifest per batch.
 *
 * <p>A batch is there when its manifest is: the records are written and forced to the disk first, then the manifest under another name,
 * forced, and renamed. Who follows the manifests, as {@link ManifestReader} does, sees each batch whole and once, or not at all. A
 * batch that has a manifest is not written again: {@link #commit} is idempotent by batch and partition. A batch without records writes
 * nothing.
 *
 * <p>If a batch fails, or the process ends, what it had written is cut off before the next batch is written, by this sink or by another
 * one on the same directory. One sink at a time may write to a directory; a lock file says so. At most three files are open: one of data,
 * the lock, and for a moment a manifest. Memory holds 64 KiB of data and the names of the manifests. No file is ever deleted that has a
 * manifest; those without one, of this prefix, are.
 *
 * <p>An instance opens the directory with its first batch and closes it when the job ends; after that a batch opens it again. Thread-safe.
 *
 * @param <T> records
 */
public final class FileSink<T> implements OutputOperator<T> {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-?[A-Za-z0-9]+)*");
    private static final String LOCK = "lock";

    /** A directory that is open for writing. */
    private record Opened(FileChannel lock, ManifestLog manifests, DataFiles data) {}

    private final Path directory;
    private final FileFormat<? super T> format;
    private final String prefix;
    private final Rolling rolling;
    private final int perArchive;
    private final Consumer<CommitPoint> points;
    private @Nullable Opened opened;

    FileSink(
            Path directory,
            FileFormat<? super T> format,
            String prefix,
            Rolling rolling,
            int perArchive,
            Consumer<CommitPoint> points) {
        if (!NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix must be letters, digits and single - between them, but is '" + prefix + "'");
        }
        this.directory = directory;
        this.format = format;
        this.prefix = prefix;
        this.rolling = rolling;
        this.perArchive = perArchive;
        this.points = points;
    }

    /**
     * A sink with the {@linkplain Rolling#DEFAULT default} rolling and files called {@code part-…}.
     *
     * @param directory is made if it is not there; nothing else should be in it
     * @param format how records are written
     */
    public static <T> FileSink<T> to(Path directory, FileFormat<? super T> format) {
        return new FileSink<>(directory, format, "part", Rolling.DEFAULT, ManifestLog.PER_ARCHIVE, point -> {});
    }

    /** The same with other bounds for a file. */
    public FileSink<T> rolling(Rolling bounds) {
        return new FileSink<>(directory, format, prefix, bounds, perArchive, points);
    }

    /** The same for files of at most so many bytes and such an age. */
    public FileSink<T> rolling(long maxBytes, Duration maxAge) {
        return rolling(new Rolling(maxBytes, maxAge));
    }

    /** The same with other names: letters, digits and single {@code -} between them. */
    public FileSink<T> prefix(String name) {
        return new FileSink<>(directory, format, name, rolling, perArchive, points);
    }

    @Override
    public String kind() {
        return format.extension() + "Files";
    }

    @Override
    public void write(BatchTime time, List<T> records) throws IOException {
        commit(time, 0, records);
    }

    /**
     * Writes a part of a batch, unless it is there already.
     *
     * @param batch the batch
     * @param partition which part of it, from 0
     * @param records all records of the part
     * @return false if there was nothing to write: the part has a manifest already, or it has no records
     * @throws IOException if it could not be written, or it is not known whether it was; the same call may be made again, and will
     *     find out. It names the directory and the batch
     */
    public synchronized boolean commit(BatchTime batch, int partition, List<? extends T> records) throws IOException {
        if (records.isEmpty()) {
            return false;
        }
        try {
            Opened files = opened == null ? open() : opened;
            opened = files;
            if (files.manifests().contains(batch, partition)) {
                LOG.info("already written directory={} batch={} partition={}", directory, batch, partition);
                return false;
            }
            Manifest manifest =
                    new Manifest(files.manifests().next(), batch, partition, append(files.data(), batch, records));
            points.accept(CommitPoint.DATA_FORCED);
            files.manifests().append(manifest);
            return true;
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw new IOException(
                    "the batch " + batch + " (partition " + partition + ", " + records.size()
                            + " records) could not be written to " + directory + ": " + e.getMessage(),
                    e);
        } catch (Error e) {
            abandon(e);
            throw e;
        }
    }

    private List<FileRange> append(DataFiles data, BatchTime batch, List<? extends T> records) throws IOException {
        data.begin(batch);
        StringBuilder text = new StringBuilder();
        for (T record : records) {
            text.setLength(0);
            format.append(record, text);
            data.append(text.toString().getBytes(UTF_8));
        }
        data.handOver();
        points.accept(CommitPoint.DATA_WRITTEN);
        return data.finish();
    }

    private Opened open() throws IOException {
        Path manifests = directory.resolve(ManifestFile.DIRECTORY);
        DataFiles data = new DataFiles(directory, prefix, format, rolling);
        if (!Files.isDirectory(manifests)) {
            Files.createDirectories(directory);
            List<Path> present = data.present();
            if (!present.isEmpty()) {
                throw new IOException("there is " + present.get(0).getFileName() + " but no " + ManifestFile.DIRECTORY
                        + ", so this is no directory of a sink of files");
            }
            Files.createDirectory(manifests);
            Durable.forceDirectory(directory);
        }
        FileChannel lock = lock(manifests.resolve(LOCK));
        try {
            ManifestLog log = ManifestLog.open(manifests, perArchive, points);
            data.recover(log.newest());
            return new Opened(lock, log, data);
        } catch (IOException | RuntimeException e) {
            closeAll(e, data::close, lock::close);
            throw e;
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held in this JVM: as below
        }
        channel.close();
        throw new IOException("another sink writes to it, by the lock " + file);
    }

    /** Lets go of everything, so that the next batch begins with what is on the disk. */
    private void abandon(Throwable cause) {
        Opened files = opened;
        opened = null;
        if (files != null) {
            closeAll(cause, files.data()::close, files.lock()::close);
        }
    }

    private interface Closing {
        void close() throws IOException;
    }

    private static void closeAll(Throwable cause, Closing... all) {
        for (Closing one : all) {
            try {
                one.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }

    @Override
    public synchronized void close() {
        Throwable problems = new IOException("a file could not be closed");
        abandon(problems);
        if (problems.getSuppressed().length > 0) {
            LOG.warn("not closed cleanly, but all batches were on the disk directory={}", directory, problems);
        }
    }
}
