// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** A way to fill a connection with lines until told to stop. */
interface Load {

    /**
     * Sends whole lines until the signal is raised; blocks while the reader is slow. May be called again with another
     * channel if this one breaks; what was on its way then counts as sent.
     */
    void send(WritableByteChannel out, StopSignal stop) throws IOException;

    /** What was sent, after {@link #send} has returned. */
    Sent sent(Tally tally);

    /** The line with what this load has to say about itself beyond {@link Sent}. */
    default JsonLine describe(JsonLine line) {
        return line;
    }
}
