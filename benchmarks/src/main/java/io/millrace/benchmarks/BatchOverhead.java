// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import akka.stream.javadsl.Source;
import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.Pair;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.stream.DStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a batch costs in which nothing came, for a job of ten operators: from when it is due to when its output is done.
 *
 * <p>Once without anything to do, and once with an operator that emits something for nothing (a count of zero), for which executors must work.
 */
@Command(
        name = "BatchOverhead",
        mixinStandardHelpOptions = true,
        description = "The time that an empty batch of ten operators takes.")
public final class BatchOverhead implements BarProgram {

    private static final double MOST_MICROS = 200;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 5;

    @Option(names = "--warmup", description = "batches before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 6_000;

    @Option(names = "--batches", description = "batches measured (${DEFAULT-VALUE})")
    private int batches = 4_000;

    BatchOverhead() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BatchOverhead()).execute(args));
    }

    @Override
    public List<Bar> measure() throws InterruptedException {
        Figures nothing = run(false);
        Figures zero = run(true);
        return List.of(
                Bar.atMost("empty batch of ten operators, median", nothing.median(), MOST_MICROS, "µs"),
                Bar.atMost(
                        "empty batch of ten operators that count nothing as 0, median",
                        zero.median(),
                        MOST_MICROS,
                        "µs"));
    }

    /** Microseconds of every batch, from its start to the end of its output. */
    private Figures run(boolean counting) throws InterruptedException {
        Delays delays = new Delays(warmup, batches);
        try (StreamingContext context = StreamingContext.builder("overhead")
                .batchInterval(Duration.ofMillis(intervalMillis))
                .listener(delays)
                .build()) {
            define(context.receiverStream(new Silence()), counting);
            context.start();
            delays.await();
        }
        return new Figures(delays.micros);
    }

    private static void define(DStream<String> lines, boolean counting) {
        DStream<Pair<String, Long>> totals = lines.map(String::trim)
                .filter(line -> !line.isEmpty())
                .flatMap(line -> List.of(line.split(" ", -1)))
                .filter(word -> word.length() > 1)
                .mapToPair(word -> Pair.of(word, 1L))
                .reduceByKey(Long::sum)
                .mapValues(count -> count + 1)
                .updateStateByKey(
                        (List<Long> values, Optional<Long> old) -> Optional.of(old.orElse(0L) + values.size()))
                .filter(total -> total.value() > 0);
        if (counting) {
            totals.count().foreachBatch((time, count) -> {});
        } else {
            totals.map(Pair::key).foreachBatch((time, keys) -> {});
        }
    }

    /** A source that brings nothing and does not end. */
    private record Silence() implements Receiver<String> {
        @Override
        public String name() {
            return "silence";
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.records(Source.<String>maybe());
        }
    }

    private static final class Delays implements StreamingListener {
        private final int warmup;
        private final double[] micros;
        private final CountDownLatch done = new CountDownLatch(1);
        private int seen;

        Delays(int warmup, int batches) {
            this.warmup = warmup;
            this.micros = new double[batches];
        }

        @Override
        public void onBatchCompleted(BatchInfo batch) {
            int measured = seen++ - warmup;
            if (measured >= 0 && measured < micros.length) {
                micros[measured] = batch.totalDelay().toNanos() / 1e3;
                if (measured == micros.length - 1) {
                    done.countDown();
                }
            }
        }

        void await() throws InterruptedException {
            if (!done.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the batches did not come");
            }
        }
    }
}
