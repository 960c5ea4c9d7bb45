// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.zip.CRC32C;

/** How a snapshot lies in its file: a header, entries each with its CRC32C, a footer that counts them. */
final class SnapshotFormat {

    static final int FORMAT = 1;

    /** magic 8, format 4, log 16, attempt 16, epoch 4, batch 8, through 8, CRC32C 4. */
    static final int HEADER = 68;

    /** payload length 4, type 1, version 1. */
    static final int ENTRY = 6;

    /** What an entry takes beside its payload. */
    static final int OVERHEAD = ENTRY + Integer.BYTES;

    /** mark 4, entries 8, CRC32C 4. */
    static final int FOOTER = 16;

    /** Where an entry would have its length: no more entries. */
    static final int END = -1;

    private static final byte[] MAGIC = "MILLRSNP".getBytes(StandardCharsets.US_ASCII);

    private SnapshotFormat() {}

    static byte[] header(UUID logId, SnapshotId id, long through) {
        ByteBuffer out = ByteBuffer.allocate(HEADER).put(MAGIC).putInt(FORMAT);
        SegmentHeader.put(out, logId);
        SegmentHeader.put(out, id.attempt());
        out.putInt(id.epoch()).putLong(id.batch()).putLong(through);
        return out.putInt(SegmentHeader.crc(out.array(), out.position())).array();
    }

    /** The format that a header tells; -1 if it is none. */
    static int formatOf(byte[] header) {
        ByteBuffer in = ByteBuffer.wrap(header);
        boolean whole = in.getInt(HEADER - Integer.BYTES) == SegmentHeader.crc(header, HEADER - Integer.BYTES)
                && in.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
        return whole ? in.getInt(MAGIC.length) : -1;
    }

    /** What the checksums of the entries of a snapshot begin with, so that they do not check in another one. */
    static byte[] salt(UUID attempt) {
        ByteBuffer salt = ByteBuffer.allocate(16);
        SegmentHeader.put(salt, attempt);
        return salt.array();
    }

    /** The checksum of an entry. */
    static int crc(byte[] salt, byte[] entry, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(salt);
        crc.update(entry);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
