// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.util.Objects;

/**
 * One record: bytes that only its writer understands. The payload is not copied; nobody changes it afterwards.
 *
 * @param type what it is, 0 to 255
 * @param version the form of the payload, 0 to 255
 * @param payload the bytes, none or more
 */
public record LogRecord(int type, int version, byte[] payload) {

    /** Checks the ranges. */
    public LogRecord {
        Objects.requireNonNull(payload, "payload");
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("type must be 0 to 255: " + type);
        }
        if (version < 0 || version > 255) {
            throw new IllegalArgumentException("version must be 0 to 255: " + version);
        }
    }
}
