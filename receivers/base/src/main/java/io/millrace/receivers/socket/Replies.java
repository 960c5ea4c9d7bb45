// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import akka.util.ByteString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client is still to be told, in order; of acknowledgements only the last one is kept. Not thread-safe. */
final class Replies {

    private long next;
    private boolean okDue;
    private long counted;
    private long acknowledged;
    private boolean again;
    private @Nullable String error;
    private boolean errorSaid;

    /** The client is to go on with this number. */
    void accepted(long number) {
        next = number;
        okDue = true;
        counted = number - 1;
        acknowledged = number - 1;
    }

    /** All lines up to this one count. */
    void counted(long last) {
        counted = Math.max(counted, last);
    }

    /** Lines came again: what counts is said again. */
    void repeat() {
        again = true;
    }

    /** The last thing to say. */
    void error(String reason) {
        error = reason;
    }

    /** The next thing to say, if there is one. */
    Optional<ByteString> poll() {
        String line = null;
        if (okDue) {
            okDue = false;
            line = "OK " + next;
        } else if (counted > acknowledged || (again && counted > 0)) {
            acknowledged = counted;
            again = false;
            line = "ACK " + counted;
        } else if (error != null && !errorSaid) {
            errorSaid = true;
            line = "ERR " + error;
        }
        return Optional.ofNullable(line).map(said -> ByteString.fromString(said + "\n"));
    }
}
