// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/** A newer writer has claimed the log, or the claim is gone: this one must stop, and act on nothing uncommitted. */
public final class LogFencedException extends IOException {

    private static final long serialVersionUID = 1L;

    LogFencedException(int epoch, String reason) {
        super("epoch " + epoch + " may write no more: " + reason);
    }
}
