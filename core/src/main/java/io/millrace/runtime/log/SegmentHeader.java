// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The beginning of a segment. It seals all that came before: the newest header is the whole truth about which bytes of
 * which older segments count.
 *
 * @param logId the log it belongs to
 * @param incarnation the writer; its records do not check with those of any other
 * @param id the segment
 * @param firstSequence the number of its first record
 * @param before the older segments that count, in their order
 */
record SegmentHeader(UUID logId, UUID incarnation, SegmentId id, long firstSequence, List<SealedSegment> before) {

    static final int FORMAT = 1;

    private static final byte[] MAGIC = "MILLRLOG".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED = MAGIC.length + 4 + 4 + 16 + 16 + 8 + 8 + 4;
    private static final int ENTRY = 24;

    SegmentHeader {
        before = List.copyOf(before);
    }

    /** How many bytes it takes. */
    int length() {
        return FIXED + before.size() * ENTRY + Integer.BYTES;
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(length());
        out.put(MAGIC).putInt(FORMAT).putInt(length());
        put(out, logId);
        put(out, incarnation);
        out.putInt(id.epoch()).putInt(id.number()).putLong(firstSequence);
        out.putInt(before.size());
        for (SealedSegment sealed : before) {
            out.putInt(sealed.id().epoch()).putInt(sealed.id().number());
            out.putLong(sealed.firstSequence()).putLong(sealed.length());
        }
        out.putInt(crc(out.array(), out.position()));
        return out.array();
    }

    /** Reads the header at the beginning of {@code bytes}; {@code file} is what a refusal names. */
    static SegmentHeader decode(byte[] bytes, String file) throws LogCorruptedException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            if (!java.util.Arrays.equals(magic, MAGIC)) {
                throw new LogCorruptedException(file, 0, "it does not begin as a segment does");
            }
            int format = in.getInt();
            int length = in.getInt();
            if (length < FIXED + Integer.BYTES || length > bytes.length) {
                throw new LogCorruptedException(file, 12, "the header cannot be " + length + " bytes long");
            }
            if (ByteBuffer.wrap(bytes).getInt(length - Integer.BYTES) != crc(bytes, length - Integer.BYTES)) {
                throw new LogCorruptedException(file, 0, "the header does not match its CRC32C");
            }
            if (format != FORMAT) {
                throw new LogCorruptedException(
                        file, 8, "it has format " + format + ", and this version reads format " + FORMAT);
            }
            SegmentHeader header = decodeChecked(in);
            if (header.length() != length) {
                throw new LogCorruptedException(file, 12, "the header tells that it is " + length + " bytes long");
            }
            return header;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new LogCorruptedException(file, in.position(), "the header is cut off or impossible");
        }
    }

    private static SegmentHeader decodeChecked(ByteBuffer in) {
        UUID logId = uuid(in);
        UUID incarnation = uuid(in);
        SegmentId id = new SegmentId(in.getInt(), in.getInt());
        long firstSequence = in.getLong();
        int count = in.getInt();
        List<SealedSegment> before = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            before.add(new SealedSegment(new SegmentId(in.getInt(), in.getInt()), in.getLong(), in.getLong()));
        }
        return new SegmentHeader(logId, incarnation, id, firstSequence, before);
    }

    static void put(ByteBuffer out, UUID id) {
        out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    static UUID uuid(ByteBuffer in) {
        long most = in.getLong();
        return new UUID(most, in.getLong());
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
