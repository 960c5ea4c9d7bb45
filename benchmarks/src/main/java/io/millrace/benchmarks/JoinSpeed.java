// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.Pair;
import io.millrace.receivers.queue.QueueReceiver;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Joins two streams of pairs with {@code long} keys, each key once on either side, and counts what meets. */
@Command(
        name = "JoinSpeed",
        mixinStandardHelpOptions = true,
        description = "Records a second through a join of two streams.")
public final class JoinSpeed implements BarProgram {

    private static final double LEAST_MILLIONS = 3;
    private static final long SEED = 42;

    @Option(names = "--pairs", description = "pairs of both sides in a batch (${DEFAULT-VALUE})")
    private int pairs = 1_000_000;

    @Option(names = "--warmup", description = "batches before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 15;

    @Option(names = "--batches", description = "batches measured (${DEFAULT-VALUE})")
    private int batches = 15;

    JoinSpeed() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new JoinSpeed()).execute(args));
    }

    @Override
    public List<Bar> measure() throws InterruptedException {
        Random random = new Random(SEED);
        List<Pair<Long, Long>> left = side(random);
        List<Pair<Long, Long>> right = side(random);
        QueueReceiver<Pair<Long, Long>> lefts = QueueReceiver.create();
        QueueReceiver<Pair<Long, Long>> rights = QueueReceiver.create();
        for (int batch = 0; batch < warmup + batches; batch++) {
            lefts.add(left);
            rights.add(right);
        }
        AtomicLong joined = new AtomicLong();
        Speeds speeds = new Speeds(warmup, batches, pairs);
        try (StreamingContext context = StreamingContext.builder("join")
                .batchInterval(Duration.ofSeconds(1))
                .listener(speeds)
                .build()) {
            PairDStream<Long, Long> one = new PairDStream<>(context.receiverStream(lefts));
            PairDStream<Long, Long> other = new PairDStream<>(context.receiverStream(rights));
            DStream<Long> met = one.join(other).count();
            met.foreachBatch((time, counts) -> counts.forEach(joined::addAndGet));
            context.start();
            speeds.await();
        }
        Figures figures = new Figures(speeds.millions);
        return List.of(
                Bar.atLeast(
                        "join of two streams, %,d pairs a batch".formatted(pairs),
                        figures.median(),
                        LEAST_MILLIONS,
                        "M records/s"),
                Bar.note("– least and most", "%.2f–%.2f M records/s".formatted(figures.min(), figures.max())),
                Bar.holds("– all met", joined.get() % (pairs / 2) == 0 && joined.get() > 0));
    }

    private List<Pair<Long, Long>> side(Random random) {
        List<Pair<Long, Long>> side = new ArrayList<>(pairs / 2);
        for (long key = 0; key < pairs / 2; key++) {
            side.add(Pair.of(key, random.nextLong()));
        }
        Collections.shuffle(side, random);
        return side;
    }

    private static final class Speeds implements StreamingListener {
        private final int warmup;
        private final int pairs;
        private final double[] millions;
        private final CountDownLatch done = new CountDownLatch(1);
        private int seen;

        Speeds(int warmup, int batches, int pairs) {
            this.warmup = warmup;
            this.pairs = pairs;
            this.millions = new double[batches];
        }

        @Override
        public void onBatchCompleted(BatchInfo batch) {
            if (batch.records() < pairs) {
                return; // the queue was not full when it was cut, or is at its end
            }
            int measured = seen++ - warmup;
            if (measured >= 0 && measured < millions.length) {
                millions[measured] =
                        batch.records() * 1e3 / batch.processingDelay().toNanos();
                if (measured == millions.length - 1) {
                    done.countDown();
                }
            }
        }

        void await() throws InterruptedException {
            if (!done.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("only " + seen + " full batches came");
            }
        }
    }
}
