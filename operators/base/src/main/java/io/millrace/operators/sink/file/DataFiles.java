// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The data of a directory, for the one who writes them: one file is open, and is appended to until it is full or old. In a directory below
 * it a file ends with the batch, or when another directory is entered.
 *
 * <p>A file is called {@code part-0000000003-1479000.jsonl}, after its number and the first batch in it.
 */
final class DataFiles {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final String prefix;
    private final String extension;
    private final byte[] header;
    private final Rolling rolling;
    private final Pattern names;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final CRC32C crc = new CRC32C();
    private final List<FileRange> ranges = new ArrayList<>();
    private BatchTime batch = new BatchTime(0);
    private long nextNumber;
    private @Nullable FileChannel channel;
    private String place = "";
    private String file = "";
    private final Set<Path> changed = new LinkedHashSet<>();
    private long born;
    private long position;
    private long from;
    private long records;

    DataFiles(Path directory, String prefix, FileFormat<?> format, Rolling rolling) {
        this.directory = directory;
        this.prefix = prefix;
        this.extension = format.extension();
        this.header = format.header().getBytes(StandardCharsets.UTF_8);
        this.rolling = rolling;
        this.names = Pattern.compile(Pattern.quote(prefix) + "-(\\d{10,18})-(-?\\d{1,18})\\.[A-Za-z0-9]+");
    }

    /** Files that look as if they were written by a sink such as this one. */
    List<Path> present() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path ->
                            names.matcher(String.valueOf(path.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    /** Takes away what is in no manifest, and goes on where the newest manifest ends. */
    void recover(Optional<Manifest> newest) throws IOException {
        Optional<FileRange> end =
                newest.map(manifest -> manifest.ranges().get(manifest.ranges().size() - 1));
        long last = end.isPresent() ? Long.parseLong(parsed(end.get().file()).group(1)) : -1;
        nextNumber = last + 1;
        for (Path path : present()) {
            if (Long.parseLong(parsed(String.valueOf(path.getFileName())).group(1)) > last) {
                Files.delete(path);
            }
        }
        if (end.isPresent() && Files.exists(directory.resolve(end.get().file()))) {
            resume(end.get());
        }
    }

    private void resume(FileRange end) throws IOException {
        Path path = directory.resolve(end.file());
        FileChannel resumed = FileChannel.open(path, StandardOpenOption.WRITE);
        channel = resumed;
        long size = resumed.size();
        if (size < end.to()) {
            throw new IOException(path + " has " + size + " bytes, but " + end.to() + " by its manifest");
        }
        resumed.truncate(end.to());
        resumed.position(end.to());
        file = end.file();
        born = Long.parseLong(parsed(file).group(2));
        position = end.to();
        from = end.to();
        if (!file.endsWith("." + extension) || file.contains("/")) {
            close();
        }
    }

    private Matcher parsed(String name) throws IOException {
        Matcher matcher = names.matcher(name.substring(name.lastIndexOf('/') + 1));
        if (!matcher.matches()) {
            throw new IOException(
                    directory.resolve(name) + " is in the newest manifest, but it is no file of the prefix " + prefix);
        }
        return matcher;
    }

    /** A batch begins. */
    void begin(BatchTime newBatch) throws IOException {
        batch = newBatch;
        ranges.clear();
        changed.clear();
        place = "";
        if (channel != null && Duration.ofMillis(newBatch.millis() - born).compareTo(rolling.maxAge()) >= 0) {
            close();
        }
    }

    /** What is added from now on belongs into a directory below, names with {@code /} between them. */
    void enter(String newPlace) throws IOException {
        if (!FileRange.isBelow(newPlace)) {
            throw new IOException(
                    "records belong into directories below " + directory + ", not into '" + newPlace + "'");
        }
        roll();
        place = newPlace;
    }

    /** Adds a record of the batch. */
    void append(byte[] record) throws IOException {
        if (channel != null && position > header.length && position + record.length > rolling.maxBytes()) {
            roll();
        }
        if (channel == null) {
            create();
        }
        put(record);
        crc.update(record);
        records++;
    }

    private void create() throws IOException {
        file = (place.isEmpty() ? "" : place + "/")
                + String.format(Locale.ROOT, "%s-%010d-%d.%s", prefix, nextNumber++, batch.millis(), extension);
        makePlace();
        channel = FileChannel.open(directory.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        born = batch.millis();
        position = 0;
        put(header);
        from = position;
    }

    /** Makes the directories of the file, and remembers those whose names must be on the disk. */
    private void makePlace() throws IOException {
        Path below = directory;
        changed.add(below);
        for (String name : place.isEmpty() ? new String[0] : place.split("/", -1)) {
            below = below.resolve(name);
            changed.add(below);
        }
        Files.createDirectories(below);
    }

    private void put(byte[] bytes) throws IOException {
        int done = 0;
        while (done < bytes.length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int some = Math.min(buffer.remaining(), bytes.length - done);
            buffer.put(bytes, done, some);
            done += some;
        }
        position += bytes.length;
    }

    private void flush() throws IOException {
        if (channel != null) {
            Durable.writeFully(channel, buffer.flip());
            buffer.clear();
        }
    }

    private void roll() throws IOException {
        endRange();
        close();
    }

    /** What was added since the file or the batch began is a range, and on the disk. */
    private void endRange() throws IOException {
        flush();
        if (channel != null && records > 0) {
            channel.force(false);
            ranges.add(new FileRange(file, from, position, records, (int) crc.getValue()));
        }
        from = position;
        records = 0;
        crc.reset();
    }

    /** Hands everything to the operating system, without forcing it. */
    void handOver() throws IOException {
        flush();
    }

    /** Where the records of the batch are; all of them are on the disk. */
    List<FileRange> finish() throws IOException {
        endRange();
        for (Path one : changed) {
            Durable.forceDirectory(one);
        }
        if (!place.isEmpty()) {
            close();
        }
        return List.copyOf(ranges);
    }

    /** Closes the file; the next record begins another one. */
    void close() throws IOException {
        FileChannel closed = channel;
        channel = null;
        buffer.clear();
        if (closed != null) {
            closed.close();
        }
    }
}
