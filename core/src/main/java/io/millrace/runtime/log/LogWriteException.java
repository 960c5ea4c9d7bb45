// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/**
 * Bytes could not be written, as when the disk is full. Nothing of them counts and no part of them will be read. The
 * records of a commit still wait: commit again when there is room.
 */
public final class LogWriteException extends IOException {

    private static final long serialVersionUID = 1L;

    LogWriteException(String file, IOException cause) {
        super("could not write " + file + ", try again when there is room: " + cause.getMessage(), cause);
    }
}
