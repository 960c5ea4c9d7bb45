// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;

/** How a record lies in a segment: a header, the payload, a CRC32C over the writer's identity and both. */
final class RecordFrame {

    /** payload length 4, type 1, version 1, epoch 4, sequence 8, durable 8. */
    static final int HEADER = 26;

    /** What a record takes beside its payload. */
    static final int OVERHEAD = HEADER + Integer.BYTES;

    private final byte[] salt;
    private final int epoch;

    /** The frames of one writer. */
    RecordFrame(UUID incarnation, int epoch) {
        ByteBuffer out = ByteBuffer.allocate(16);
        SegmentHeader.put(out, incarnation);
        this.salt = out.array();
        this.epoch = epoch;
    }

    /** The header of a record; {@code durable} is the last number that was known to be on the disk before. */
    byte[] header(LogRecord record, long sequence, long durable) {
        return ByteBuffer.allocate(HEADER)
                .putInt(record.size())
                .put((byte) record.type())
                .put((byte) record.version())
                .putInt(epoch)
                .putLong(sequence)
                .putLong(durable)
                .array();
    }

    /** The checksum of a record with that header. */
    int crc(byte[] header, LogRecord record) {
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(header);
        for (ByteBuffer part : record.parts()) {
            crc.update(part.duplicate());
        }
        return (int) crc.getValue();
    }

    /** Whether a whole record lies at {@code position}, ending at or before {@code end}. */
    boolean isValid(byte[] bytes, int position, int end) {
        if (end - position < OVERHEAD) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int length = in.getInt(position);
        if (length < 0 || length > end - position - OVERHEAD || in.getInt(position + 6) != epoch) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(bytes, position, HEADER + length);
        return in.getInt(position + HEADER + length) == (int) crc.getValue();
    }

    static int lengthAt(byte[] bytes, int position) {
        return OVERHEAD + ByteBuffer.wrap(bytes).getInt(position);
    }

    static long sequenceAt(byte[] bytes, int position) {
        return ByteBuffer.wrap(bytes).getLong(position + 10);
    }

    static long durableAt(byte[] bytes, int position) {
        return ByteBuffer.wrap(bytes).getLong(position + 18);
    }

    /** The record at a position where a whole one lies. */
    static LogRecord recordAt(byte[] bytes, int position) {
        int start = position + HEADER;
        int length = ByteBuffer.wrap(bytes).getInt(position);
        return new LogRecord(
                bytes[position + 4] & 0xff,
                bytes[position + 5] & 0xff,
                Arrays.copyOfRange(bytes, start, start + length));
    }
}
