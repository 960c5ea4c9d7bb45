// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a log. Records are appended, and count when they are committed: one write and one sync for all that
 * waited when the commit began.
 *
 * <p>Thread-safe. Appending does not wait for a commit that is under way; what is appended meanwhile rides on the next.
 */
public final class LogWriter implements Closeable {

    private final LogStorage storage;
    private final Epochs epochs;
    private final Claim claim;
    private final LogSettings settings;
    private final Object waiting = new Object();

    /** Guarded by {@link #waiting}, as the next two. */
    private List<LogRecord> appended = new ArrayList<>();

    private long nextSequence;
    private long pendingBytes;

    /** Guarded by this, as all that follow. What a commit took and could not bring to the disk yet. */
    private final List<LogRecord> taken = new ArrayList<>();

    private List<SealedSegment> before;
    private SegmentWriter segment;
    private int nextNumber = 1;
    private boolean broken;
    private @Nullable IOException poison;
    private volatile long durable;

    LogWriter(LogStorage storage, Claim claim, LogSettings settings, SegmentHeader header, SegmentWriter segment) {
        this.storage = storage;
        this.epochs = new Epochs(storage);
        this.claim = claim;
        this.settings = settings;
        this.before = header.before();
        this.segment = segment;
        this.nextSequence = header.firstSequence();
        this.durable = header.firstSequence() - 1;
    }

    /** The epoch that this writer holds, at least 1. */
    public int epoch() {
        return claim.epoch();
    }

    /** The number of the last record that is committed; 0 if the log is empty. */
    public long durableSequence() {
        return durable;
    }

    /**
     * Appends a record to the next commit and returns its number.
     *
     * @throws IllegalArgumentException if it is larger than a record may be
     * @throws IllegalStateException if too much waits already; commit first
     */
    public long append(LogRecord record) {
        int size = checked(record);
        synchronized (waiting) {
            if (pendingBytes > 0 && pendingBytes + size > settings.maxPendingBytes()) {
                throw new IllegalStateException("at most " + settings.maxPendingBytes()
                        + " bytes may wait to be committed, " + pendingBytes + " do, and " + size + " more would come");
            }
            pendingBytes += size;
            appended.add(record);
            return nextSequence++;
        }
    }

    /**
     * Brings all that waits to the disk and returns the number of the last record there. Only what has been returned is
     * to be acted upon.
     *
     * @throws LogWriteException if there is no room; the records still wait
     * @throws LogFencedException if there is a newer writer; this one is done for
     * @throws LogPoisonedException if a sync failed, now or before; this one is done for
     */
    public synchronized long commit() throws IOException {
        checkUsable();
        try {
            synchronized (waiting) {
                taken.addAll(appended);
                appended = new ArrayList<>();
            }
            if (!taken.isEmpty()) {
                if (broken || segment.sealed().length() >= settings.segmentBytes()) {
                    roll();
                }
                broken = true;
                segment.write(durable + 1, taken, durable);
                segment.sync();
                broken = false;
            }
            epochs.check(claim.epoch());
            settle();
            return durable;
        } catch (LogWriteException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw poisoned(e);
        }
    }

    /**
     * Replaces all that the log holds by {@code snapshot}, at once or not at all, and deletes what is no longer needed.
     * Appending waits meanwhile.
     *
     * @param snapshot records that say the same as all before; they take the next numbers
     * @return the number of the last record
     * @throws IllegalStateException if records wait to be committed
     * @throws LogWriteException if there is no room; the log is as it was
     */
    public synchronized long compact(List<LogRecord> snapshot) throws IOException {
        checkUsable();
        snapshot.forEach(this::checked);
        synchronized (waiting) {
            if (!appended.isEmpty() || !taken.isEmpty()) {
                throw new IllegalStateException("commit before compacting, " + pendingBytes + " bytes wait");
            }
            try {
                SegmentHeader header = begin(List.of(), snapshot);
                broken = false;
                epochs.check(claim.epoch());
                nextSequence += snapshot.size();
                durable = nextSequence - 1;
                Leftovers.delete(storage, header);
                epochs.deleteBefore(claim.epoch());
                return durable;
            } catch (LogWriteException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                throw poisoned(e);
            }
        }
    }

    /** Lets the files go. What was not committed is lost. */
    @Override
    public synchronized void close() throws IOException {
        if (poison == null) {
            poison = new IOException("it was closed");
        }
        segment.close();
    }

    private int checked(LogRecord record) {
        int size = record.payload().length;
        if (size > settings.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "a record may have " + settings.maxRecordBytes() + " bytes, and has " + size);
        }
        return size + RecordFrame.OVERHEAD;
    }

    /** Goes on in a new segment, which seals this one where it was last durable: half a commit is never read. */
    private void roll() throws IOException {
        List<SealedSegment> sealed = new ArrayList<>(before);
        sealed.add(segment.sealed());
        begin(sealed, List.of());
    }

    private SegmentHeader begin(List<SealedSegment> sealed, List<LogRecord> records) throws IOException {
        SegmentHeader header = new SegmentHeader(
                claim.logId(),
                claim.incarnation(),
                new SegmentId(claim.epoch(), nextNumber++),
                durable + 1,
                records.size(),
                sealed);
        SegmentWriter next = SegmentWriter.create(storage, header, records);
        SegmentWriter last = segment;
        segment = next;
        before = header.before();
        last.close();
        return header;
    }

    private void settle() {
        long bytes = 0;
        for (LogRecord record : taken) {
            bytes += record.payload().length + RecordFrame.OVERHEAD;
        }
        long reached = durable + taken.size();
        durable = reached;
        taken.clear();
        synchronized (waiting) {
            pendingBytes -= bytes;
        }
    }

    private void checkUsable() throws LogPoisonedException {
        if (poison != null) {
            throw new LogPoisonedException(claim.epoch(), poison);
        }
    }

    private IOException poisoned(Exception cause) {
        IOException failure =
                cause instanceof LogFencedException fenced ? fenced : new LogPoisonedException(claim.epoch(), cause);
        poison = failure;
        return failure;
    }
}
