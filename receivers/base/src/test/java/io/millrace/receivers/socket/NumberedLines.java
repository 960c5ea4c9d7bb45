// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lines of which no two are equal. */
final class NumberedLines {

    private int next;

    /** Sends so many and answers them. */
    List<String> send(int count, Peer peer) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("line " + next++);
        }
        peer.send(String.join("\n", lines) + "\n");
        return lines;
    }
}
