// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;

/** Is told how a log fares, on the thread that writes it. */
public interface LogWatcher {

    /** There is no room. Nothing is lost and nothing is acknowledged; call {@link LogAppender#retry} after a while. */
    void stalled(LogWriteException reason);

    /** There is room again. */
    void resumed();

    /**
     * The writer is done for, and all that waited has failed: {@link LogFencedException} if there is a newer one, else
     * the log is to be opened again.
     */
    void failed(IOException reason);
}
