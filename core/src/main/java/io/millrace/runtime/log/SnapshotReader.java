// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Reads one snapshot through a buffer of 256 KiB, and checks each entry before it gives it away. */
final class SnapshotReader {

    private static final int BUFFER = 256 << 10;

    private final LogStorage storage;
    private final String path;
    private final UUID logId;
    private final SnapshotRef ref;
    private final byte[] salt;
    private final byte[] buffer = new byte[BUFFER];
    private final CRC32C whole = new CRC32C();
    private int position;
    private int limit;
    private long consumed;

    /** The reader of {@code ref}, which lies at {@code path}. */
    SnapshotReader(LogStorage storage, String path, UUID logId, SnapshotRef ref) {
        this.storage = storage;
        this.path = path;
        this.logId = logId;
        this.ref = ref;
        this.salt = SnapshotFormat.salt(ref.id().attempt());
    }

    void read(Consumer<LogRecord> entries) throws IOException {
        if (!storage.exists(path)) {
            throw damaged("it is missing");
        }
        try (InputStream in = storage.open(path)) {
            readHeader(in);
            for (long i = 0; i < ref.entries(); i++) {
                entries.accept(entry(in, i));
            }
            readFooter(in);
        }
    }

    private void readHeader(InputStream in) throws IOException {
        byte[] header = take(in, SnapshotFormat.HEADER);
        int format = SnapshotFormat.formatOf(header);
        if (format < 0) {
            throw damaged("the header does not match its CRC32C");
        }
        if (format != SnapshotFormat.FORMAT) {
            throw damaged("it has format " + format + ", and this version reads format " + SnapshotFormat.FORMAT);
        }
        if (!Arrays.equals(header, SnapshotFormat.header(logId, ref.id(), ref.through()))) {
            throw damaged("it is another snapshot than " + ref.id() + " of log " + logId);
        }
    }

    private LogRecord entry(InputStream in, long index) throws IOException {
        byte[] head = take(in, SnapshotFormat.ENTRY);
        int size = ByteBuffer.wrap(head).getInt();
        if (size < 0 || size > ref.length() - consumed - Integer.BYTES - SnapshotFormat.FOOTER) {
            throw damaged("entry " + index + " cannot have " + size + " bytes");
        }
        byte[] payload = take(in, size);
        if (takeInt(in) != SnapshotFormat.crc(salt, head, payload)) {
            throw damaged("entry " + index + " does not match its CRC32C");
        }
        return new LogRecord(head[4] & 0xff, head[5] & 0xff, payload);
    }

    private void readFooter(InputStream in) throws IOException {
        ByteBuffer footer = ByteBuffer.wrap(take(in, SnapshotFormat.FOOTER - Integer.BYTES));
        if (footer.getInt() != SnapshotFormat.END || footer.getLong() != ref.entries()) {
            throw damaged("the footer does not tell " + ref.entries() + " entries");
        }
        int crc = (int) whole.getValue();
        if (takeInt(in) != crc || crc != ref.crc()) {
            throw damaged("the file does not match its CRC32C");
        }
        if (consumed != ref.length() || position < limit || in.read() >= 0) {
            throw damaged("it is not " + ref.length() + " bytes long");
        }
    }

    private int takeInt(InputStream in) throws IOException {
        return ByteBuffer.wrap(take(in, Integer.BYTES)).getInt();
    }

    private byte[] take(InputStream in, int size) throws IOException {
        byte[] bytes = new byte[size];
        int filled = Math.min(size, limit - position);
        System.arraycopy(buffer, position, bytes, 0, filled);
        position += filled;
        if (filled < size) {
            int rest = size - filled;
            // What is larger than the buffer goes around it.
            filled += rest >= BUFFER ? in.readNBytes(bytes, filled, rest) : refill(in, bytes, filled, rest);
        }
        if (filled < size) {
            throw damaged("it ends there");
        }
        whole.update(bytes);
        consumed += size;
        return bytes;
    }

    private int refill(InputStream in, byte[] bytes, int at, int rest) throws IOException {
        limit = in.readNBytes(buffer, 0, BUFFER);
        position = Math.min(rest, limit);
        System.arraycopy(buffer, 0, bytes, at, position);
        return position;
    }

    private LogCorruptedException damaged(String reason) {
        return new LogCorruptedException(storage.describe(path), consumed, reason);
    }
}
