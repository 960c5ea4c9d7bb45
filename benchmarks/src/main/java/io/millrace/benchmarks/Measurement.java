// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Measures a contender from inside its process, during a {@link Window} that begins with the first word.
 *
 * <p>A sample is taken when the word counter first moves after an edge of the window. So a counter that moves once a
 * batch is measured over whole batches, and one that moves all the time over the window itself.
 *
 * <p>Prints one JSON line {@code measured} when the window ends and, in {@link #finish}, one line {@code finished}.
 */
public final class Measurement {

    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration STANDSTILL = Duration.ofMinutes(1);

    private final String contender;
    private final Window window;
    private final Subject subject;
    private final CountDownLatch measured = new CountDownLatch(1);

    private Measurement(String contender, Window window, Subject subject) {
        this.contender = contender;
        this.window = window;
        this.subject = subject;
    }

    /** A measurement that is under way. */
    public static Measurement start(String contender, Window window, Subject subject) {
        Measurement measurement = new Measurement(contender, window, subject);
        Thread thread = new Thread(measurement::measure, "measurement");
        thread.setDaemon(true);
        thread.start();
        return measurement;
    }

    private void measure() {
        Sample first = sampleAfter(System.nanoTime());
        Sample from = sampleAfter(first.timeNs() + window.warmup().toNanos());
        subject.windowOpens();
        Sample to = sampleAfter(from.timeNs() + window.measured().toNanos());
        System.out.println(subject.windowCloses(describe(from, to)));
        measured.countDown();
    }

    /** A sample at the first move of the counter after that time. */
    private Sample sampleAfter(long edgeNs) {
        while (System.nanoTime() - edgeNs < 0) {
            LockSupport.parkNanos(edgeNs - System.nanoTime());
        }
        long seen = subject.words();
        long giveUpNs = System.nanoTime() + STANDSTILL.toNanos();
        while (subject.words() == seen) {
            if (System.nanoTime() - giveUpNs > 0) {
                throw new IllegalStateException(
                        contender + " stood still for " + STANDSTILL + " at " + seen + " words");
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return Sample.now(subject.words());
    }

    private JsonLine describe(Sample from, Sample to) {
        long words = to.words() - from.words();
        double seconds = (to.timeNs() - from.timeNs()) / 1e9;
        double cpuSeconds = (to.cpuNs() - from.cpuNs()) / 1e9;
        return JsonLine.event("measured")
                .with("contender", contender)
                .with("words", words)
                .with("seconds", seconds)
                .with("wordsPerSecond", Math.round(words / seconds))
                .with("cpuSeconds", cpuSeconds)
                .with("cpuSecondsPerMillionWords", cpuSeconds / (words / 1e6))
                .with("gcMillis", to.gcMillis() - from.gcMillis());
    }

    /** Waits until the window has ended and its line is printed. */
    public void awaitMeasured() throws InterruptedException {
        measured.await();
    }

    /**
     * Reports the end of the stream and what was counted in all.
     *
     * @param batches the batches emitted
     * @param updates the updates emitted: for each batch the words whose total changed
     */
    public void finish(Totals totals, long batches, long updates) {
        finish(totals, batches, updates, UnaryOperator.identity());
    }

    /** The same with what else there is to say. */
    void finish(Totals totals, long batches, long updates, UnaryOperator<JsonLine> more) {
        if (measured.getCount() > 0) {
            throw new IllegalStateException("the stream ended before the window of " + window + " did");
        }
        JsonLine line = totals.describe(JsonLine.event("finished").with("contender", contender))
                .with("batches", batches)
                .with("updates", updates);
        System.out.println(more.apply(line));
    }

    private record Sample(long timeNs, long words, long cpuNs, long gcMillis) {

        static Sample now(long words) {
            return new Sample(
                    System.nanoTime(),
                    words,
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                            .getProcessCpuTime(),
                    ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum());
        }
    }
}
