// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import akka.NotUsed;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.millrace.stream.Batch;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Results as an Akka Streams source, for those who embed a job. */
class ResultsTest {

    @Test
    void deliversEveryBatchFromThenOnAndCompletesWhenTheJobEnds() {
        try (BatchHarness harness = BatchHarness.create("results")) {
            ScriptedInput<String> input = harness.input();
            Source<Batch<String>, NotUsed> results = harness.context().results(harness.stream(input));
            harness.start();
            input.add("nobody listens yet");
            harness.runBatch();

            CompletionStage<List<Batch<String>>> first = results.runWith(Sink.seq(), harness.actorSystem());
            harness.settle();
            input.add("a", "b");
            harness.runBatch();
            CompletionStage<List<Batch<String>>> second = results.runWith(Sink.seq(), harness.actorSystem());
            harness.settle();
            harness.runBatch();
            harness.stop();
            harness.settle();

            assertThat(first.toCompletableFuture().join())
                    .extracting(batch -> batch.time().millis() + " " + batch.records())
                    .containsExactly("2000 [a, b]", "3000 []");
            assertThat(second.toCompletableFuture().join())
                    .extracting(batch -> batch.time().millis())
                    .containsExactly(3000L);
            assertThat(results.runWith(Sink.seq(), harness.actorSystem()).toCompletableFuture())
                    .satisfies(late -> {
                        harness.settle();
                        assertThat(late).isCompletedWithValue(List.of());
                    });
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }

    @Test
    void goesOnWhenARunIsCancelled() {
        try (BatchHarness harness = BatchHarness.create("cancelled")) {
            ScriptedInput<Integer> input = harness.input();
            Source<Batch<Integer>, NotUsed> results = harness.context().results(harness.stream(input));
            harness.start();
            CompletionStage<List<Batch<Integer>>> two = results.take(2).runWith(Sink.seq(), harness.actorSystem());
            harness.settle();

            for (int i = 1; i <= 5; i++) {
                input.add(i);
                harness.runBatch();
            }

            assertThat(two.toCompletableFuture().join())
                    .extracting(Batch::records)
                    .containsExactly(List.of(1), List.of(2));
            assertThat(harness.batches()).hasSize(5).allMatch(batch -> batch.succeeded());
        }
    }
}
