// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The least that micro-batches cost: one thread that sleeps until a batch ends, reads what has come and emits it.
 *
 * <p>It reads the lines of a {@link FixedRateLoad}, counts their nine words in {@link ByteCounts} and notes for every
 * line how long ago it was sent when its batch is emitted.
 */
public final class RawLatencyLoop implements Subject {

    private static final int READ_BYTES = 256 * 1024;

    private final Ticks ticks;
    private final ByteCounts counts = new ByteCounts();
    private final Latencies latencies = new Latencies();
    private final AtomicLong words = new AtomicLong();
    private final byte[] text = new byte[2 * READ_BYTES + ByteCounts.PADDING];
    private int textEnd;
    private long[] sentMicros = new long[1024];
    private int lines;
    private long batches;
    private long updates;

    RawLatencyLoop(Duration interval) {
        ticks = new Ticks(interval, System.nanoTime());
    }

    /** Runs the loop as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Contest()).execute(args));
    }

    /** Counts until the stream ends. The channel is made non-blocking. */
    void run(SocketChannel in) throws IOException {
        in.configureBlocking(false);
        ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
        boolean open = true;
        while (open) {
            sleepUntilBatchEnds();
            int length;
            while ((length = in.read(read)) > 0) {
                read.flip().get(text, textEnd, length).clear();
                takeLines(textEnd + length);
            }
            open = length == 0;
            emit();
        }
    }

    private void sleepUntilBatchEnds() {
        while (!ticks.passed(System.nanoTime())) {
            LockSupport.parkNanos(ticks.nextNs() - System.nanoTime());
        }
    }

    private void takeLines(int end) {
        int start = 0;
        int cut = end;
        while (cut > 0 && text[cut - 1] != '\n') {
            cut--;
        }
        while (start < cut) {
            start = takeLine(start);
        }
        textEnd = end - cut;
        System.arraycopy(text, cut, text, 0, textEnd);
    }

    /** Takes the complete line that starts here and answers where the next one does. */
    private int takeLine(int start) {
        long sent = 0;
        int i = start;
        while (text[i] != ' ') {
            sent = sent * 10 + text[i++] - '0';
        }
        int wordsStart = i;
        while (text[i] != '\n') {
            i++;
        }
        counts.count(text, wordsStart, i + 1);
        if (lines == sentMicros.length) {
            sentMicros = Arrays.copyOf(sentMicros, 2 * lines);
        }
        sentMicros[lines++] = sent;
        return i + 1;
    }

    private void emit() {
        updates += counts.endBatch();
        batches++;
        long nowMicros = EpochMicros.now();
        for (int i = 0; i < lines; i++) {
            latencies.record(sentMicros[i], nowMicros);
        }
        words.lazySet(words.get() + (long) lines * ZipfText.WORDS_PER_LINE);
        lines = 0;
    }

    @Override
    public long words() {
        return words.get();
    }

    @Override
    public void windowOpens() {
        latencies.reset();
    }

    @Override
    public JsonLine windowCloses(JsonLine line) {
        return latencies.describe(line);
    }

    @Command(name = "RawLatencyLoop", mixinStandardHelpOptions = true, description = "Sleeps, reads, counts, emits.")
    private static final class Contest implements Callable<Integer> {

        @Mixin
        private ContenderOptions options = new ContenderOptions();

        @Override
        public Integer call() throws IOException {
            RawLatencyLoop loop = new RawLatencyLoop(options.interval());
            Measurement measurement = Measurement.start("raw", options.window(), loop);
            try (SocketChannel socket = SocketChannel.open(options.sender());
                    Tally tally = options.tally()) {
                loop.run(socket);
                loop.counts.tally(tally);
                measurement.finish(tally.totals(), loop.batches, loop.updates);
            }
            return 0;
        }
    }
}
