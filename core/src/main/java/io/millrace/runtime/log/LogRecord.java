// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One record: bytes that only its writer understands, in one part or several, so that what is large need not be copied. Nobody changes
 * them, nor the marks of the buffers, while the record is in use.
 *
 * @param type what it is, 0 to 255
 * @param version the form of the payload, 0 to 255
 * @param parts the payload: what remains of each buffer, one after the other
 */
public record LogRecord(int type, int version, List<ByteBuffer> parts) {

    /** Checks the ranges. */
    public LogRecord {
        parts = List.copyOf(parts);
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("type must be 0 to 255: " + type);
        }
        if (version < 0 || version > 255) {
            throw new IllegalArgumentException("version must be 0 to 255: " + version);
        }
    }

    /** A record whose payload is in one part, which is not copied. */
    public LogRecord(int type, int version, byte[] payload) {
        this(type, version, List.of(ByteBuffer.wrap(payload)));
    }

    /** How many bytes the payload has. */
    public int size() {
        int size = 0;
        for (ByteBuffer part : parts) {
            size = Math.addExact(size, part.remaining());
        }
        return size;
    }

    /** The payload in one array, which may be the only part itself. */
    public byte[] payload() {
        int size = size();
        if (parts.size() == 1 && parts.get(0).hasArray() && parts.get(0).array().length == size) {
            return parts.get(0).array();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        parts.forEach(part -> all.put(part.duplicate()));
        return all.array();
    }
}
