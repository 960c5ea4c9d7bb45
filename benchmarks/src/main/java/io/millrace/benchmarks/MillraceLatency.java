// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receivers.socket.SocketClient;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the {@link RawLatencyLoop} does, on Millrace: the words of a {@link FixedRateLoad} are counted in short batches,
 * and every line's age is noted when its batch is emitted.
 *
 * <p>The job has two outputs. The first takes the counts; the second takes the lines' send times, so that a line is
 * emitted when the counts it is part of have been. The sink keeps the totals, unless {@code --state} has the engine do it
 * by {@code updateStateByKey}, which emits every word known in every batch.
 */
@Command(
        name = "MillraceLatency",
        mixinStandardHelpOptions = true,
        description = "Millrace's word count of a fixed-rate load, with the age of every line at its emission.")
public final class MillraceLatency implements Callable<Integer>, Subject {

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--state", description = "the engine keeps the totals")
    private boolean state;

    @Option(names = "--variant", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Counting variant = Counting.REDUCE;

    private final JobProgress progress = new JobProgress();
    private final Latencies latencies = new Latencies();
    private final Map<String, long[]> totals = new HashMap<>();
    private long updates;

    private MillraceLatency() {}

    /** Runs the job as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceLatency())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start("millrace-latency", options.window(), this);
        try (StreamingContext context = engine.context("benchmark", options.interval())
                        .listener(progress)
                        .build();
                Tally tally = options.tally()) {
            DStream<String> lines = context.receiverStream(SocketClient.connect(
                            options.sender().getHostString(), options.sender().getPort())
                    .restart(RestartPolicy.UNTIL_COMPLETE));
            countWords(lines);
            lines.map(MillraceLatency::sendTime).foreachBatch(this::note);
            context.start();
            progress.awaitSourceEnd();
            progress.awaitBatches(2); // the first may have begun before the end of the source
            context.stop().toCompletableFuture().join();
            totals.forEach((word, total) -> tally.add(word, total[0]));
            measurement.finish(tally.totals(), progress.batches(), updates);
        }
        return 0;
    }

    private void countWords(DStream<String> lines) {
        DStream<String> words = lines.flatMap(Words::splitAfterStamp);
        PairDStream<String, Long> counts = state ? variant.totals(words) : variant.counts(words);
        counts.foreachBatch((time, batch) -> take(batch));
    }

    private void take(List<Pair<String, Long>> counts) {
        updates += counts.size();
        for (Pair<String, Long> count : counts) {
            long[] total = totals.computeIfAbsent(count.key(), word -> new long[1]);
            total[0] = state ? count.value() : total[0] + count.value();
        }
    }

    private static long sendTime(String line) {
        return Long.parseLong(line, 0, line.indexOf(' '), 10);
    }

    private void note(BatchTime time, List<Long> sendTimes) {
        long nowMicros = EpochMicros.now();
        for (long sent : sendTimes) {
            latencies.record(sent, nowMicros);
        }
    }

    @Override
    public long words() {
        return progress.words();
    }

    @Override
    public void windowOpens() {
        latencies.reset();
        progress.delays().reset();
    }

    @Override
    public JsonLine windowCloses(JsonLine line) {
        return progress.delays().describe(latencies.describe(line));
    }
}
