// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.durable.JournalEntry.StateChange;
import io.millrace.runtime.log.Claim;
import io.millrace.runtime.log.LogContents;
import io.millrace.runtime.log.LogReader;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is in a checkpoint, read without claiming, locking or changing anything: all that was durable at some moment, also while a job
 * writes. Values of users stay bytes, so that their classes are not needed. Holds the log in memory, without the snapshots. Not thread-safe.
 */
public final class CheckpointRecords {

    /** A job may forget old files while they are read; then reading begins anew. */
    private static final int TRIES = 5;

    /** A record of the log. */
    public record Numbered(long sequence, LogRecord logged) {}

    private final LogReader reader;
    private final JournalFormat format;
    private final List<Claim> claims;
    private final LogContents contents;
    private final List<Numbered> records;
    private @Nullable History history;

    private CheckpointRecords(
            LogReader reader, JournalFormat format, List<Claim> claims, LogContents contents, List<Numbered> records) {
        this.reader = reader;
        this.format = format;
        this.claims = List.copyOf(claims);
        this.contents = contents;
        this.records = List.copyOf(records);
    }

    /**
     * Reads a checkpoint.
     *
     * @param format need not know any type of the user
     * @throws IOException if there is none, or if it is damaged; the message names the file
     */
    public static CheckpointRecords read(LogStorage storage, JournalFormat format) throws IOException {
        IOException last = new IOException("not read");
        for (int i = 0; i < TRIES; i++) {
            try {
                return readOnce(storage, format);
            } catch (IOException e) {
                e.addSuppressed(last);
                last = e;
            }
        }
        throw last;
    }

    private static CheckpointRecords readOnce(LogStorage storage, JournalFormat format) throws IOException {
        LogReader reader = new LogReader(storage);
        List<Claim> claims = reader.claims();
        if (claims.isEmpty()) {
            throw new NoSuchFileException(
                    storage.describe(""), null, "it is no checkpoint directory: nobody has claimed it");
        }
        List<Numbered> records = new ArrayList<>();
        LogContents contents = reader.read((sequence, logged) -> records.add(new Numbered(sequence, logged)));
        CheckpointRecords read = new CheckpointRecords(reader, format, claims, contents, records);
        Optional<Snapshotted> newest = read.history().snapshots().stream().findFirst();
        if (newest.isPresent()) {
            String path = newest.get().snapshot().id().path();
            if (!storage.exists(path)) {
                // Forgotten while the log was read, or damage: the next try tells.
                throw new NoSuchFileException(storage.describe(path), null, "the log tells of it, and it is not there");
            }
        }
        return read;
    }

    /** The job. */
    public String job() {
        return claims.get(claims.size() - 1).job();
    }

    /** Who has claimed the checkpoint, the oldest first; at least one. */
    public List<Claim> claims() {
        return claims;
    }

    /** The files of the log. */
    public LogContents contents() {
        return contents;
    }

    /** What was logged and is not yet forgotten, in its order. */
    public List<Numbered> records() {
        return records;
    }

    /**
     * The entry of a record.
     *
     * @throws IllegalArgumentException if it is of a later version of the engine; the message says so
     */
    public JournalEntry entry(Numbered record) {
        return format.decode(record.logged());
    }

    /** Gives what a snapshot holds. */
    public void snapshot(Snapshotted snapshot, Consumer<StateChange> changes) throws IOException {
        reader.readSnapshot(contents, snapshot.snapshot(), entry -> changes.accept(format.fromSnapshot(entry)));
    }

    /** The run that logged last; empty if none has logged anything. */
    public Optional<Begun> lastRun() {
        @Nullable Begun last = null;
        for (Numbered record : records) {
            JournalEntry entry = entry(record);
            if (entry instanceof Begun begun) {
                last = begun;
            } else if (entry instanceof Snapshotted snapshotted) {
                last = snapshotted.begun();
            }
        }
        return Optional.ofNullable(last);
    }

    /** What a run of the program that logged last would make of it. */
    public History history() {
        History known = history;
        if (known == null) {
            known = history(Names.of(lastRun().map(Begun::nodes).orElse(List.of())), StateMigration.NONE);
            history = known;
        }
        return known;
    }

    /** What a run of a program would make of it. */
    public History history(Names names, StateMigration migration) {
        History history = new History(names, migration);
        records.forEach(record -> history.add(entry(record)));
        return history;
    }
}
