// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes one segment, which is seen by others only once its header is durable. */
final class SegmentWriter implements Closeable {

    private static final int CHUNK = 64 << 10;

    private final LogStorage storage;
    private final SegmentId id;
    private final long firstSequence;
    private final RecordFrame frame;
    private final LogFile file;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private long length;
    private long durableLength;

    private SegmentWriter(LogStorage storage, SegmentHeader header, LogFile file) {
        this.storage = storage;
        this.id = header.id();
        this.firstSequence = header.firstSequence();
        this.frame = new RecordFrame(header.incarnation(), header.id().epoch());
        this.file = file;
    }

    /**
     * Makes a segment without records.
     *
     * @throws LogWriteException if there is no room; what was there is not to be written to any more
     */
    static SegmentWriter create(LogStorage storage, SegmentHeader header) throws IOException {
        String path = header.id().path();
        String unfinished = path + ".tmp";
        LogFile file;
        try {
            file = storage.create(unfinished);
        } catch (IOException e) {
            throw new LogWriteException(storage.describe(unfinished), e);
        }
        SegmentWriter writer = new SegmentWriter(storage, header, file);
        try {
            writer.put(header.encode());
            writer.flush();
            writer.sync();
            writer.show(unfinished, path);
            storage.syncDirectory(SegmentId.DIRECTORY);
            storage.delete(unfinished);
            return writer;
        } catch (LogWriteException e) {
            try (writer) {
                storage.delete(unfinished);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        } catch (IOException e) {
            try (writer) {
                throw e;
            }
        }
    }

    private void show(String unfinished, String path) throws IOException {
        boolean linked;
        try {
            linked = storage.link(unfinished, path);
        } catch (IOException e) {
            throw new LogWriteException(storage.describe(path), e);
        }
        if (!linked) {
            throw new IOException(storage.describe(path) + " is there already, written by somebody else");
        }
    }

    /** What of it is known to be on the disk. */
    SealedSegment sealed() {
        return new SealedSegment(id, firstSequence, durableLength);
    }

    /** Writes records; after a failure nothing more is to be written here. */
    void write(long firstSequence, List<LogRecord> records, long durable) throws LogWriteException {
        long sequence = firstSequence;
        for (LogRecord record : records) {
            byte[] header = frame.header(record, sequence++, durable);
            put(header);
            for (ByteBuffer part : record.parts()) {
                put(part.duplicate());
            }
            put(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(frame.crc(header, record))
                    .array());
        }
        flush();
    }

    void sync() throws IOException {
        file.sync();
        durableLength = length;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void put(byte[] bytes) throws LogWriteException {
        put(ByteBuffer.wrap(bytes));
    }

    private void put(ByteBuffer bytes) throws LogWriteException {
        if (bytes.remaining() > chunk.remaining()) {
            flush();
        }
        if (bytes.remaining() > chunk.capacity()) {
            append(bytes);
        } else {
            chunk.put(bytes);
        }
    }

    private void flush() throws LogWriteException {
        if (chunk.position() > 0) {
            append(chunk.flip());
            chunk.clear();
        }
    }

    private void append(ByteBuffer bytes) throws LogWriteException {
        int size = bytes.remaining();
        try {
            file.append(bytes);
        } catch (IOException e) {
            throw new LogWriteException(storage.describe(id.path()), e);
        }
        length += size;
    }
}
