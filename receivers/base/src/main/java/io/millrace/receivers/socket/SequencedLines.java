// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import akka.util.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a client of the acknowledged line protocol sends: a first line, then lines {@code <number> <payload>}. Finds the lines in the
 * bytes, checks their numbers, and leaves out those that came before. Not thread-safe.
 *
 * <p>Holds what was offered and not taken, and the beginning of one line. An idle connection holds no more than the few bytes of its
 * unfinished line.
 */
final class SequencedLines {

    private static final byte[] NOTHING = {};
    private static final int MOST_DIGITS = 18;

    private final int maxLineBytes;
    private byte[] buffer = NOTHING;
    private int from;
    private int end;
    private int scanned;
    private long expected;
    private long lines;

    /**
     * Nothing has come yet.
     *
     * @param maxLineBytes the longest payload, without its end
     */
    SequencedLines(int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Lines in sequence.
     *
     * @param first the number of the first one
     * @param count how many they are; 0 if there are none
     * @param payloads their payloads, each with a newline
     * @param repeated whether lines were left out that had come before
     * @param fault what is wrong with the line after them
     */
    record Taken(long first, int count, ByteString payloads, boolean repeated, Optional<ProtocolFault> fault) {}

    /** Adds bytes, which must not be changed any more. */
    void offer(byte[] bytes) {
        if (from == end) {
            buffer = bytes;
            from = 0;
            end = bytes.length;
            scanned = 0;
            return;
        }
        int held = end - from;
        byte[] target = buffer;
        if (buffer.length - end < bytes.length) {
            target = new byte[Math.max(64, 2 * (held + bytes.length))];
            System.arraycopy(buffer, from, target, 0, held);
            scanned -= from;
            from = 0;
            end = held;
            buffer = target;
        }
        System.arraycopy(bytes, 0, target, end, bytes.length);
        end += bytes.length;
    }

    /** How many lines were found. */
    long lines() {
        return lines;
    }

    /** So many bytes of memory are taken, at most 64 or four times what was offered and not taken. */
    int held() {
        return buffer.length;
    }

    /** Whether the beginning of a line is there whose end is not. */
    boolean isWithinLine() {
        return from < end;
    }

    /** The first line without its end, once it is there. */
    Optional<String> hello() throws ProtocolFault {
        int newline = newline();
        if (newline < 0 ? end - from > Hello.LONGEST : newline - from > Hello.LONGEST) {
            throw new ProtocolFault("the first line is longer than " + Hello.LONGEST + " bytes");
        }
        if (newline < 0) {
            return Optional.empty();
        }
        int to = newline > from && buffer[newline - 1] == '\r' ? newline - 1 : newline;
        String line = new String(buffer, from, to - from, ISO_8859_1);
        consume(newline);
        return Optional.of(line);
    }

    /** The next new line has this number. */
    void expect(long number) {
        expected = number;
    }

    /** All whole lines that are there. */
    Taken take() {
        byte[] payloads = new byte[end - from];
        int length = 0;
        int count = 0;
        boolean repeated = false;
        Optional<ProtocolFault> fault = Optional.empty();
        try {
            for (int newline = newline(); newline >= 0; newline = newline()) {
                int payload = payload(newline);
                long number = number(payload - 1);
                if (number > expected) {
                    throw new ProtocolFault("line " + expected + " is missing, there came " + number);
                }
                if (number < expected) {
                    repeated = true;
                } else {
                    System.arraycopy(buffer, payload, payloads, length, newline + 1 - payload);
                    length += newline + 1 - payload;
                    count++;
                    expected++;
                }
                consume(newline);
            }
            if (end - from > maxLineBytes + (long) MOST_DIGITS + 2) {
                throw tooLong();
            }
            shrink();
        } catch (ProtocolFault e) {
            fault = Optional.of(e);
        }
        ByteString taken = length == 0 ? ByteString.emptyByteString() : ByteString.fromArrayUnsafe(payloads, 0, length);
        return new Taken(expected - count, count, taken, repeated, fault);
    }

    /** Where the payload of the line at the front begins; its length is checked. */
    private int payload(int newline) throws ProtocolFault {
        int space = from;
        while (space < newline && space - from < MOST_DIGITS && buffer[space] != ' ') {
            space++;
        }
        if (space == newline || buffer[space] != ' ') {
            throw malformed();
        }
        int to = newline > space + 1 && buffer[newline - 1] == '\r' ? newline - 1 : newline;
        if (to - space - 1 > maxLineBytes) {
            throw tooLong();
        }
        return space + 1;
    }

    private long number(int space) throws ProtocolFault {
        long number = 0;
        for (int i = from; i < space; i++) {
            if (buffer[i] < '0' || buffer[i] > '9') {
                throw malformed();
            }
            number = 10 * number + buffer[i] - '0';
        }
        if (number == 0) {
            throw malformed();
        }
        return number;
    }

    private ProtocolFault malformed() {
        return new ProtocolFault("a line must be <number> <text>, with a number from 1 on, but what came where line "
                + expected + " was expected is not");
    }

    private ProtocolFault tooLong() {
        return new ProtocolFault("line " + expected + " is longer than " + maxLineBytes + " bytes");
    }

    private int newline() {
        while (scanned < end) {
            if (buffer[scanned] == '\n') {
                return scanned;
            }
            scanned++;
        }
        return -1;
    }

    private void consume(int newline) {
        from = newline + 1;
        scanned = from;
        lines++;
        if (from == end) {
            buffer = NOTHING;
            from = 0;
            end = 0;
            scanned = 0;
        }
    }

    /** Keeps no more memory than twice what the unfinished line needs. */
    private void shrink() {
        if (buffer.length > 64 && end - from < buffer.length / 2) {
            buffer = Arrays.copyOfRange(buffer, from, end);
            end -= from;
            scanned -= from;
            from = 0;
        }
    }
}
