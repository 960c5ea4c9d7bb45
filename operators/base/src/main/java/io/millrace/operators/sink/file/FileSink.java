// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to files of a directory that roll by size and age across batches, with a manifest per batch.
 *
 * <p>With a checkpoint directory its effect is exactly once: a run of the job claims the directory by a file of its epoch, on the disk
 * before the lock is asked for, and what an earlier run is about to commit is refused after its data are written and before its manifest
 * is. A directory belongs to one output of one job.
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
public final class FileSink<T> implements TransactionalOutput<T> {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]+(-?[A-Za-z0-9]+)*");
    private static final OutputClaim ANY_RUN = new OutputClaim("-", "-", 0);

    /** So often a later run asks for the lock that an earlier one holds, and so long it waits in between: 2 s in all. */
    private static final int LOCK_TRIES = 200;

    private static final long LOCK_PAUSE_NANOS = 10_000_000;

    /** Part of a batch: {@code number} counts if there is one, else the time. */
    private record Part(BatchTime batch, OptionalLong number, int partition) {}

    /** A directory that is open for writing. */
    private record Opened(FileChannel lock, ManifestLog manifests, DataFiles data) {}

    private final Path directory;
    private final FileFormat<? super T> format;
    private final String prefix;
    private final Rolling rolling;
    private final int perArchive;
    private final Consumer<CommitPoint> points;
    private final @Nullable Function<? super T, String> places;
    private @Nullable Opened opened;
    private @Nullable OutputClaim claimed;

    FileSink(
            Path directory,
            FileFormat<? super T> format,
            String prefix,
            Rolling rolling,
            int perArchive,
            Consumer<CommitPoint> points) {
        this(directory, format, prefix, rolling, perArchive, points, null);
    }

    private FileSink(
            Path directory,
            FileFormat<? super T> format,
            String prefix,
            Rolling rolling,
            int perArchive,
            Consumer<CommitPoint> points,
            @Nullable Function<? super T, String> places) {
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
        this.places = places;
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
        return new FileSink<>(directory, format, prefix, bounds, perArchive, points, places);
    }

    /** The same for files of at most so many bytes and such an age. */
    public FileSink<T> rolling(long maxBytes, Duration maxAge) {
        return rolling(new Rolling(maxBytes, maxAge));
    }

    /** The same with other names: letters, digits and single {@code -} between them. */
    public FileSink<T> prefix(String name) {
        return new FileSink<>(directory, format, name, rolling, perArchive, points, places);
    }

    /**
     * The same, but records go to files in directories below by this function: names with {@code /} between them, none of which begins with a
     * dot. There a file has records of one batch alone, and each directory has one per batch or more.
     */
    public FileSink<T> places(Function<? super T, String> directories) {
        return new FileSink<>(directory, format, prefix, rolling, perArchive, points, directories);
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
            return commit(ANY_RUN, new Part(batch, OptionalLong.empty(), partition), records);
        } catch (OutputFencedException e) {
            throw new IOException(directory + " was claimed by a job with a checkpoint directory", e);
        }
    }

    /**
     * Claims the directory.
     *
     * @throws IOException if it cannot be written to, belongs to another output, or an earlier run does not let go of it for 2 s, as one
     *     that was halted; it names the directory
     */
    @Override
    public synchronized OptionalLong claim(OutputClaim claim) throws IOException, OutputFencedException {
        Path manifests = prepare();
        boolean news = claim.epoch() > 0 && new Epochs(manifests).claim(claim);
        if (claim.epoch() == 0) {
            new Epochs(manifests).check(claim);
        }
        Opened files = opened;
        for (int tried = 1; files == null; tried++) {
            try {
                files = open();
            } catch (DirectoryLock.HeldException e) {
                if (!news || tried == LOCK_TRIES) {
                    throw e;
                }
                LockSupport.parkNanos(LOCK_PAUSE_NANOS);
            }
        }
        opened = files;
        new Epochs(manifests).forgetBefore(claim.epoch());
        claimed = claim;
        return files.manifests().newestNumber();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A part without records is not written, and so is not known by a later run.
     */
    @Override
    public synchronized boolean commit(OutputCommit commit, List<T> records) throws IOException, OutputFencedException {
        if (!commit.claim().equals(claimed)) {
            claim(commit.claim());
        }
        Part part = new Part(commit.time(), OptionalLong.of(commit.batch()), commit.partition());
        return commit(commit.claim(), part, records);
    }

    private boolean commit(OutputClaim claim, Part part, List<? extends T> records)
            throws IOException, OutputFencedException {
        try {
            Epochs epochs = new Epochs(prepare());
            epochs.check(claim);
            if (records.isEmpty()) {
                return false;
            }
            Opened files = opened == null ? openUnlessFenced(epochs, claim) : opened;
            opened = files;
            if (isThere(files.manifests(), part)) {
                LOG.info(
                        "already written directory={} batch={} partition={}",
                        directory,
                        part.batch(),
                        part.partition());
                return false;
            }
            List<FileRange> ranges = append(files.data(), part.batch(), records);
            Manifest manifest =
                    new Manifest(files.manifests().next(), part.batch(), part.partition(), ranges, part.number());
            points.accept(CommitPoint.DATA_FORCED);
            epochs.check(claim);
            files.manifests().append(manifest);
            return true;
        } catch (OutputFencedException e) {
            abandon(e);
            throw e;
        } catch (IOException | RuntimeException e) {
            abandon(e);
            throw new IOException(
                    "the batch " + part.batch() + " (partition " + part.partition() + ", " + records.size()
                            + " records) could not be written to " + directory + ": " + e.getMessage(),
                    e);
        } catch (Error e) {
            abandon(e);
            throw e;
        }
    }

    /** A batch without a number may come late; of those with numbers none may. */
    private static boolean isThere(ManifestLog manifests, Part part) throws IOException {
        if (part.number().isEmpty()) {
            return manifests.contains(part.batch(), part.partition());
        }
        OptionalLong newest = manifests.newestNumber(part.partition());
        return newest.isPresent() && part.number().getAsLong() <= newest.getAsLong();
    }

    private Opened openUnlessFenced(Epochs epochs, OutputClaim claim) throws IOException, OutputFencedException {
        try {
            return open();
        } catch (DirectoryLock.HeldException e) {
            epochs.check(claim);
            throw e;
        }
    }

    private List<FileRange> append(DataFiles data, BatchTime batch, List<? extends T> records) throws IOException {
        data.begin(batch);
        if (places == null) {
            append(data, records);
        } else {
            Map<String, List<T>> byPlace = new LinkedHashMap<>();
            for (T record : records) {
                byPlace.computeIfAbsent(places.apply(record), place -> new ArrayList<>())
                        .add(record);
            }
            for (Map.Entry<String, List<T>> place : byPlace.entrySet()) {
                data.enter(place.getKey());
                append(data, place.getValue());
            }
        }
        data.handOver();
        points.accept(CommitPoint.DATA_WRITTEN);
        return data.finish();
    }

    private void append(DataFiles data, List<? extends T> records) throws IOException {
        StringBuilder text = new StringBuilder();
        for (T record : records) {
            text.setLength(0);
            format.append(record, text);
            data.append(text.toString().getBytes(UTF_8));
        }
    }

    /** Makes the directories if they are not there; answers that of the manifests. */
    private Path prepare() throws IOException {
        Path manifests = directory.resolve(ManifestFile.DIRECTORY);
        if (!Files.isDirectory(manifests)) {
            Files.createDirectories(directory);
            List<Path> present = new DataFiles(directory, prefix, format, rolling).present();
            if (!present.isEmpty()) {
                throw new IOException("there is " + present.get(0).getFileName() + " but no " + ManifestFile.DIRECTORY
                        + ", so this is no directory of a sink of files");
            }
            Files.createDirectories(manifests);
            Durable.forceDirectory(directory);
        }
        return manifests;
    }

    private Opened open() throws IOException {
        Path manifests = prepare();
        DataFiles data = new DataFiles(directory, prefix, format, rolling);
        FileChannel lock = DirectoryLock.take(manifests);
        try {
            ManifestLog log = ManifestLog.open(manifests, perArchive, points);
            data.recover(log.newest());
            return new Opened(lock, log, data);
        } catch (IOException | RuntimeException e) {
            closeAll(e, data::close, lock::close);
            throw e;
        }
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

    /** Lets go of the directory, as the end of the process would; for tests. */
    synchronized void release() {
        abandon(new IOException("let go"));
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
