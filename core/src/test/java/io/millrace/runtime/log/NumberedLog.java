// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A log of the numbers 1, 2, 3, …; a snapshot says up to where it reaches. So it is easy to see what is missing. Whenever it
 * is opened, each snapshot that is kept must lead to the same number.
 */
final class NumberedLog {

    /** Small enough that a few records fill a segment. */
    static final LogSettings SETTINGS = new LogSettings(1500, 1 << 16, 1 << 20);

    private static final int NUMBER = 1;
    private static final int SNAPSHOT = 2;

    private final LogWriter writer;
    private final Snapshots snapshots;
    private final RetainedSnapshots retained = new RetainedSnapshots(2);
    private final NavigableMap<Long, LogRecord> found = new TreeMap<>();
    private final int start;
    private int attempts;
    private long last;
    private long committed;

    /** Opens the log in the name of incarnation {@code start}. */
    NumberedLog(LogStorage storage, int start) throws IOException {
        this.start = start;
        Claimant claimant = new Claimant("numbers", new UUID(7, start), Instant.ofEpochMilli(1_000_000L + start));
        DurableLog claimed = DurableLog.claim(storage, claimant, found::put);
        snapshots = claimed.snapshots();
        last = restore(found, retained, snapshots::read);
        writer = claimed.start(SETTINGS);
        committed = last;
    }

    /** The last number in what {@link LogReader} finds. */
    static long read(LogStorage storage) throws IOException {
        NavigableMap<Long, LogRecord> found = new TreeMap<>();
        LogReader reader = new LogReader(storage);
        LogContents contents = reader.read(found::put);
        return restore(found, new RetainedSnapshots(2), (ref, entries) -> reader.readSnapshot(contents, ref, entries));
    }

    private interface SnapshotSource {
        void read(SnapshotRef ref, java.util.function.Consumer<LogRecord> entries) throws IOException;
    }

    private static long restore(NavigableMap<Long, LogRecord> found, RetainedSnapshots retained, SnapshotSource source)
            throws IOException {
        for (LogRecord record : found.values()) {
            if (record.type() == SNAPSHOT) {
                retained.add(ref(text(record)));
            }
        }
        List<Long> reached = new ArrayList<>();
        if (retained.firstNeeded() == 1) {
            reached.add(restore(found, 0, 0));
        }
        for (SnapshotRef ref : retained.newestFirst()) {
            List<String> entries = new ArrayList<>();
            source.read(ref, entry -> entries.add(text(entry)));
            if (!entries.stream().allMatch(entries.get(0)::equals) || entries.size() != 40) {
                throw new AssertionError("the snapshot " + ref + " holds " + entries);
            }
            reached.add(restore(found, ref.through(), Long.parseLong(entries.get(0))));
        }
        if (!reached.stream().allMatch(reached.get(0)::equals)) {
            throw new AssertionError("the snapshots lead to " + reached);
        }
        return reached.get(0);
    }

    private static long restore(NavigableMap<Long, LogRecord> found, long through, long number) {
        long expected = through + 1;
        long reached = number;
        for (Map.Entry<Long, LogRecord> next : found.tailMap(expected, true).entrySet()) {
            LogRecord record = next.getValue();
            boolean fits = next.getKey() == expected
                    && record.version() == 3
                    && (record.type() == SNAPSHOT || Long.parseLong(text(record)) == reached + 1);
            if (!fits) {
                throw new AssertionError("after " + reached + " comes record " + next.getKey() + ": " + text(record));
            }
            reached += record.type() == NUMBER ? 1 : 0;
            expected++;
        }
        return reached;
    }

    /** Appends the next {@code count} numbers, in records of different sizes. */
    NumberedLog append(int count) {
        for (int i = 0; i < count; i++) {
            last++;
            int width = 1 + (int) (last * 97 % 400);
            writer.append(record(NUMBER, Long.toString(last), width));
        }
        return this;
    }

    void commit() throws IOException {
        writer.commit();
        committed = last;
    }

    /** Writes a snapshot, tells of it, forgets what it replaces. What waits to be committed is not in it. */
    void compact() throws IOException {
        SnapshotRef ref;
        try (SnapshotWriter out = snapshots.write(committed, writer.durableSequence(), new UUID(start, attempts++))) {
            for (int i = 0; i < 40; i++) {
                out.add(record(SNAPSHOT, Long.toString(committed), i));
            }
            ref = out.finish();
        }
        writer.append(record(SNAPSHOT, text(ref), 0));
        commit();
        retained.add(ref);
        writer.truncateBefore(retained.firstNeeded());
        snapshots.retain(retained.newestFirst());
    }

    private static String text(SnapshotRef ref) {
        SnapshotId id = ref.id();
        return String.join(
                " ",
                Long.toString(id.batch()),
                Integer.toString(id.epoch()),
                id.attempt().toString(),
                Long.toString(ref.through()),
                Long.toString(ref.entries()),
                Long.toString(ref.length()),
                Integer.toString(ref.crc()));
    }

    private static SnapshotRef ref(String text) {
        String[] part = text.split(" ", -1);
        return new SnapshotRef(
                new SnapshotId(Long.parseLong(part[0]), Integer.parseInt(part[1]), UUID.fromString(part[2])),
                Long.parseLong(part[3]),
                Long.parseLong(part[4]),
                Long.parseLong(part[5]),
                Integer.parseInt(part[6]));
    }

    private static LogRecord record(int type, String text, int width) {
        return new LogRecord(type, 3, (text + " ".repeat(width)).getBytes(US_ASCII));
    }

    private static String text(LogRecord record) {
        return new String(record.payload(), US_ASCII).trim();
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

    /** How many records were replayed when it was opened. */
    int replayed() {
        return found.size();
    }
}
