// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Sends so many lines a second, evenly paced, each with its send time.
 *
 * <p>A line is {@code <epoch microseconds> word … word}: sixteen digits and nine words, drawn Zipf(1.0). Only the nine
 * are part of the totals. About once a millisecond the lines that have become due since are stamped with the time now
 * and written at once. How late a line left against its due time is reported as the lag: a lag beyond a few
 * milliseconds means that the sender was kept from the processor or blocked by the reader.
 */
final class FixedRateLoad implements Load {

    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int LONGEST_LINE = 20 + 11 * ZipfText.WORDS_PER_LINE;

    private final Vocabulary vocabulary;
    private final ZipfLines source;
    private final int linesPerSecond;
    private final long[] counts;
    private final int[] ranks = new int[ZipfText.WORDS_PER_LINE - 1];
    private final byte[] line = new byte[LONGEST_LINE];
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Histogram lagMicros = new Histogram(3);
    private long startLines;
    private long lines;
    private long bytes;

    FixedRateLoad(Vocabulary vocabulary, int linesPerSecond, long seed) {
        if (linesPerSecond < 1 || linesPerSecond > 1_000_000) {
            throw new IllegalArgumentException("rate must be in 1..1000000 lines/s, but is " + linesPerSecond);
        }
        this.vocabulary = vocabulary;
        this.source = new ZipfLines(new ZipfRanks(vocabulary.size()), seed);
        this.linesPerSecond = linesPerSecond;
        this.counts = new long[vocabulary.size()];
    }

    @Override
    public void send(WritableByteChannel out, StopSignal stop) throws IOException {
        buffer.clear(); // a broken connection may have left something
        long startNs = System.nanoTime();
        startLines = lines;
        while (!stop.raised()) {
            sendLinesDue(out, System.nanoTime() - startNs);
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void sendLinesDue(WritableByteChannel out, long elapsedNs) throws IOException {
        long due = startLines + (long) (elapsedNs / 1e9 * linesPerSecond);
        byte[] stamp = Long.toString(EpochMicros.now()).getBytes(StandardCharsets.US_ASCII);
        while (lines < due) {
            lagMicros.recordValue(elapsedNs / 1_000 - (lines - startLines) * 1_000_000 / linesPerSecond);
            source.next(ranks);
            int length = write(stamp);
            if (buffer.remaining() < length) {
                flush(out);
            }
            buffer.put(line, 0, length);
            lines++;
        }
        flush(out);
    }

    private int write(byte[] stamp) {
        System.arraycopy(stamp, 0, line, 0, stamp.length);
        int end = stamp.length;
        for (int rank : ranks) {
            line[end] = ' ';
            end = vocabulary.copy(rank, line, end + 1);
            counts[rank]++;
        }
        line[end] = '\n';
        return end + 1;
    }

    private void flush(WritableByteChannel out) throws IOException {
        buffer.flip();
        bytes += buffer.remaining();
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public Sent sent(Tally tally) {
        for (int rank = 0; rank < counts.length; rank++) {
            if (counts[rank] > 0) {
                vocabulary.tally(rank, counts[rank], tally);
            }
        }
        return new Sent(lines, lines * ZipfText.WORDS_PER_LINE, bytes, tally.totals());
    }

    @Override
    public JsonLine describe(JsonLine to) {
        return to.with("lagP99Micros", lagMicros.getValueAtPercentile(99))
                .with("lagMaxMicros", lagMicros.getMaxValue());
    }
}
