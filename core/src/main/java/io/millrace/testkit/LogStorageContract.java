// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.DurableLog;
import io.millrace.runtime.log.LogFencedException;
import io.millrace.runtime.log.LogFile;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.log.LogWriter;
import io.millrace.runtime.log.SnapshotRef;
import io.millrace.runtime.log.SnapshotWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every storage of a log promises, as tests: a test class of one extends it. */
@Timeout(120)
public abstract class LogStorageContract {

    /** For subclasses. */
    protected LogStorageContract() {}

    /**
     * A further storage of the same place, as another process would have it; asked for several times per test. The place is empty at the
     * beginning of a test.
     */
    protected abstract LogStorage storage() throws Exception;

    private static void write(LogStorage storage, String path, String text) throws IOException {
        try (LogFile file = storage.create(path)) {
            file.append(ByteBuffer.wrap(text.getBytes(UTF_8)));
            file.sync();
        }
        storage.syncDirectory("dir");
    }

    private static String read(LogStorage storage, String path) throws IOException {
        return new String(storage.read(path), UTF_8);
    }

    private LogStorage withDirectory() throws Exception {
        LogStorage storage = storage();
        storage.createDirectory("dir");
        storage.createDirectory("dir");
        return storage;
    }

    /** What was synced is there for another. */
    @Test
    public void showsToOthersWhatWasSynced() throws Exception {
        LogStorage storage = withDirectory();
        try (LogFile file = storage.create("dir/a")) {
            file.sync();
            assertEquals("", read(storage(), "dir/a"));
            file.append(ByteBuffer.wrap("one".getBytes(UTF_8)));
            file.append(ByteBuffer.wrap(" two".getBytes(UTF_8)));
            file.sync();
            assertEquals("one two", read(storage(), "dir/a"));
            file.append(ByteBuffer.wrap(" three".getBytes(UTF_8), 0, 4));
            file.sync();
        }
        assertEquals("one two thr", read(storage(), "dir/a"));
        try (InputStream in = storage().open("dir/a")) {
            assertEquals("one two thr", new String(in.readAllBytes(), UTF_8));
        }
    }

    /** Many syncs and large appends are read back as they were written. */
    @Test
    public void readsBackManySmallAndSomeLargeParts() throws Exception {
        LogStorage storage = withDirectory();
        Random random = new Random(7);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (LogFile file = storage.create("dir/a")) {
            for (int part = 0; part < 300; part++) {
                byte[] bytes = new byte[part % 100 == 99 ? (9 << 20) + 1 : random.nextInt(200)];
                random.nextBytes(bytes);
                expected.writeBytes(bytes);
                file.append(ByteBuffer.wrap(bytes));
                if (random.nextInt(10) > 0) {
                    file.sync();
                }
            }
            file.sync();
        }
        assertArrayEquals(expected.toByteArray(), storage().read("dir/a"));
        try (InputStream in = storage().open("dir/a")) {
            assertArrayEquals(expected.toByteArray(), in.readAllBytes());
        }
    }

    /** A name is made once. */
    @Test
    public void createsNothingOverAnExistingFile() throws Exception {
        LogStorage storage = withDirectory();
        write(storage, "dir/a", "first");

        assertThrows(IOException.class, () -> storage.create("dir/a").close());
        assertEquals("first", read(storage, "dir/a"));
    }

    /** A second name is the same file, also for what is written afterwards, and stays when the first one goes. */
    @Test
    public void givesAFileASecondName() throws Exception {
        LogStorage storage = withDirectory();
        try (LogFile file = storage.create("dir/a")) {
            file.append(ByteBuffer.wrap("one".getBytes(UTF_8)));
            file.sync();
            assertTrue(storage.link("dir/a", "dir/b"));
            assertEquals(storage.identity("dir/a"), storage().identity("dir/b"));
            storage.delete("dir/a");
            file.append(ByteBuffer.wrap(" two".getBytes(UTF_8)));
            file.sync();
        }
        assertFalse(storage.exists("dir/a"));
        assertEquals("one two", read(storage(), "dir/b"));
        assertEquals(List.of("b"), storage().list("dir"));
    }

    /** A name that is taken stays as it is. */
    @Test
    public void linksNothingOverAnExistingName() throws Exception {
        LogStorage storage = withDirectory();
        write(storage, "dir/a", "a");
        write(storage, "dir/b", "b");

        assertFalse(storage.link("dir/a", "dir/b"));

        assertEquals("b", read(storage, "dir/b"));
        assertNotEquals(storage.identity("dir/a"), storage.identity("dir/b"));
    }

