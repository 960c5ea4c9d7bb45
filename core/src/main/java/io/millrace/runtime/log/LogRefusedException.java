// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/** A directory that is not to be used for this log. Nothing in it was changed; the message names it. */
public final class LogRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    LogRefusedException(String directory, String reason) {
        super(directory + " is refused: " + reason);
    }
}
