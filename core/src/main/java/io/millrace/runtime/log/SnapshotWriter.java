// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Writes one snapshot, entry by entry, through a buffer of 256 KiB. It can be seen only when it is whole, on the disk and
 * has been read back. Not thread-safe, and it waits for the disk: a thread of its own is good.
 */
public final class SnapshotWriter implements Closeable {

    private static final int BUFFER = 256 << 10;

    private final LogStorage storage;
    private final UUID logId;
    private final SnapshotId id;
    private final long through;
    private final byte[] salt;
    private final LogFile file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final CRC32C whole = new CRC32C();
    private long entries;
    private long length;
    private boolean finished;

    SnapshotWriter(LogStorage storage, UUID logId, SnapshotId id, long through) throws IOException {
        this.storage = storage;
        this.logId = logId;
        this.id = id;
        this.through = through;
        this.salt = SnapshotFormat.salt(id.attempt());
        try {
            this.file = storage.create(unfinished());
        } catch (IOException e) {
            throw new LogWriteException(storage.describe(unfinished()), e);
        }
        put(SnapshotFormat.header(logId, id, through));
    }

    /**
     * Adds an entry, up to 1 GiB.
     *
     * @throws LogWriteException if there is no room; close this and begin again later
     */
    public void add(LogRecord entry) throws IOException {
        int size = entry.payload().length;
        if (size > 1 << 30) {
            throw new IllegalArgumentException("an entry may have 2^30 bytes, and has " + size);
        }
        byte[] head = ByteBuffer.allocate(SnapshotFormat.ENTRY)
                .putInt(size)
                .put((byte) entry.type())
                .put((byte) entry.version())
                .array();
        put(head);
        put(entry.payload());
        putInt(SnapshotFormat.crc(salt, head, entry.payload()));
        entries++;
    }

    /**
     * Brings the snapshot to the disk, reads it back, and shows it under its name. A record of the log has to tell of it
     * before anything that it replaces is forgotten.
     *
     * @throws LogWriteException if there is no room; close this and begin again later
     */
    public SnapshotRef finish() throws IOException {
        put(ByteBuffer.allocate(SnapshotFormat.FOOTER - Integer.BYTES)
                .putInt(SnapshotFormat.END)
                .putLong(entries)
                .array());
        flush();
        int crc = (int) whole.getValue();
        putInt(crc);
        flush();
        file.sync();
        SnapshotRef ref = new SnapshotRef(id, through, entries, length, crc);
        new SnapshotReader(storage, unfinished(), logId, ref).read(entry -> {});
        if (!storage.link(unfinished(), id.path())) {
            throw new IOException(storage.describe(id.path()) + " is there already; an attempt was used twice");
        }
        storage.syncDirectory(Snapshots.DIRECTORY);
        finished = true;
        return ref;
    }

    /** Lets the file go, and deletes what is not finished. */
    @Override
    public void close() throws IOException {
        file.close();
        storage.delete(unfinished());
        if (!finished) {
            storage.delete(id.path());
        }
    }

    private String unfinished() {
        return id.path() + ".tmp";
    }

    private void putInt(int value) throws LogWriteException {
        put(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    private void put(byte[] bytes) throws LogWriteException {
        if (bytes.length > buffer.remaining()) {
            flush();
        }
        if (bytes.length > buffer.capacity()) {
            append(ByteBuffer.wrap(bytes));
        } else {
            buffer.put(bytes);
        }
    }

    private void flush() throws LogWriteException {
        append(buffer.flip());
        buffer.clear();
    }

    private void append(ByteBuffer bytes) throws LogWriteException {
        int size = bytes.remaining();
        if (size == 0) {
            return;
        }
        whole.update(bytes.duplicate());
        try {
            file.append(bytes);
        } catch (IOException e) {
            throw new LogWriteException(storage.describe(unfinished()), e);
        }
        length += size;
    }
}
