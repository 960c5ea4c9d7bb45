// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was polled and is not taken by the job yet, as blocks: full ones, and one that is being filled. A block has the records of each
 * split together, in the order of its ranges, so that it is the same when it is read again. Thread-safe; the thread that polls adds, the
 * stream takes.
 *
 * @param <T> records
 */
final class PolledBlocks<T> {

    private static final int RECORD_BYTES = 32;

    private static final class Part<T> {
        final List<T> records = new ArrayList<>();
        final long from;
        long to;

        Part(long from) {
            this.from = from;
            this.to = from;
        }
    }

    /** A record of the job, the offset of what it was made of, and the bytes of that. */
    record Made<T>(long offset, T record, long size) {}

    private record Full<T>(Delivery.Whole<T> block, long bytes) {}

    private final KafkaBounds bounds;
    private final Runnable onMore;
    private final Function<List<OffsetRange>, Receipt> receipts;
    private final Deque<Full<T>> full = new ArrayDeque<>();
    private final Map<String, Part<T>> open = new LinkedHashMap<>();
    private final Map<String, Long> ends = new HashMap<>();
    private final Map<String, OffsetRange> starts = new LinkedHashMap<>();
    private boolean startsAreDue;
    private int openRecords;
    private long openBytes;
    private long bytes;
    private boolean wanted;
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * Empty.
     *
     * @param onMore runs when something comes after {@link #poll} found nothing
     * @param receipts makes the receipt of a block with these ranges
     */
    PolledBlocks(KafkaBounds bounds, Runnable onMore, Function<List<OffsetRange>, Receipt> receipts) {
        this.bounds = bounds;
        this.onMore = onMore;
        this.receipts = receipts;
    }

    /** Waits until there is room; false if nobody takes anything any more. */
    synchronized boolean awaitRoom() throws InterruptedException {
        while (bytes >= bounds.bufferBytes() && !closed) {
            wait();
        }
        return !closed;
    }

    /** The next range of this split begins here. The block that is being filled is cut before. */
    synchronized void begin(String split, long at) {
        if (!open.isEmpty()) {
            cut();
        }
        ends.put(split, at);
    }

    /** This split begins here, which nobody else knows yet: the next block says so, even if it has nothing of it. */
    synchronized void announce(Split split, long at) {
        begin(split.name(), at);
        if (at > 0) {
            starts.put(split.name(), split.beginning(at));
        }
    }

    /** These splits begin here, where they would not when the receiver is opened again: a block says so at once, though nothing has come. */
    void fix(Map<Split, Long> beginnings) {
        synchronized (this) {
            beginnings.forEach((split, at) -> {
                begin(split.name(), at);
                starts.put(split.name(), split.beginning(at));
            });
            startsAreDue |= !beginnings.isEmpty();
        }
        tell();
    }

    /**
     * Adds what one poll brought of a split that was begun; cuts blocks when they are full.
     *
     * @param to how far that poll read the split; if no block is being filled that could say so, its next range does
     */
    void add(String split, List<Made<T>> made, long to) {
        synchronized (this) {
            made.forEach(record -> add(split, record));
            Part<T> part = open.get(split);
            if (part != null) {
                part.to = to;
            }
        }
        tell();
    }

    private void add(String split, Made<T> made) {
        Part<T> part = open.computeIfAbsent(split, name -> new Part<>(ends.getOrDefault(name, made.offset())));
        part.records.add(made.record());
        part.to = made.offset() + 1;
        openRecords++;
        openBytes += made.size() + RECORD_BYTES;
        bytes += made.size() + RECORD_BYTES;
        if (openRecords >= bounds.blockRecords() || openBytes >= bounds.blockBytes()) {
            cut();
        }
    }

    /** Adds a block as it is. */
    void add(List<T> records, List<OffsetRange> ranges, long size) {
        synchronized (this) {
            long sized = size + (long) RECORD_BYTES * records.size();
            full.add(new Full<>(new Delivery.Whole<>(records, receipts.apply(ranges), ranges), sized));
            bytes += sized;
        }
        tell();
    }

    /** Cuts what is being filled, if there is anything, or what is to be said of beginnings. */
    synchronized void cut() {
        if (!isFilling()) {
            return;
        }
        List<T> records = new ArrayList<>(openRecords);
        List<OffsetRange> ranges = new ArrayList<>();
        open.forEach((split, part) -> {
            records.addAll(part.records);
            ranges.add(new OffsetRange(split, part.from, part.to));
            ends.put(split, part.to);
            starts.remove(split);
        });
        ranges.addAll(starts.values());
        starts.clear();
        startsAreDue = false;
        full.add(new Full<>(new Delivery.Whole<>(records, receipts.apply(ranges), ranges), openBytes));
        open.clear();
        openRecords = 0;
        openBytes = 0;
    }

    /** The next full block; if there is none and {@code notFull}, what there is. If there is nothing, it is told when something comes. */
    synchronized Delivery.@Nullable Whole<T> poll(boolean notFull) {
        if (full.isEmpty() && notFull) {
            cut();
        }
        Full<T> next = full.poll();
        if (next == null) {
            wanted = true;
            return null;
        }
        bytes -= next.bytes();
        notifyAll();
        return next.block();
    }

    /** True if there is a block that is being filled, or that says where splits begin. */
    synchronized boolean isFilling() {
        return !open.isEmpty() || startsAreDue;
    }

    /** What broke the reading off, when everything before it was taken; null until then. */
    synchronized @Nullable Throwable failure() {
        return full.isEmpty() && open.isEmpty() ? failure : null;
    }

    /** True if there is a failure, though perhaps not everything before it was taken. */
    synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Nothing more comes, for this reason. */
    void fail(Throwable cause) {
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
        }
        tell();
    }

    /** Drops everything and takes nothing more. */
    synchronized void close() {
        closed = true;
        full.clear();
        open.clear();
        notifyAll();
    }

    private void tell() {
        boolean tell;
        synchronized (this) {
            tell = wanted;
            wanted = false;
        }
        if (tell) {
            onMore.run();
        }
    }
}
