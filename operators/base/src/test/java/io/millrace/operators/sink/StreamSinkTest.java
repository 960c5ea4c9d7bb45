// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.Attributes;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import io.millrace.operator.BatchTime;
import io.millrace.stream.Batch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamSinkTest {

    private static final BatchTime FIRST = new BatchTime(1000);
    private static final BatchTime SECOND = new BatchTime(2000);

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    private final List<Object> taken = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startTheSystem() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void endTheSystem() {
        kit.shutdownTestKit();
    }

    @Test
    void handsOverWholeBatchesEmptyOnesToo() throws Exception {
        StreamSink<String> sink = StreamSink.ofBatches(kit.system(), Sink.foreach(taken::add));

        sink.write(FIRST, List.of("a", "b"));
        sink.write(SECOND, List.of());

        assertThat(taken).containsExactly(new Batch<>(FIRST, List.of("a", "b")), new Batch<>(SECOND, List.of()));
        sink.close();
    }

    @Test
    void waitsUntilTheSinkHasTakenAllOfABatchAndHoldsNothingMeanwhile() throws Exception {
        CompletableFuture<SinkQueueWithCancel<Integer>> queue = new CompletableFuture<>();
        AtomicInteger pushed = new AtomicInteger();
        StreamSink<Integer> sink = StreamSink.ofRecords(
                kit.system(),
                Flow.<Integer>create()
                        .map(record -> {
                            pushed.incrementAndGet();
                            return record;
                        })
                        .toMat(Sink.<Integer>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.right())
                        .mapMaterializedValue(mat -> {
                            queue.complete(mat);
                            return mat;
                        }));
        AtomicBoolean written = new AtomicBoolean();
        Thread output = new Thread(() -> {
            try {
                sink.write(FIRST, IntStream.range(0, 100).boxed().toList());
                written.set(true);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        output.start();

        for (int i = 0; i < 99; i++) {
            assertThat(queue.get().pull().toCompletableFuture().get()).contains(i);
            assertThat(pushed.get()).isLessThanOrEqualTo(i + 3);
        }
        assertThat(written).isFalse();
        assertThat(queue.get().pull().toCompletableFuture().get()).contains(99);
        output.join();

        assertThat(written).isTrue();
        sink.close();
    }

    @Test
    void namesTheBatchThatASinkFailedOnAndRunsTheSinkAnewForTheNext() throws Exception {
        StreamSink<String> sink = StreamSink.ofRecords(
                kit.system(),
                Flow.<String>create()
                        .map(record -> {
                            if (record.equals("bad")) {
                                throw new IllegalArgumentException("no room");
                            }
                            return record;
                        })
                        .to(Sink.foreach(taken::add)));

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a", "bad", "b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sink failed before it had taken the batch 1000 ms")
                .hasMessageContaining("no room");
        sink.write(SECOND, List.of("c"));

        assertThat(taken).containsExactly("a", "c");
        sink.close();
    }

    @Test
    void failsABatchIfTheSinkCancels() {
        StreamSink<String> sink =
                StreamSink.ofRecords(kit.system(), Flow.<String>create().take(1).to(Sink.ignore()));

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a", "b")))
                .hasMessageContaining("sink cancelled before it had taken the batch 1000 ms");
    }

    @Test
    void givesABatchUpThatTheSinkDoesNotTakeInTime() throws Exception {
        StreamSink<String> sink = StreamSink.<String>ofRecords(
                        kit.system(), Sink.<String>queue().withAttributes(Attributes.inputBuffer(1, 1)))
                .patience(Duration.ofMillis(50));

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a", "b", "c", "d")))
                .hasMessage("the Akka Streams sink did not take the batch 1000 ms of 4 records within PT0.05S");
        assertThatThrownBy(() -> sink.write(SECOND, List.of("a", "b", "c", "d")))
                .hasMessageContaining("did not take the batch 2000 ms");
        assertThatThrownBy(() -> sink.patience(Duration.ZERO)).hasMessage("patience must be > 0, but is PT0S");
    }

    @Test
    void completesTheSinkWhenTheJobEndsAndWaitsForIt() throws Exception {
        CompletableFuture<List<String>> all = new CompletableFuture<>();
        Sink<String, CompletionStage<Done>> collect = Flow.<String>create()
                .toMat(Sink.<String>seq(), Keep.right())
                .mapMaterializedValue(seq -> seq.thenApply(list -> {
                    all.complete(list);
                    return Done.getInstance();
                }));
        StreamSink<String> sink = StreamSink.ofRecords(kit.system(), collect);
        sink.write(FIRST, List.of("a"));
        sink.write(SECOND, List.of("b"));

        sink.close();

        assertThat(all.get(0, TimeUnit.SECONDS)).containsExactly("a", "b");
    }
}
