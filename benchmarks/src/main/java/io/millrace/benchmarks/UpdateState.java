// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.operator.Pair;
import io.millrace.stream.PairDStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many keys by {@code updateStateByKey}, of which a few get a value in each batch: how often a second its function is called, in this
 * process. It is called for every key in every batch.
 */
@Command(
        name = "UpdateState",
        mixinStandardHelpOptions = true,
        description = "Calls a second of the function of updateStateByKey, while few of many keys change.")
public final class UpdateState implements BarProgram {

    private static final double MILLION_CALLS = 5;

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--keys", description = "keys (${DEFAULT-VALUE})")
    private int keys = 1_000_000;

    @Option(names = "--changed", description = "keys that get a value in a batch, in percent (${DEFAULT-VALUE})")
    private double changed = 1;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 50;

    @Option(names = "--warmup", description = "seconds before the measured ones (${DEFAULT-VALUE})")
    private int warmupSeconds = 15;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 15;

    private final LongAdder calls = new LongAdder();
    private final LongAdder batches = new LongAdder();

    UpdateState() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new UpdateState()).execute(args));
    }

    @Override
    public List<Bar> measure() throws InterruptedException {
        Duration interval = Duration.ofMillis(intervalMillis);
        int perBatch = (int) Math.round(keys * changed / 100);
        try (StreamingContext context = engine.context("update-state", interval).build()) {
            ChangingKeys source = new ChangingKeys(keys, perBatch, interval);
            PairDStream<Long, Long> ones = context.receiverStream(source).mapToPair(key -> Pair.of(key, 1L));
            ones.updateStateByKey(this::add, initial()).count().foreachBatch((time, counts) -> batches.increment());
            context.start();
            TimeUnit.SECONDS.sleep(warmupSeconds);
            long callsBefore = calls.sum();
            long batchesBefore = batches.sum();
            long startNs = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double elapsed = (System.nanoTime() - startNs) / 1e9;
            double millionCalls = (calls.sum() - callsBefore) / elapsed / 1e6;
            System.out.println(JsonLine.event("updated")
                    .with("keys", keys)
                    .with("changedPerBatch", perBatch)
                    .with("batchesPerSecond", (batches.sum() - batchesBefore) / elapsed)
                    .with("millionCallsPerSecond", millionCalls));
            context.stop(false).toCompletableFuture().join();
            return List.of(Bar.atLeast(
                    "updateStateByKey, " + keys + " keys, " + changed + " % change: calls a second",
                    millionCalls,
                    MILLION_CALLS,
                    "M"));
        }
    }

    private Optional<Long> add(List<Long> ones, Optional<Long> total) {
        calls.increment();
        if (ones.isEmpty()) {
            return total;
        }
        long sum = total.orElse(0L);
        for (long one : ones) {
            sum += one;
        }
        return Optional.of(sum);
    }

    private List<Pair<Long, Long>> initial() {
        List<Pair<Long, Long>> all = new ArrayList<>(keys);
        for (long key = 0; key < keys; key++) {
            all.add(Pair.of(key, 0L));
        }
        return all;
    }
}
