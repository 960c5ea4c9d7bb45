// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.log.LogAppender;
import io.millrace.runtime.log.LogFencedException;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogWatcher;
import io.millrace.runtime.log.LogWriteException;
import io.millrace.runtime.log.LogWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Writes a job's entries to its log, in the order in which they are given. Nobody waits: entries become bytes on one thread and go to the
 * disk on another; what is given while the disk is busy shares the next write.
 *
 * <p>Used by the driver's thread; {@link Listener} is called by the log's.
 */
public final class Journal {

    /** Hears how the log fares. Called on the log's threads. */
    public interface Listener {

        /** There is no room on the disk. Nothing is lost and nothing is acknowledged meanwhile. */
        void stalled(String why);

        /** There is room again. */
        void resumed();

        /** Nothing more can be written; {@code fenced} says that a later run of the job has taken over. */
        void failed(Throwable cause, boolean fenced);
    }

    /** An entry and who is to hear that it stands, with its number. */
    private record Given(Supplier<LogRecord> entry, LongConsumer stands) {}

    private final JournalFormat format;
    private final Executor encoder;
    private final LogAppender log;
    private final List<Given> later = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile Listener listener;

    /**
     * A journal of its own log.
     *
     * @param writer the log, which nobody else uses from now on
     * @param encoder runs one thing at a time, in order
     * @param disk runs one thing at a time; waits for the disk
     */
    public Journal(JournalFormat format, LogWriter writer, Executor encoder, Executor disk) {
        this.format = format;
        this.encoder = encoder;
        this.listener = NOBODY;
        this.log = new LogAppender(writer, disk, new LogWatcher() {
            @Override
            public void stalled(LogWriteException reason) {
                listener.stalled(String.valueOf(reason.getMessage()));
            }

            @Override
            public void resumed() {
                listener.resumed();
            }

            @Override
            public void failed(IOException reason) {
                listener.failed(reason, reason instanceof LogFencedException);
            }
        });
    }

    private static final Listener NOBODY = new Listener() {
        @Override
        public void stalled(String why) {
            // nothing is written before somebody listens
        }

        @Override
        public void resumed() {
            // nothing is written before somebody listens
        }

        @Override
        public void failed(Throwable cause, boolean fenced) {
            // nothing is written before somebody listens
        }
    };

    /** Who hears how the log fares. */
    public void listen(Listener newListener) {
        listener = newListener;
    }

    /** The bounds of a log whose segments are so long. */
    public static LogSettings settings(long segmentBytes) {
        return new LogSettings(
                segmentBytes,
                LogSettings.DEFAULT.maxRecordBytes(),
                Math.max(1L << 30, Runtime.getRuntime().maxMemory()));
    }

    /**
     * Appends an entry, after those that wait.
     *
     * @param entry makes it; called on the encoder's thread
     * @param stands told the number of its record when it is on the disk and no later run had claimed the log; on the log's thread
     */
    public void append(Supplier<JournalEntry> entry, LongConsumer stands) {
        give(new Given(() -> format.encode(entry.get()), stands));
    }

    /**
     * Appends a block that was received, after the entries that wait.
     *
     * @param stands told as {@link #append} tells; until then the bytes of the block must not change
     */
    public void appendBlock(BlockInfo info, Block content, LongConsumer stands) {
        give(new Given(() -> format.encode(info, content), stands));
    }

    private void give(Given last) {
        List<Given> together = new ArrayList<>(later);
        later.clear();
        together.add(last);
        encoder.execute(() -> write(together));
    }

    /** Appends an entry together with the next one, since nobody waits for it. */
    public void appendLater(Supplier<JournalEntry> entry, LongConsumer stands) {
        later.add(new Given(() -> format.encode(entry.get()), stands));
    }

    /** Appends what waits for the next entry, since there is none for now. */
    public void flush() {
        if (!later.isEmpty()) {
            List<Given> together = new ArrayList<>(later);
            later.clear();
            encoder.execute(() -> write(together));
        }
    }

    private void write(List<Given> together) {
        try {
            LogRecord[] records = new LogRecord[together.size()];
            for (int i = 0; i < records.length; i++) {
                records[i] = together.get(i).entry().get();
                bytes.addAndGet(records[i].size());
            }
            CompletionStage<Long> stands = log.append(records);
            var unused = stands.thenAccept(last -> {
                for (int i = 0; i < records.length; i++) {
                    together.get(i).stands().accept(last - (records.length - 1) + i);
                }
            });
        } catch (RuntimeException e) {
            listener.failed(e, false);
        }
    }

    /** How many bytes were appended so far. */
    public long appendedBytes() {
        return bytes.get();
    }

    /** Tries to write again if there was no room. */
    public void retry() {
        log.retry();
    }

    /** Forgets what was written before this record, after what was appended before. */
    public CompletionStage<Boolean> truncateBefore(long sequence) {
        return log.truncateBefore(sequence);
    }

    /** Brings to the disk what waits and lets the files go. */
    public void close() {
        flush();
        encoder.execute(() -> {
            var unused = log.close();
        });
    }
}
