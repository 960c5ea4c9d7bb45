// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.RestartPolicy;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamReceiverTest {

    @Test
    void isFinishedWhenTheSourceCompletes() {
        try (BatchHarness harness = BatchHarness.create("complete")) {
            CollectedOutput<Integer> out =
                    harness.collect(harness.stream(StreamReceiver.of("numbers", () -> Source.from(List.of(1, 2, 3)))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly(1, 2, 3);
            assertThat(harness.events().lines()).contains("receiver 0 stopped: its source is finished");
        }
    }

    @Test
    void asksForTheSourceAgainAfterAFailureAndSaysSo() {
        AtomicInteger openings = new AtomicInteger();
        try (BatchHarness harness = BatchHarness.create("failing")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(StreamReceiver.of(
                    "numbers",
                    () -> openings.incrementAndGet() == 1
                            ? Source.<Integer>failed(new IOException("not now"))
                            : Source.single(7))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly(7);
            assertThat(harness.events().lines())
                    .contains("receiver 0 failed: numbers failed: java.io.IOException: not now; opened again");
        }
    }

    @Test
    void findsLinesInBytesAndReportsOneThatIsCutOff() {
        try (BatchHarness harness = BatchHarness.create("lines")) {
            Source<ByteString, ?> bytes = Source.from(
                            List.of(ByteString.fromString("a\nb"), ByteString.fromString("c\nhalf")))
                    .concatLazy(Source.lazySource(() -> Source.failed(new IOException("cut off"))));
            AtomicInteger openings = new AtomicInteger();
            CollectedOutput<String> out = harness.collect(harness.stream(StreamReceiver.lines(
                    "bytes",
                    () -> openings.incrementAndGet() == 1 ? bytes : Source.single(ByteString.fromString("last")))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly("a", "bc", "last");
            assertThat(harness.events().lines())
                    .anyMatch(line -> line.contains("dropped 4 bytes of an unfinished line of bytes at position 5"));
        }
    }

    @Test
    void opensACompletedSourceAgainIfAsked() {
        StreamReceiver<Integer> receiver =
                StreamReceiver.of("numbers", () -> Source.single(1)).restart(RestartPolicy.DEFAULT);
        try (BatchHarness harness = BatchHarness.create("again")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();

            harness.runBatch();

            assertThat(out.all()).hasSizeGreaterThan(3);
            assertThat(receiver.name()).isEqualTo("numbers");
        }
    }
}
