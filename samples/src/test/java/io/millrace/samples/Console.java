// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** What a sample prints, caught while it runs in this JVM. */
final class Console implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RULE = "-".repeat(43);

    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final Text out = new Text();
    private final Text err = new Text();

    private static final class Text extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            super.write(bytes, from, length);
            notifyAll();
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }

        synchronized void await(Predicate<String> wanted) throws InterruptedException {
            long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
            while (!wanted.test(text())) {
                long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
                if (leftMs <= 0) {
                    throw new AssertionError("not printed within " + PATIENCE + ", but this:\n" + text());
                }
                wait(leftMs);
            }
        }
    }

    private Console() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    static Console open() {
        return new Console();
    }

    /** Runs a sample to its end and answers its exit code. */
    int run(Callable<Integer> sample, String... args) {
        return Launcher.execute(sample, args);
    }

    /** Runs a sample until it is interrupted. */
    Thread start(Callable<Integer> sample, String... args) {
        Thread thread = new Thread(() -> Launcher.execute(sample, args), "sample");
        thread.start();
        return thread;
    }

    void awaitOut(String part) throws InterruptedException {
        out.await(text -> text.contains(part));
    }

    void awaitErr(String part) throws InterruptedException {
        err.await(text -> text.contains(part));
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    List<String> outLines() {
        return out().lines().toList();
    }

    /** The lines of each printed batch, without its header. */
    List<List<String>> batches() {
        List<List<String>> batches = new ArrayList<>();
        String[] parts = out().split(RULE + "\n", -1);
        for (int i = 2; i < parts.length; i += 2) {
            batches.add(Arrays.stream(parts[i].split("\n"))
                    .filter(line -> !line.isEmpty())
                    .toList());
        }
        return batches;
    }

    @Override
    public void close() {
        System.setOut(formerOut);
        System.setErr(formerErr);
    }
}
