// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Optional;

/** The first line of a client: {@code HELLO 1 <clientId> [token]}, with one space between. */
final class Hello {

    /** The longest id of a client, in characters. */
    static final int LONGEST_ID = 128;

    /** The longest first line in bytes. */
    static final int LONGEST = 1024;

    private static final String VERSION = "1";

    private Hello() {}

    /**
     * The client's id.
     *
     * @param line without its end
     * @param token what the client must bring; empty if it need not bring any
     * @throws ProtocolFault if the line is none, or the client may not be served; it never holds a token
     */
    static String clientId(String line, Optional<String> token) throws ProtocolFault {
        String[] words = line.split(" ", -1);
        if (words.length < 2 || !words[0].equals("HELLO")) {
            throw new ProtocolFault("the first line must be: HELLO " + VERSION + " <clientId> [token]");
        }
        if (!words[1].equals(VERSION)) {
            throw new ProtocolFault("unknown version, this server speaks version " + VERSION);
        }
        if (words.length < 3 || words.length > 4) {
            throw new ProtocolFault("the first line must be: HELLO " + VERSION + " <clientId> [token]");
        }
        if (token.isPresent() && !isSame(token.get(), words.length == 4 ? words[3] : "")) {
            throw new ProtocolFault("wrong token");
        }
        if (!isId(words[2])) {
            throw new ProtocolFault("a client id has 1 to " + LONGEST_ID + " characters of ASCII without spaces");
        }
        return words[2];
    }

    /** Whether this can be the id of a client. */
    static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Takes as long for a token that is nearly right as for any other of its length. */
    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }
}
