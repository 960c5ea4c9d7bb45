// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.stream.DStream;
import io.millrace.testkit.CollectedOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several threads attach and detach outputs of a job that runs on threads of its own. */
class AttachOutputThreadsTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 10;

    private record Silence() implements Receiver<String> {
        @Override
        public String name() {
            return "silence";
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.records(Source.maybe());
        }
    }

    @Test
    void everyOutputSeesItsBatchesWithoutAGap() throws Exception {
        CollectedOutput<Long> registered = new CollectedOutput<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (StreamingContext context = StreamingContext.builder("threads")
                .batchInterval(Duration.ofMillis(5))
                .build()) {
            DStream<Long> counts = context.receiverStream(new Silence()).count();
            counts.output(registered);
            context.start();
            List<Future<List<List<Long>>>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Callable<List<List<Long>>> attaching = () -> attachAndDetach(context, counts);
                all.add(threads.submit(attaching));
            }

            List<List<Long>> seen = new ArrayList<>();
            for (Future<List<List<Long>>> one : all) {
                seen.addAll(one.get(60, TimeUnit.SECONDS));
            }

            assertThat(seen).hasSize(THREADS * ROUNDS);
            List<Long> batches = registered.times();
            for (List<Long> times : seen) {
                int first = batches.indexOf(times.get(0));
                assertThat(times).isEqualTo(batches.subList(first, first + times.size()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The batch times that each of its outputs has seen, checked against what its handle says. */
    private static List<List<Long>> attachAndDetach(StreamingContext context, DStream<Long> counts) throws Exception {
        List<List<Long>> seen = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            CollectedOutput<Long> output = new CollectedOutput<>();
            AttachedOutput handle = context.attach(counts, output);
            BatchTime first = handle.firstBatch().toCompletableFuture().get(30, TimeUnit.SECONDS);
            Optional<BatchTime> last = handle.detach().toCompletableFuture().get(30, TimeUnit.SECONDS);

            List<Long> times = output.times();
            assertThat(times.get(0)).isEqualTo(first.millis());
            assertThat(times.get(times.size() - 1)).isEqualTo(last.orElseThrow().millis());
            assertThat(output.isClosed()).isTrue();
            seen.add(times);
        }
        return seen;
    }
}
