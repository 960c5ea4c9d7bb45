// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;

/** A client did not keep to the acknowledged line protocol, or may not be served: what is said to it as {@code ERR <reason>}. */
final class ProtocolFault extends IOException {

    private static final long serialVersionUID = 1L;

    /** What a reason begins with that may be another one next time. */
    static final String SLOW = "too slow: ";

    /** A reason in one line of ASCII that holds nothing of what the client sent but numbers. */
    ProtocolFault(String reason) {
        super(reason);
    }
}
