// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/** The log is not what was written: it is refused, and nothing of it is to be used. The message names the file. */
public final class LogCorruptedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Tells that {@code file} is damaged at the byte {@code position}. */
    LogCorruptedException(String file, long position, String reason) {
        super(file + " is damaged at byte " + position + ": " + reason
                + "; restore it from a copy, nothing was changed");
    }
}
