// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The loop one writes first: a {@link BufferedReader}, {@link String#split} and {@link HashMap#merge}, on one thread.
 *
 * <p>A batch is counted in a map of its own, whose size is what the batch emits and which is then merged into the
 * running totals.
 */
public final class NaiveLoop implements Subject {

    private static final int BUFFER_CHARS = 64 * 1024;

    private final Ticks ticks;
    private final AtomicLong words = new AtomicLong();
    private final Map<String, Long> totals = new HashMap<>();
    private Map<String, Long> batch = new HashMap<>();
    private long batches;
    private long updates;

    NaiveLoop(Duration interval) {
        ticks = new Ticks(interval, System.nanoTime());
    }

    /** Runs the loop as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Contest()).execute(args));
    }

    /** Counts until the stream ends. */
    @SuppressWarnings("StringSplitter") // a single blank is exactly what separates words here
    void run(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER_CHARS);
        long count = 0;
        @Nullable String line;
        while ((line = reader.readLine()) != null) {
            String[] split = line.split(" ");
            for (String word : split) {
                batch.merge(word, 1L, Long::sum);
            }
            count += split.length;
            words.lazySet(count);
            if (ticks.passed(System.nanoTime())) {
                emit();
            }
        }
        emit();
    }

    private void emit() {
        updates += batch.size();
        batches++;
        batch.forEach((word, count) -> totals.merge(word, count, Long::sum));
        batch = new HashMap<>(batch.size() * 2);
    }

    @Override
    public long words() {
        return words.get();
    }

    @Command(name = "NaiveLoop", mixinStandardHelpOptions = true, description = "BufferedReader, split, HashMap.merge.")
    private static final class Contest implements Callable<Integer> {

        @Mixin
        private ContenderOptions options = new ContenderOptions();

        @Override
        public Integer call() throws IOException {
            NaiveLoop loop = new NaiveLoop(options.interval());
            Measurement measurement = Measurement.start("naive", options.window(), loop);
            try (Socket socket = new Socket(
                            options.sender().getAddress(), options.sender().getPort());
                    Tally tally = options.tally()) {
                loop.run(socket.getInputStream());
                loop.totals.forEach(tally::add);
                measurement.finish(tally.totals(), loop.batches, loop.updates);
            }
            return 0;
        }
    }
}
