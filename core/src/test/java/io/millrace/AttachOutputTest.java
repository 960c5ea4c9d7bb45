// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintFormat;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Outputs are attached to streams of a running job and see what a registered one would have seen, from batch to batch. */
class AttachOutputTest {

    private final BatchHarness harness = BatchHarness.create("attach");
    private final ScriptedInput<String> input = harness.input();
    private final DStream<String> words = harness.stream(input);

    @AfterEach
    void close() {
        harness.close();
    }

    private <T> CollectedOutput<T> attached(DStream<T> stream) {
        CollectedOutput<T> output = new CollectedOutput<>();
        AttachedOutput unused = harness.context().attach(stream, output);
        return output;
    }

    private void run(String... records) {
        input.add(records);
        harness.runBatch();
    }

    private static PairDStream<String, Long> totals(DStream<String> words) {
        return words.mapToPair(word -> Pair.of(word, 1L))
                .updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()));
    }

    // ---- batches ----

    @Test
    void seesTheNextBatchWholeAndNoneBefore() {
        CollectedOutput<String> registered = harness.collect(words);
        harness.start();
        run("a");
        input.add("b");
        harness.advance(Duration.ofMillis(500));

        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(words, attached);
        input.add("c");
        harness.advance(Duration.ofMillis(500));

        assertThat(attached.times()).containsExactly(2000L);
        assertThat(attached.all()).containsExactly("b", "c");
        assertThat(handle.firstBatch().toCompletableFuture()).isCompletedWithValue(new BatchTime(2000));
        assertThat(registered.all()).containsExactly("a", "b", "c");
    }

    @Test
    void doesNotSeeABatchThatIsUnderWay() {
        harness.collect(words);
        harness.start();
        input.add("a");
        harness.holdOutputs();
        harness.advance(Duration.ofSeconds(1));

        CollectedOutput<String> attached = attached(words);
        harness.settle();
        harness.releaseOutputs();
        run("b");

        assertThat(attached.times()).containsExactly(2000L);
        assertThat(attached.all()).containsExactly("b");
    }

    @Test
    void seesTheBatchThatIsUnderWayWhenItIsDetachedAndNoLaterOne() {
        CollectedOutput<String> registered = harness.collect(words);
        harness.start();
        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(words, attached);
        run("a");
        input.add("b");
        harness.holdOutputs();
        harness.advance(Duration.ofSeconds(1));

        var last = handle.detach().toCompletableFuture();
        harness.settle();
        harness.releaseOutputs();

        assertThat(attached.all()).containsExactly("a", "b");
        assertThat(last).isNotDone();
        run("c");
        assertThat(last).isCompletedWithValue(Optional.of(new BatchTime(2000)));
        assertThat(attached.isClosed()).isTrue();
        assertThat(attached.all()).containsExactly("a", "b");
        assertThat(registered.all()).containsExactly("a", "b", "c");
        assertThat(registered.isClosed()).isFalse();
    }

    @Test
    void isAttachedAndDetachedAnyNumberOfTimes() {
        harness.collect(words.map(word -> word + "!"));
        harness.start();
        List<String> seen = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            AttachedOutput handle = harness.context().attach(words, (time, records) -> seen.addAll(records));
            run("in-" + round);
            var unused = handle.detach();
            run("out-" + round);
        }

        assertThat(seen).containsExactly("in-0", "in-1", "in-2");
    }

    @Test
    void getsEmptyBatchesToo() {
        harness.collect(words);
        harness.start();
        CollectedOutput<String> attached = attached(words);

        harness.runBatches(2);

        assertThat(attached.times()).containsExactly(1000L, 2000L);
        assertThat(attached.all()).isEmpty();
    }

    @Test
    void hasNothingOfABatchThatItIsDetachedBefore() {
        harness.collect(words);
        harness.start();
        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(words, attached);
        var last = handle.detach().toCompletableFuture();

        run("a");

        assertThat(attached.times()).isEmpty();
        assertThat(attached.isClosed()).isTrue();
        assertThat(last).isCompletedWithValue(Optional.empty());
        assertThat(handle.firstBatch().toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("has seen no batch: it was detached");
    }

    // ---- streams ----

    @Test
    void looksIntoTheMiddleOfAChain() {
        DStream<String> upper = words.map(String::toUpperCase);
        DStream<String> wanted = upper.filter(word -> !word.startsWith("X"));
        CollectedOutput<String> registered = harness.collect(wanted.map(word -> word + "!"));
        harness.start();
        run("a");

        CollectedOutput<String> ofUpper = attached(upper);
        CollectedOutput<String> ofWanted = attached(wanted);
        run("b", "x", "c");

        assertThat(ofUpper.all()).containsExactly("B", "X", "C");
        assertThat(ofWanted.all()).containsExactly("B", "C");
        assertThat(registered.all()).containsExactly("A!", "B!", "C!");
    }

    @Test
    void getsTheTotalsOfAStateThatWasKeptAllTheTime() {
        PairDStream<String, Long> totals = totals(words);
        harness.collect(totals.count());
        harness.start();
        run("a", "b", "a");

        CollectedOutput<Pair<String, Long>> attached = attached(totals);
        run("a", "c");

        assertThat(attached.times()).containsExactly(2000L);
        assertThat(attached.all()).containsExactlyInAnyOrder(Pair.of("a", 3L), Pair.of("b", 1L), Pair.of("c", 1L));
    }

    @Test
    void getsWhatIsFoldedByKey() {
        PairDStream<String, Long> counts = words.countByValue();
        DStream<Pair<String, Long>> large = counts.filter(count -> count.value() > 1);
        harness.collect(large);
        harness.start();
        CollectedOutput<Pair<String, Long>> ofCounts = attached(counts);
        CollectedOutput<Pair<String, Long>> ofLarge = attached(large);

        run("a", "b", "a");

        assertThat(ofCounts.all()).containsExactlyInAnyOrder(Pair.of("a", 2L), Pair.of("b", 1L));
        assertThat(ofLarge.all()).containsExactly(Pair.of("a", 2L));
    }

    @Test
    void getsAWindowAtItsTimesWithWhatWasInItBefore() {
        DStream<String> window = words.window(Duration.ofSeconds(3), Duration.ofSeconds(2));
        harness.collect(window.count());
        harness.start();
        run("a");
        run("b");
        run("c");

        CollectedOutput<String> attached = attached(window);
        run("d");
        run("e");
        run("f");

        assertThat(attached.times()).containsExactly(4000L, 6000L);
        assertThat(attached.at(4000)).containsExactly("b", "c", "d");
        assertThat(attached.at(6000)).containsExactly("d", "e", "f");
    }

    @Test
    void getsAStreamThatNoOutputTakes() {
        harness.collect(words);
        DStream<String> unused = words.map(word -> word + "?");
        PairDStream<String, Long> unusedTotals = totals(unused);
        harness.start();
        run("a");

        CollectedOutput<String> mapped = attached(unused);
        CollectedOutput<Pair<String, Long>> totals = attached(unusedTotals);
        run("a");

        assertThat(mapped.all()).containsExactly("a?");
        assertThat(totals.all()).containsExactly(Pair.of("a?", 2L));
    }

    @Test
    void getsAUnionOfStreamsThatComeFromDifferentLevels() {
        DStream<String> seen = words.countByValue().map(count -> count.key() + count.value());
        DStream<String> both = words.union(seen);
        harness.collect(both.count());
        harness.start();
        CollectedOutput<String> attached = attached(both);

        run("a", "b", "a");

        assertThat(attached.all()).containsExactlyInAnyOrder("a", "b", "a", "a2", "b1");
    }

    @Test
    void getsDeadLetters() {
        harness.collect(words.map(Integer::parseInt).onError(ErrorPolicy.DEAD_LETTER));
        DStream<String> letters = words.deadLetters().map(letter -> String.valueOf(letter.record()));
        harness.start();
        CollectedOutput<String> attached = attached(letters);

        run("1", "two", "3");

        assertThat(attached.all()).containsExactly("two");
    }

    @Test
    void printsNoMoreThanItsLimit() {
        harness.collect(words);
        harness.start();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(printed, false, StandardCharsets.UTF_8);
        AttachedOutput unused =
                harness.context().attach("console", words, new PrintOperator<>(PrintFormat.SPARK.withLimit(2), to));

        run("a", "b", "c", "d");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Time: 1000 ms", "a\nb\n...\n");
        assertThat(harness.batches().get(0).outputs())
                .extracting(output -> output.name() + " " + output.records())
                .containsExactly("collected-1 4", "console 3");
    }

    // ---- several ----

    @Test
    void severalAreCalledAfterTheRegisteredOnesInTheOrderOfTheirAttachment() {
        List<String> order = new ArrayList<>();
        words.foreachBatch((time, records) -> order.add("registered"));
        harness.start();
        AttachedOutput first = harness.context().attach(words, (time, records) -> order.add("first"));
        AttachedOutput second = harness.context().attach(words, (time, records) -> order.add("second"));
        harness.runBatch();
        var unused = first.detach();
        AttachedOutput third = harness.context().attach(words, (time, records) -> order.add("third"));
        harness.runBatch();

        assertThat(order).containsExactly("registered", "first", "second", "registered", "second", "third");
        assertThat(List.of(first.name(), second.name(), third.name()))
                .containsExactly("attached-foreachBatch-1", "attached-foreachBatch-2", "attached-foreachBatch-3");
    }

    @Test
    void oneTakesThePlaceAndTheNameOfAnotherBetweenTwoBatches() {
        harness.collect(words);
        harness.start();
        CollectedOutput<String> before = new CollectedOutput<>();
        CollectedOutput<String> after = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach("probe", words, before);
        run("a");

        var last = handle.detach().toCompletableFuture();
        AttachedOutput unused = harness.context().attach("probe", words, after);
        run("b");

        assertThat(before.all()).containsExactly("a");
        assertThat(after.all()).containsExactly("b");
        assertThat(last).isCompletedWithValue(Optional.of(new BatchTime(1000)));
    }

    @Test
    void anOutputMayAttachAndDetachOthers() {
        List<String> seen = new ArrayList<>();
        List<AttachedOutput> handles = new ArrayList<>();
        words.foreachBatch((time, records) -> {
            if (records.contains("on")) {
                handles.add(harness.context().attach(words, (later, more) -> seen.addAll(more)));
            } else if (records.contains("off")) {
                var unused = handles.get(0).detach();
            }
        });
        harness.start();

        run("on");
        run("a");
        run("off");
        run("b");

        assertThat(seen).containsExactly("a", "off");
    }

    // ---- the end ----

    @Test
    void isClosedOnceWhenTheJobEnds() {
        List<String> calls = new ArrayList<>();
        harness.collect(words);
        harness.start();
        AttachedOutput handle = harness.context().attach(words, new OutputOperator<>() {
            @Override
            public String kind() {
                return "noting";
            }

            @Override
            public void write(BatchTime time, List<String> records) {
                calls.add("write " + time);
            }

            @Override
            public void close() {
                calls.add("close");
            }
        });
        run("a");

        harness.stop();
        var last = handle.detach().toCompletableFuture();

        assertThat(calls).containsExactly("write 1000 ms", "close");
        assertThat(last).isCompletedWithValue(Optional.of(new BatchTime(1000)));
    }

    @Test
    void isClosedWhenTheJobEndsBeforeItsFirstBatch() {
        harness.collect(words);
        harness.start();
        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(words, attached);

        harness.stop();

        assertThat(attached.isClosed()).isTrue();
        assertThat(attached.times()).isEmpty();
        assertThat(handle.firstBatch().toCompletableFuture()).isCompletedExceptionally();
        assertThat(handle.detach().toCompletableFuture()).isCompletedWithValue(Optional.empty());
    }
}
