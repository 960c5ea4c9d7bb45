// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.Version;
import io.millrace.operator.Versioned;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.Recording;
import io.millrace.testkit.Replay;
import io.millrace.testkit.ReplayRun;
import io.millrace.testkit.ReplayableJob;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that functions use changes between batches, and in no batch. */
class VersionedTest {

    private final BatchHarness harness =
            BatchHarness.builder("versioned").set("block.records", 2).build();
    private final ScriptedInput<String> input = harness.input();
    private final DStream<String> words = harness.stream(input);
    private final Versioned<String> sign = harness.context().versioned("sign", "!", "first");

    @AfterEach
    void close() {
        harness.close();
    }

    private void run(String... records) {
        input.add(records);
        harness.runBatch();
    }

    private static CompletableFuture<BatchTime> seen(CompletionStage<BatchTime> stage) {
        return stage.toCompletableFuture();
    }

    private List<VersionInfo> versions(int batch) {
        return harness.batches().get(batch).versions();
    }

    private static void assertFails(CompletionStage<BatchTime> stage, String message) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining(message);
    }

    // ---- changes ----

    @Test
    void theBatchesAfterAChangeHaveTheNewValue() {
        CollectedOutput<String> out = harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        harness.start();
        run("a", "b");

        var first = seen(sign.set("?", "second"));
        assertThat(first).isNotDone();
        run("c");
        run("d");

        assertThat(out.all()).containsExactly("a!", "b!", "c?", "d?");
        assertThat(first).isCompletedWithValue(new BatchTime(2000));
        assertThat(versions(0)).containsExactly(new VersionInfo("sign", 1, "first"));
        assertThat(versions(1)).containsExactly(new VersionInfo("sign", 2, "second"));
        assertThat(versions(2)).containsExactly(new VersionInfo("sign", 2, "second"));
        assertThat(sign.latest()).isEqualTo(new Version<>(2, "second", "?"));
    }

    @Test
    void everyFormSeesTheValueOfTheBatch() {
        CollectedOutput<String> mapped = harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        CollectedOutput<Pair<String, String>> pairs =
                harness.collect(words.mapToPairWith(sign, (mark, word) -> Pair.of(mark, word)));
        CollectedOutput<String> many =
                harness.collect(words.flatMapWith(sign, (mark, word) -> List.of(mark + word, word + mark)));
        CollectedOutput<String> parts = harness.collect(words.repartition(3)
                .mapPartitionsWith(sign, (mark, all) -> List.of(mark + all.size()))
                .reduce((left, right) -> left + right));
        CollectedOutput<String> afterExchange = harness.collect(words.mapToPair(word -> Pair.of(word, 1L))
                .reduceByKey(Long::sum)
                .mapWith(sign, (mark, count) -> count.key() + mark + count.value()));
        harness.start();
        sign.set("?", "second");
        run("a", "a", "b");

        assertThat(mapped.all()).containsExactly("a?", "a?", "b?");
        assertThat(pairs.all()).containsExactly(Pair.of("?", "a"), Pair.of("?", "a"), Pair.of("?", "b"));
        assertThat(many.all()).containsExactly("?a", "a?", "?a", "a?", "?b", "b?");
        assertThat(parts.all()).containsExactly("?1?1?1");
        assertThat(afterExchange.all()).containsExactlyInAnyOrder("a?2", "b?1");
    }

    @Test
    void theBatchUnderWayKeepsWhatItBeganWith() {
        CollectedOutput<String> out = harness.collect(words.mapWith(sign, (mark, word) -> {
            if (word.equals("change")) {
                sign.set("?", "second");
            }
            return word + mark;
        }));
        CollectedOutput<String> later = harness.collect(words.mapToPair(word -> Pair.of(word, 1L))
                .groupByKey()
                .mapWith(sign, (mark, group) -> group.key() + mark));
        harness.start();
        run("a", "b", "change", "c", "d", "e");
        run("f");

        assertThat(out.at(1000)).containsExactly("a!", "b!", "change!", "c!", "d!", "e!");
        assertThat(later.at(1000)).containsExactlyInAnyOrder("a!", "b!", "change!", "c!", "d!", "e!");
        assertThat(out.at(2000)).containsExactly("f?");
        assertThat(versions(0)).containsExactly(new VersionInfo("sign", 1, "first"));
    }

    @Test
    void whatIsSetBeforeTheStartTheFirstBatchHas() {
        CollectedOutput<String> out = harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        var first = seen(sign.set("?", "second"));
        harness.start();
        run("a");

        assertThat(out.all()).containsExactly("a?");
        assertThat(first).isCompletedWithValue(new BatchTime(1000));
        assertThat(versions(0)).containsExactly(new VersionInfo("sign", 2, "second"));
    }

    @Test
    void ofSeveralBeforeABatchTheLastCounts() {
        CollectedOutput<String> out = harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        harness.start();
        run("a");

        var overwritten = sign.set("?", "second");
        var last = seen(sign.set(".", "third"));
        assertFails(overwritten, "the value sign was set to third before a batch began with second");
        run("b");

        assertThat(out.all()).containsExactly("a!", "b.");
        assertThat(last).isCompletedWithValue(new BatchTime(2000));
        assertThat(versions(1)).containsExactly(new VersionInfo("sign", 3, "third"));
    }

    @Test
    void anEmptyBatchCountsAsTheFirstWithAValue() {
        harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        harness.start();
        var first = seen(sign.set("?", "second"));
        harness.runBatch();

        assertThat(first).isCompletedWithValue(new BatchTime(1000));
        assertThat(versions(0)).containsExactly(new VersionInfo("sign", 2, "second"));
    }

    @Test
    void valuesThatNobodyUsesAreTold() {
        Versioned<Integer> unused = harness.context().versioned("unused", 7, "seven");
        harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        harness.start();
        unused.set(8, "eight");
        run("a");

        assertThat(versions(0))
                .containsExactly(new VersionInfo("sign", 1, "first"), new VersionInfo("unused", 2, "eight"));
    }

    @Test
    void aFunctionThatThrowsIsHandledAsTheErrorPolicySays() {
        Versioned<Integer> divisor = harness.context().versioned("divisor", 0, "zero");
        CollectedOutput<Integer> out = harness.collect(
                words.mapWith(divisor, (by, word) -> word.length() / by).onError(ErrorPolicy.SKIP));
        harness.start();
        run("a", "b");
        divisor.set(1, "one");
        run("cc");

        assertThat(harness.batches().get(0).skipped()).isEqualTo(2);
        assertThat(out.all()).containsExactly(2);
    }

    @Test
    void attachedOutputsSeeTheVersionOfTheBatch() {
        DStream<String> marked = words.mapWith(sign, (mark, word) -> word + mark);
        harness.collect(marked.count());
        harness.start();
        run("a");
        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput unused = harness.context().attach(marked, attached);
        sign.set("?", "second");
        run("b");
        sign.set(".", "third");
        run("c");

        assertThat(attached.all()).containsExactly("b?", "c.");
    }

    // ---- crashes ----

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"BATCH_STARTED", "TASK_DONE", "CHANGES_STAGED", "BEFORE_OUTPUT", "BEFORE_COMMIT", "AFTER_COMMIT"})
    void anAttemptAfterACrashHasTheSameVersion(CrashPoint point) {
        List<String> applied = new ArrayList<>();
        CollectedOutput<Pair<String, Long>> out = harness.collect(words.mapToPairWith(sign, (mark, word) -> {
                    applied.add(word + mark);
                    if (word.equals("change")) {
                        sign.set("never in this batch", "third");
                    }
                    return Pair.of(word + mark, 1L);
                })
                .updateStateByKey((ones, total) -> java.util.Optional.of(total.orElse(0L) + ones.size())));
        harness.start();
        run("a");

        sign.set("?", "second");
        harness.crashWhen(point, 1);
        run("b", "change", "c", "d", "e");
        harness.runBatches(2);

        assertThat(harness.crashes()).isEqualTo(1);
        assertThat(out.at(2000))
                .extracting(Pair::key)
                .containsExactlyInAnyOrder("a!", "b?", "change?", "c?", "d?", "e?");
        assertThat(applied).doesNotContain("bnever in this batch", "enever in this batch");
        assertThat(versions(1)).containsExactly(new VersionInfo("sign", 2, "second"));
    }

    @Test
    void noBatchIsMixedWheneverValuesAreSetAndExecutorsDie() {
        Random seeds = SeededRandom.of(VersionedTest.class);
        for (int round = 0; round < 20; round++) {
            long seed = seeds.nextLong();
            try {
                runAtRandom(new Random(seed), seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("in round " + round + ": " + e.getMessage(), e);
            }
        }
    }

    private static void runAtRandom(Random dice, long seed) {
        try (BatchHarness harness = BatchHarness.builder("random")
                .seed(seed)
                .set("block.records", 1 + dice.nextInt(5))
                .set("max-executor-restarts", 100)
                .build()) {
            ScriptedInput<Integer> input = harness.input();
            Versioned<Integer> left = harness.context().versioned("left", 0, "0");
            Versioned<Integer> right = harness.context().versioned("right", 0, "0");
            DStream<Integer> numbers = harness.stream(input);
            CollectedOutput<Integer> lefts = harness.collect(numbers.mapWith(left, (value, number) -> value));
            CollectedOutput<Integer> rights = harness.collect(numbers.mapToPair(number -> Pair.of(number, 1))
                    .groupByKey()
                    .mapWith(right, (value, number) -> value));
            harness.start();
            int crashes = 0;
            for (int round = 1; round <= 10; round++) {
                if (harness.crashes() == crashes && dice.nextInt(3) == 0) {
                    CrashPoint[] points = CrashPoint.values();
                    harness.runBatches(2);
                    harness.crashWhen(points[dice.nextInt(points.length)], dice.nextInt(2), dice.nextInt(4));
                    crashes++;
                }
                for (int i = dice.nextInt(12); i > 0; i--) {
                    input.add(dice.nextInt(6));
                }
                harness.advance(Duration.ofMillis(dice.nextInt(900)));
                left.set(round, String.valueOf(round));
                right.set(round, String.valueOf(round));
                harness.runBatch();
            }
            harness.stop();

            harness.batches().forEach(batch -> {
                long time = batch.batchTime().millis();
                int version = Integer.parseInt(batch.versions().get(0).label());
                assertThat(batch.versions()).extracting(VersionInfo::label).containsOnly(String.valueOf(version));
                assertThat(lefts.at(time)).allMatch(value -> value == version);
                assertThat(rights.at(time)).allMatch(value -> value == version);
            });
            assertThat(harness.events().failures()).isEmpty();
        }
    }

    // ---- letting go ----

    private WeakReference<Object> setAndForget(Versioned<Object> value, String label) {
        Object big = new Object();
        value.set(big, label);
        return new WeakReference<>(big);
    }

    @Test
    void versionsThatNoBatchCanNeedAreLetGo() {
        Versioned<Object> value = harness.context().versioned("big", new Object(), "0");
        harness.collect(words.mapWith(value, (big, word) -> word));
        harness.collect(words.repartition(4).mapPartitionsWith(value, (big, all) -> all));
        harness.start();
        WeakReference<Object> overwritten = setAndForget(value, "1");
        WeakReference<Object> used = setAndForget(value, "2");
        run("a", "b", "c", "d", "e", "f", "g", "h");
        WeakReference<Object> now = setAndForget(value, "3");
        run("i");

        System.gc();
        assertThat(overwritten.get()).isNull();
        assertThat(used.get()).isNull();
        assertThat(now.get()).isSameAs(value.latest().value());
    }

    // ---- the end, and mistakes ----

    @Test
    void aValueThatNoBatchBeginsWithIsReportedAtTheEnd() {
        harness.collect(words.mapWith(sign, (mark, word) -> word + mark));
        harness.start();
        run("a");
        var pending = sign.set("?", "second");
        harness.stop(false);

        assertFails(pending, "the job ended before a batch began with this version");
        assertFails(sign.set(".", "third"), "the value sign is set to third after the job has ended");
        assertThat(sign.latest().label()).isEqualTo("second");
    }

    @Test
    void namesAreUniqueAndValuesAreDefinedBeforeTheStart() {
        assertThatThrownBy(() -> harness.context().versioned("sign", 1, "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The name sign is taken by another versioned value; batches are described by it");
        assertThatThrownBy(() -> harness.context().versioned(" ", 1, "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The name of a versioned value must not be blank");
        harness.collect(words);
        harness.start();
        assertThatThrownBy(() -> harness.context().versioned("late", 1, "one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is defined before the start");
    }

    @Test
    void aValueOfAnotherContextIsRefusedAtTheStart() {
        try (BatchHarness other = BatchHarness.create("other")) {
            Versioned<String> foreign = other.context().versioned("foreign", "!", "first");
            harness.collect(words.mapWith(foreign, (mark, word) -> word + mark));

            assertThatThrownBy(harness::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The operator mapWith-1 uses the value foreign, which belongs to another context");
        }
    }

    // ---- replay ----

    @TempDir
    private Path folder;

    private static ReplayableJob marking(String mark) {
        return context -> {
            Versioned<String> value = context.versioned("sign", mark, "given");
            context.receiverStream(new ScriptedText("never opened"))
                    .mapWith(value, (now, line) -> line + now)
                    .named("marked")
                    .output(new CollectedOutput<>());
        };
    }

    @Test
    void aReplayHasWhatTheDefinitionGives() throws IOException {
        Path file = folder.resolve("run.recording");
        try (BatchHarness recorded =
                BatchHarness.builder("recorded").keepBatches(2).build()) {
            ScriptedText lines = recorded.lines();
            Versioned<String> value = recorded.context().versioned("sign", "!", "first");
            recorded.stream(lines)
                    .mapWith(value, (now, line) -> line + now)
                    .named("marked")
                    .output(new CollectedOutput<>());
            recorded.start();
            lines.add("a");
            recorded.runBatch();
            value.set("?", "second");
            lines.add("b");
            recorded.runBatch();
            recorded.saveKeptBatches(file);
        }
        ReplayRun replayed = Replay.of(Recording.load(file)).against(marking("!"));

        assertThat(replayed.operator("marked").at(1000)).isEqualTo(List.of("a!"));
        assertThat(replayed.operator("marked").at(2000)).isEqualTo(List.of("b!"));
        assertThat(replayed.batches().get(1).versions()).containsExactly(new VersionInfo("sign", 1, "given"));
        assertThat(replayed.firstDifference())
                .hasValueSatisfying(difference -> assertThat(difference)
                        .startsWith("batch 2000 ms, output collected-1")
                        .contains("b?", "b!"));
        assertThat(Replay.of(Recording.load(file)).against(marking("?")).firstDifference())
                .hasValueSatisfying(difference -> assertThat(difference).startsWith("batch 1000 ms"));
    }
}
