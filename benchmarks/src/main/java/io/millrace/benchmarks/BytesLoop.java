// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The loop an expert writes: a byte scanner over large reads and {@link ByteCounts}, on one thread. */
public final class BytesLoop implements Subject {

    private static final int READ_BYTES = 256 * 1024;

    private final Ticks ticks;
    private final ByteCounts counts = new ByteCounts();
    private final AtomicLong words = new AtomicLong();
    private long batches;
    private long updates;

    BytesLoop(Duration interval) {
        ticks = new Ticks(interval, System.nanoTime());
    }

    /** Runs the loop as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Contest()).execute(args));
    }

    /** Counts until the stream ends. */
    void run(ReadableByteChannel in) throws IOException {
        ByteBuffer read = ByteBuffer.allocateDirect(READ_BYTES);
        byte[] text = new byte[2 * READ_BYTES];
        int end = 0;
        while (in.read(read) >= 0) {
            int length = read.flip().remaining();
            if (end + length + ByteCounts.PADDING > text.length) {
                text = Arrays.copyOf(text, 2 * text.length); // only a word longer than a read comes here
            }
            read.get(text, end, length).clear();
            end = carry(text, counts.count(text, 0, end + length), end + length);
            words.lazySet(counts.words());
            if (ticks.passed(System.nanoTime())) {
                emit();
            }
        }
        text[end] = '\n';
        counts.count(text, 0, end + 1);
        words.lazySet(counts.words());
        emit();
    }

    /** Moves the unfinished word to the front and answers where it ends there. */
    private static int carry(byte[] text, int from, int to) {
        System.arraycopy(text, from, text, 0, to - from);
        return to - from;
    }

    private void emit() {
        updates += counts.endBatch();
        batches++;
    }

    @Override
    public long words() {
        return words.get();
    }

    @Command(
            name = "BytesLoop",
            mixinStandardHelpOptions = true,
            description = "A byte scanner and a byte-keyed table.")
    private static final class Contest implements Callable<Integer> {

        @Mixin
        private ContenderOptions options = new ContenderOptions();

        @Override
        public Integer call() throws IOException {
            BytesLoop loop = new BytesLoop(options.interval());
            Measurement measurement = Measurement.start("bytes", options.window(), loop);
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
