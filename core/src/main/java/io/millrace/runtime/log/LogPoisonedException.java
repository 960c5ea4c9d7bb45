// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/**
 * A sync has failed, so nobody knows what is on the disk: this writer is done for. A new one claims the log, reads what
 * is there and begins a new file.
 */
public final class LogPoisonedException extends IOException {

    private static final long serialVersionUID = 1L;

    LogPoisonedException(int epoch, Throwable cause) {
        super(
                "the writer of epoch " + epoch + " is poisoned by an earlier failure, open the log again: " + cause,
                cause);
    }
}