    /** Of several who want a name at once one gets it. */
    @Test
    public void linksOneOfManyWhoWantTheName() throws Exception {
        LogStorage storage = withDirectory();
        List<Thread> threads = new ArrayList<>();
        List<String> winners = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            String own = "dir/own-" + i;
            write(storage, own, own);
            LogStorage other = storage();
            threads.add(new Thread(
                    () -> {
                        try {
                            if (other.link(own, "dir/wanted")) {
                                winners.add(own);
                            }
                        } catch (IOException e) {
                            winners.add(e.toString());
                        }
                    },
                    "linker"));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(1, winners.size(), winners::toString);
        assertEquals(winners.get(0), read(storage, "dir/wanted"));
    }

    /** Names are listed in order; what is gone is gone, and a new file of an old name is another one. */
    @Test
    public void listsAndDeletesNames() throws Exception {
        LogStorage storage = withDirectory();
        assertEquals(List.of(), storage.list("nowhere"));
        assertNull(storage.identity("dir/a"));
        storage.delete("dir/a");
        write(storage, "dir/b", "b");
        write(storage, "dir/a", "a");
        Object before = storage.identity("dir/a");
        assertEquals(List.of("a", "b"), storage().list("dir"));
        assertEquals(List.of("dir"), storage().list(""));

        storage.delete("dir/a");
        assertEquals(List.of("b"), storage().list("dir"));
        assertThrows(IOException.class, () -> storage.read("dir/a"));
        storage.link("dir/b", "dir/keeps-the-number-of-b-in-use");
        write(storage, "dir/c", "c");
        write(storage, "dir/a", "new");
        assertEquals("new", read(storage(), "dir/a"));
        assertNotEquals(storage.identity("dir/c"), storage.identity("dir/a"));
        assertTrue(before != null && storage.describe("dir/a").endsWith("dir/a"));
    }

    private static LogWriter log(LogStorage storage, int start, List<String> found) throws IOException {
        Claimant claimant = new Claimant("contract", new UUID(7, start), Instant.ofEpochMilli(start));
        // Segments of a few records, so that there are several.
        return DurableLog.open(
                storage,
                claimant,
                new LogSettings(500, 1 << 16, 1 << 20),
                (sequence, record) -> found.add(new String(record.payload(), UTF_8)));
    }

    private static LogRecord record(String text) {
        return new LogRecord(1, 1, text.getBytes(UTF_8));
    }

    /** A log on it is read back, and a later run fences the one before. */
    @Test
    public void keepsALogAndFencesAnOlderRun() throws Exception {
        List<String> expected = new ArrayList<>();
        LogWriter first = log(storage(), 1, new ArrayList<>());
        for (int i = 0; i < 60; i++) {
            first.append(record("record " + i));
            first.commit();
            expected.add("record " + i);
        }
        List<String> found = new ArrayList<>();
        LogWriter second = log(storage(), 2, found);
        assertEquals(expected, found);

        first.append(record("of a zombie"));
        assertThrows(LogFencedException.class, first::commit);
        second.append(record("record 60"), record("record 61"));
        second.commit();
        expected.addAll(List.of("record 60", "record 61"));
        first.close();
        second.close();

        found.clear();
        log(storage(), 3, found).close();
        assertEquals(expected, found);
    }

    /** A snapshot on it is read back, and what it replaces can be forgotten. */
    @Test
    public void keepsSnapshotsAndForgetsWhatTheyReplace() throws Exception {
        LogStorage storage = storage();
        DurableLog claimed = DurableLog.claim(
                storage, new Claimant("contract", new UUID(7, 1), Instant.EPOCH), (sequence, record) -> {});
        LogWriter writer = claimed.start(new LogSettings(500, 1 << 16, 1 << 20));
        for (int i = 0; i < 40; i++) {
            writer.append(record("record " + i));
            writer.commit();
        }
        SnapshotRef ref;
        try (SnapshotWriter snapshot = claimed.snapshots().write(1, writer.durableSequence(), new UUID(8, 1))) {
            for (int i = 0; i < 1_000; i++) {
                snapshot.add(record("entry " + i));
            }
            ref = snapshot.finish();
        }
        List<String> before = storage.list("segments");
        assertTrue(writer.truncateBefore(ref.through() + 1));
        assertTrue(storage.list("segments").stream().noneMatch(before::contains));
        List<String> entries = new ArrayList<>();
        claimed.snapshots().read(ref, entry -> entries.add(new String(entry.payload(), UTF_8)));
        assertEquals(1_000, entries.size());
        assertEquals("entry 999", entries.get(999));
        writer.close();
    }
}
