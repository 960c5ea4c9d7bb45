// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;

/** A failure that names the receiver, and so the host and the port, which Akka's own do not. */
final class SocketFailure extends IOException {

    private SocketFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What went wrong at the receiver of that name; the cause Akka wrapped is what counts. */
    static SocketFailure at(String receiver, Throwable failure) {
        Throwable root = failure.getCause() == null ? failure : failure.getCause();
        return new SocketFailure(receiver + ": " + root.getMessage(), failure);
    }
}
