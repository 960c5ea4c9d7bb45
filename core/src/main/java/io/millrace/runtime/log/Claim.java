// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Says who may write: the holder of the greatest epoch, and nobody else.
 *
 * @param epoch at least 1, greater than all before
 * @param logId the log, the same for all its claims
 * @param incarnation the writer
 * @param claimedAt when, to the millisecond; only for people
 * @param job the job's name; no other may claim
 */
public record Claim(int epoch, UUID logId, UUID incarnation, Instant claimedAt, String job) {

    private static final byte[] MAGIC = "MILLRCLM".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;

    byte[] encode() {
        byte[] name = job.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 4 + 4 + 16 + 16 + 8 + 4 + name.length + Integer.BYTES);
        out.put(MAGIC).putInt(FORMAT).putInt(epoch);
        SegmentHeader.put(out, logId);
        SegmentHeader.put(out, incarnation);
        out.putLong(claimedAt.toEpochMilli()).putInt(name.length).put(name);
        out.putInt(SegmentHeader.crc(out.array(), out.position()));
        return out.array();
    }

    static Claim decode(byte[] bytes, String file) throws LogCorruptedException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int body = bytes.length - Integer.BYTES;
        if (body < MAGIC.length || in.getInt(body) != SegmentHeader.crc(bytes, body)) {
            throw new LogCorruptedException(file, 0, "the claim does not match its CRC32C");
        }
        byte[] magic = new byte[MAGIC.length];
        try {
            in.get(magic);
            int format = in.getInt();
            if (!java.util.Arrays.equals(magic, MAGIC) || format != FORMAT) {
                throw new LogCorruptedException(file, 0, "it is no claim of format " + FORMAT);
            }
            int epoch = in.getInt();
            UUID logId = SegmentHeader.uuid(in);
            UUID incarnation = SegmentHeader.uuid(in);
            Instant claimedAt = Instant.ofEpochMilli(in.getLong());
            byte[] name = new byte[in.getInt()];
            in.get(name);
            return new Claim(epoch, logId, incarnation, claimedAt, new String(name, StandardCharsets.UTF_8));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new LogCorruptedException(file, in.position(), "the claim is cut off");
        }
    }
}
