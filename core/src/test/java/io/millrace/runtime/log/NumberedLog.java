// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A log of the numbers 1, 2, 3, …; a snapshot says up to where it reaches. So it is easy to see what is missing. */
final class NumberedLog {

    /** Small enough that a few records fill a segment. */
    static final LogSettings SETTINGS = new LogSettings(1500, 1 << 16, 1 << 20);

    private static final int NUMBER = 1;
    private static final int SNAPSHOT = 2;

    private final LogWriter writer;
    private final List<String> replayed = new ArrayList<>();
    private long last;
    private long committed;

    /** Opens the log in the name of incarnation {@code start}. */
    NumberedLog(LogStorage storage, int start) throws IOException {
        Claimant claimant = new Claimant("numbers", new UUID(7, start), Instant.ofEpochMilli(1_000_000L + start));
        writer = DurableLog.open(storage, claimant, SETTINGS, this::replay);
        committed = last;
    }

    /** The last number in what {@link LogReader} finds. */
    static long read(LogStorage storage) throws IOException {
        long[] reached = {0};
        new LogReader(storage).read((sequence, record) -> reached[0] = next(reached[0], sequence, record));
        return reached[0];
    }

    private void replay(long sequence, LogRecord record) {
        last = next(last, sequence, record);
        replayed.add(new String(record.payload(), US_ASCII));
    }

    private static long next(long reached, long sequence, LogRecord record) {
        long number = Long.parseLong(new String(record.payload(), US_ASCII).trim());
        boolean fits = record.version() == 3
                && (record.type() == SNAPSHOT ? reached == 0 : record.type() == NUMBER && number == reached + 1);
        if (!fits) {
            throw new AssertionError("after " + reached + " comes record " + sequence + " with " + number);
        }
        return number;
    }

    /** Appends the next {@code count} numbers, in records of different sizes. */
    NumberedLog append(int count) {
        for (int i = 0; i < count; i++) {
            last++;
            int width = 1 + (int) (last * 97 % 400);
            writer.append(record(NUMBER, last, width));
        }
        return this;
    }

    void commit() throws IOException {
        writer.commit();
        committed = last;
    }

    void compact() throws IOException {
        writer.compact(List.of(record(SNAPSHOT, last, 700)));
    }

    private static LogRecord record(int type, long number, int width) {
        return new LogRecord(type, 3, (number + " ".repeat(width)).getBytes(US_ASCII));
    }

    LogWriter writer() {
        return writer;
    }

    /** The last number that was found or appended. */
    long last() {
        return last;
    }

    /** The last number that is known to be on the disk. */
    long committed() {
        return committed;
    }

    List<String> replayed() {
        return replayed;
    }
}
