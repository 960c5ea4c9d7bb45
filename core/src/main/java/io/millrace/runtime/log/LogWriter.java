// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
    private long segmentFirst;
    private int nextNumber = 1;
    private boolean broken;
    private @Nullable IOException poison;
    private volatile long durable;

    LogWriter(
            LogStorage storage,
            Epochs epochs,
            Claim claim,
            LogSettings settings,
            SegmentHeader header,
            SegmentWriter segment) {
        this.storage = storage;
        this.epochs = epochs;
        this.claim = claim;
        this.settings = settings;
        this.before = header.before();
        this.segment = segment;
        this.segmentFirst = header.firstSequence();
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

    /** Bytes that were appended and are not committed. */
    public long pendingBytes() {
        synchronized (waiting) {
            return pendingBytes;
        }
    }

    /**
     * Appends records to the next commit, next to each other, and returns the number of the last; never waits for the
     * disk. If the machine dies during the commit, the first of them may be there without the others.
     *
     * @throws IllegalArgumentException if there is none, or one is larger than a record may be
     * @throws IllegalStateException if too much waits already, and none is appended; commit first
     */
    public long append(LogRecord... records) {
        if (records.length == 0) {
            throw new IllegalArgumentException("append at least one record");
        }
        long size = 0;
        for (LogRecord record : records) {
            size += checked(record);
        }
        synchronized (waiting) {
            if (pendingBytes > 0 && pendingBytes + size > settings.maxPendingBytes()) {
                throw new IllegalStateException("at most " + settings.maxPendingBytes()
                        + " bytes may wait to be committed, " + pendingBytes + " do, and " + size + " more would come");
            }
            pendingBytes += size;
            appended.addAll(Arrays.asList(records));
            nextSequence += records.length;
            return nextSequence - 1;
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
                    begin(sealed());
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
     * Goes on in a new segment, so that the one before can be forgotten as a whole; nothing if it has no records yet.
     *
     * @return whether a new one was begun
     * @throws LogWriteException if there is no room
     */
    public synchronized boolean roll() throws IOException {
        checkUsable();
        if (durable < segmentFirst) {
            return false;
        }
        try {
            begin(sealed());
            epochs.check(claim.epoch());
            return true;
        } catch (LogWriteException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw poisoned(e);
        }
    }

    /**
     * Forgets the segments that hold only committed records before the number {@code sequence}, at once or not at all,
     * and deletes their files. A record in the same segment as a later one stays.
     *
     * @param sequence the first record that is still needed, at most one more than {@link #durableSequence}
     * @return whether anything was forgotten
     * @throws LogWriteException if there is no room; the log holds what it held
     */
    public synchronized boolean truncateBefore(long sequence) throws IOException {
        checkUsable();
        if (sequence > durable + 1) {
            throw new IllegalArgumentException(
                    "record " + sequence + " cannot be the first needed, the last that is durable is " + durable);
        }
        List<SealedSegment> all = sealed();
        int forgotten = 0;
        while (forgotten < all.size() && firstAfter(all, forgotten) <= sequence) {
            forgotten++;
        }
        if (forgotten == 0) {
            return false;
        }
        try {
            SegmentHeader header = begin(all.subList(forgotten, all.size()));
            epochs.check(claim.epoch());
            Leftovers.delete(storage, header);
            epochs.deleteBefore(claim.epoch());
            return true;
        } catch (LogWriteException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw poisoned(e);
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
        int size = record.size();
        if (size > settings.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "a record may have " + settings.maxRecordBytes() + " bytes, and has " + size);
        }
        return size + RecordFrame.OVERHEAD;
    }

    /** The segments that count, each to its last durable record: half a commit is never read. */
    private List<SealedSegment> sealed() {
        List<SealedSegment> all = new ArrayList<>(before);
        if (durable >= segmentFirst) {
            all.add(segment.sealed());
        }
        return all;
    }

    private long firstAfter(List<SealedSegment> all, int index) {
        return index + 1 < all.size() ? all.get(index + 1).firstSequence() : durable + 1;
    }

    private SegmentHeader begin(List<SealedSegment> sealed) throws IOException {
        SegmentHeader header = new SegmentHeader(
                claim.logId(), claim.incarnation(), new SegmentId(claim.epoch(), nextNumber++), durable + 1, sealed);
        // Whatever comes of it, the last segment may be sealed by one that can be seen: it takes no more records.
        broken = true;
        SegmentWriter next = SegmentWriter.create(storage, header);
        broken = false;
        SegmentWriter last = segment;
        segment = next;
        segmentFirst = header.firstSequence();
        before = header.before();
        last.close();
        return header;
    }

    private void settle() {
        long bytes = 0;
        for (LogRecord record : taken) {
            bytes += record.size() + RecordFrame.OVERHEAD;
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
