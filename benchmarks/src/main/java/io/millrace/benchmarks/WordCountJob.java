// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.function.FlatMapFunction;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receivers.socket.SocketClient;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;

/**
 * A stateful word count of what one sender sends, as a user writes it: lambdas on strings, a running total per word, a
 * sink that counts the updates. The receiver runs on executor 0 while that lives.
 */
final class WordCountJob implements AutoCloseable {

    private final StreamingContext context;
    private final ByteProgress progress;
    private final Runnable onSink;
    private volatile List<Pair<String, Long>> lastTotals = List.of();
    private volatile boolean ending;
    private long updates;

    /**
     * A job that has not started.
     *
     * @param builder the engine's options
     * @param sender where the lines come from
     * @param words the words of a line
     * @param totals makes running totals of words
     * @param onSink called at each batch, by the sink
     * @param progress hears what the job does
     */
    WordCountJob(
            StreamingContextBuilder builder,
            InetSocketAddress sender,
            FlatMapFunction<String, String> words,
            Function<DStream<String>, PairDStream<String, Long>> totals,
            Runnable onSink,
            ByteProgress progress) {
        this.progress = progress;
        this.onSink = onSink;
        context = builder.listener(progress).build();
        SocketClient receiver =
                SocketClient.connect(sender.getHostString(), sender.getPort()).restart(RestartPolicy.UNTIL_COMPLETE);
        totals.apply(context.receiverStream(receiver, 0).flatMap(words)).foreachBatch(this::take);
    }

    private void take(BatchTime time, List<Pair<String, Long>> totals) {
        onSink.run();
        updates += totals.size();
        if (ending) {
            lastTotals = totals;
        }
    }

    /** The job starts. */
    void start() {
        context.start();
    }

    /** Kills an executor. */
    void crash(int executor) {
        context.crashExecutor(executor);
    }

    /** Waits for the end of the source and of the job, and reports the totals to both. */
    void finish(Tally tally, Measurement measurement) throws InterruptedException {
        progress.awaitSourceEnd();
        ending = true;
        progress.awaitBatches(2); // the first may have begun before the end of the source
        context.stop().toCompletableFuture().join();
        lastTotals.forEach(total -> tally.add(total.key(), total.value()));
        measurement.finish(tally.totals(), progress.batches(), updates, progress::describe);
    }

    @Override
    public void close() {
        context.close();
    }
}
