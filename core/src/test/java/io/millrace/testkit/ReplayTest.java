// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StreamingContext;
import io.millrace.listener.BatchInfo;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.receiver.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final List<List<String>> LINES = List.of(
            List.of("blue blue green"),
            List.of("gohawks"),
            List.of(),
            List.of("green", "blue"),
            List.of("red green"),
            List.of("blue gohawks", "red"));

    @TempDir
    private Path folder;

    private Path file;
    private final CollectedOutput<Pair<String, Long>> sink = new CollectedOutput<>();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("run.recording");
    }

    /** Running totals per word, and how often a word came in the last two batches. */
    private static void totals(
            StreamingContext context, Receiver<String> lines, OutputOperator<Pair<String, Long>> sink, long step) {
        var words = context.receiverStream(lines)
                .flatMap(line -> List.of(line.split(" ", -1)))
                .named("words");
        var ones = words.mapToPair(word -> Pair.of(word, step)).named("ones");
        ones.updateStateByKey(ReplayTest::total).named("totals").output(sink);
        ones.reduceByKeyAndWindow(Long::sum, Duration.ofSeconds(2))
                .named("lately")
                .print();
    }

    private static Optional<Long> total(List<Long> values, Optional<Long> before) {
        return Optional.of(
                before.orElse(0L) + values.stream().mapToLong(Long::longValue).sum());
    }

    private ReplayableJob totals(long step) {
        return context -> totals(context, new ScriptedText("never opened"), sink, step);
    }

    private static BatchHarnessBuilder keeping(int batches) {
        return BatchHarness.builder("recorded").keepBatches(batches);
    }

    /** Runs all lines, and saves as many of the last batches as are kept. */
    private Recording record(int keep) throws IOException {
        try (BatchHarness harness = keeping(keep).build()) {
            ScriptedText lines = harness.lines();
            totals(harness.context(), lines, sink, 1);
            harness.start();
            for (List<String> batch : LINES) {
                batch.forEach(lines::add);
                harness.runBatch();
            }
            harness.saveKeptBatches(file);
        }
        return Recording.load(file);
    }

    @Test
    void theLastBatchesGiveTheSameAgainFromTheStateOfBefore() throws IOException {
        Recording recording = record(3);
        int written = sink.batches().size();

        ReplayRun run = Replay.of(recording).against(totals(1));

        run.verify();
        assertThat(recording.batches())
                .extracting(batch -> batch.time().millis())
                .containsExactly(4000L, 5000L, 6000L);
        assertThat(run.batches()).extracting(info -> info.batchTime().millis()).containsExactly(4000L, 5000L, 6000L);
        assertThat(List.<Object>copyOf(run.output("collected-1").at(4000)))
                .containsExactlyInAnyOrder(Pair.of("blue", 3L), Pair.of("green", 2L), Pair.of("gohawks", 1L));
        assertThat(List.<Object>copyOf(run.operator("lately").at(4000)))
                .containsExactlyInAnyOrder(Pair.of("green", 1L), Pair.of("blue", 1L));
        assertThat(sink.batches()).as("the sink is left alone").hasSize(written);
    }

    @Test
    void everyOperatorShowsWhatItEmittedInEveryBatch() throws IOException {
        ReplayRun run = Replay.of(record(10)).against(totals(1));

        assertThat(run.operators()).containsExactly("receiver-1", "words", "ones", "totals", "lately");
        assertThat(run.operator("receiver-1").at(4000)).isEqualTo(List.of("green", "blue"));
        assertThat(run.operator("words").at(1000)).isEqualTo(List.of("blue", "blue", "green"));
        assertThat(run.operator("words").at(3000)).isEqualTo(List.of());
        assertThat(run.operator("ones").at(2000)).isEqualTo(List.of(Pair.of("gohawks", 1L)));
    }

    @Test
    void anUnknownOperatorIsRefused() throws IOException {
        ReplayRun run = Replay.of(record(1)).against(totals(1));

        assertThatThrownBy(() -> run.operator("word"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no operator word among [receiver-1, words, ones, totals, lately]");
    }

    @Test
    void aChangedOperatorIsNamedWithBatchAndPosition() throws IOException {
        Replay.of(record(3)).against(totals(1)).recording().save(file);
        Recording regression = Recording.load(file);
        Replay.of(regression).against(totals(1)).verify();

        ReplayableJob changed = context -> {
            var words = context.receiverStream(new ScriptedText("never opened"))
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .named("words");
            var ones = words.mapToPair(word -> Pair.of(word, word.equals("red") ? 2L : 1L))
                    .named("ones");
            ones.updateStateByKey(ReplayTest::total).named("totals").output(sink);
            ones.reduceByKeyAndWindow(Long::sum, Duration.ofSeconds(2))
                    .named("lately")
                    .print();
        };

        assertThatThrownBy(() -> Replay.of(regression).against(changed).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessage("batch 5000 ms, operator ones: record 0 was (red,1), but now there is (red,2) at 0");
    }

    @Test
    void withoutObservedOperatorsTheOutputIsNamed() throws IOException {
        Recording recording = record(10);

        assertThatThrownBy(() -> Replay.of(recording).against(totals(2)).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("batch 1000 ms, output collected-1: record ")
                .hasMessageContaining("but now there is");
    }

    @Test
    void aBatchThatAbsorbedIntervalsIsOneBatchAgain() throws IOException {
        try (BatchHarness harness = keeping(10).build()) {
            ScriptedText lines = harness.lines();
            totals(harness.context(), lines, sink, 1);
            harness.start();
            harness.holdOutputs();
            lines.add("one");
            harness.advance(Duration.ofMillis(1500));
            lines.add("two");
            harness.advance(Duration.ofSeconds(1));
            lines.add("three");
            harness.advance(Duration.ofMillis(1700));
            harness.releaseOutputs();
            lines.add("four");
            harness.runBatch();
            harness.saveKeptBatches(file);
        }
        Recording recording = Recording.load(file);

        ReplayRun run = Replay.of(recording).against(totals(1));

        run.verify();
        List<Integer> absorbed =
                recording.batches().stream().map(RecordedBatch::absorbed).toList();
        assertThat(absorbed).contains(2);
        assertThat(run.batches()).extracting(BatchInfo::absorbedIntervals).isEqualTo(absorbed);
    }

    @Test
    void onlySoManyBatchesAndBytesAreKeptAndTheyTakeNoCredit() {
        try (BatchHarness harness = keeping(2).set("keep.bytes", "1KiB").build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<String> out = harness.collect(harness.stream(lines));
            harness.start();
            for (int batch = 1; batch <= 3; batch++) {
                lines.add("line " + batch);
                harness.runBatch();
            }
            assertThat(harness.blocks()).isEmpty();
            assertThat(harness.keptBlocks()).extracting(HeldBlock::name).containsExactly("input-0-0-1", "input-0-0-2");
            assertThat(harness.keptBlocks().get(0).holders()).containsExactly("executor-0", "executor-1");

            lines.add("x".repeat(600));
            harness.runBatch();
            lines.add("y".repeat(600));
            harness.runBatch();
            assertThat(harness.keptBlocks()).extracting(HeldBlock::name).containsExactly("input-0-0-4");

            lines.add("z".repeat(2000));
            harness.runBatch();
            assertThat(harness.keptBlocks())
                    .as("larger than all that may be kept")
                    .isEmpty();
            assertThat(harness.heldBlocks().values()).allMatch(held -> held.isEmpty());
            assertThatThrownBy(() -> harness.saveKeptBatches(file))
                    .hasStackTraceContaining("millrace.keep.bytes = 1024");
            assertThat(out.all()).hasSize(6);
        }
    }

    @Test
    void keptBlocksAndTheStateOfBeforeSurviveTheDeathOfAnExecutor() throws IOException {
        try (BatchHarness harness = keeping(3).build()) {
            ScriptedText lines = harness.lines();
            totals(harness.context(), lines, sink, 1);
            harness.start();
            for (int batch = 0; batch < LINES.size(); batch++) {
                LINES.get(batch).forEach(lines::add);
                harness.runBatch();
                if (batch == 4) {
                    harness.crashExecutor(1);
                }
            }
            assertThat(harness.keptBlocks()).allMatch(block -> block.holders().size() == 2);
            harness.saveKeptBatches(file);
        }

        Replay.of(Recording.load(file)).against(totals(1)).verify();
    }

    @Test
    void aBatchOfWhichABlockIsLostIsLeftOutAndTheJobGoesOn() throws IOException {
        try (BatchHarness harness = keeping(3).replication(1).executors(1).build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<String> out = harness.collect(harness.stream(lines));
            harness.start();
            lines.add("lost");
            harness.runBatch();
            harness.crashExecutor(0);
            lines.add("kept");
            harness.runBatch();
            harness.saveKeptBatches(file);
            assertThat(out.all()).containsExactly("lost", "kept");
        }

        assertThat(Recording.load(file).batches())
                .extracting(batch -> batch.time().millis())
                .containsExactly(2000L);
    }

    /** Sessions that begin with a known user, time out, and fail on demand. */
    private static void sessions(StreamingContext context, OutputOperator<Object> seen) {
        context.receiverStream(new ScriptedText("never opened"))
                .map(String::trim)
                .named("parse")
                .output(new Sink<>(seen));
    }

    private record Sink<T>(OutputOperator<Object> to) implements OutputOperator<T> {
        @Override
        public String kind() {
            return "sink";
        }

        @Override
        public void write(io.millrace.operator.BatchTime time, List<T> records) throws Exception {
            to.write(time, List.copyOf(records));
        }
    }

    @Test
    void anOperatorThatFailsNowIsADifferenceWithItsReason() throws IOException {
        CollectedOutput<Object> seen = new CollectedOutput<>();
        try (BatchHarness harness = keeping(3).build()) {
            ScriptedText lines = harness.lines();
            harness.context()
                    .receiverStream(lines)
                    .map(String::trim)
                    .named("parse")
                    .output(new Sink<>(seen));
            harness.start();
            lines.add(" a ");
            harness.runBatch();
            harness.saveKeptBatches(file);
        }
        Recording recording = Recording.load(file);

        Replay.of(recording).against(context -> sessions(context, seen)).verify();
        assertThatThrownBy(() -> Replay.of(recording)
                        .against(context -> context.receiverStream(new ScriptedText("never opened"))
                                .map(line -> Integer.toString(Integer.parseInt(line)))
                                .named("parse")
                                .output(new Sink<>(seen)))
                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "batch 1000 ms, output sink-1: it had 1 records, but now it has no batch; parse")
                .hasMessageContaining("NumberFormatException")
                .hasMessageContaining("block=input-0-0-0");
    }

    @Test
    void aWindowThatHadLostABatchHasLostItInTheReplay() throws IOException {
        ReplayableJob job = context -> context.receiverStream(new ScriptedText("never opened"))
                .map(line -> 100 / Integer.parseInt(line))
                .named("divide")
                .window(Duration.ofSeconds(3))
                .output(new Sink<>(sinkOfObjects()));
        try (BatchHarness harness = keeping(4).build()) {
            ScriptedText lines = harness.lines();
            harness.context()
                    .receiverStream(lines)
                    .map(line -> 100 / Integer.parseInt(line))
                    .named("divide")
                    .window(Duration.ofSeconds(3))
                    .output(new Sink<>(sinkOfObjects()));
            harness.start();
            for (String line : List.of("1", "0", "2", "4", "5", "10")) {
                lines.add(line);
                harness.runBatch();
            }
            harness.saveKeptBatches(file);
        }
        Recording recording = Recording.load(file);

        assertThat(recording.batches().get(0).outputs())
                .as("batch 2000 failed, so the window of 3000 is not whole")
                .isEmpty();
        assertThat(recording.batches().get(3).outputs()).containsEntry("sink-1", List.of(25, 20, 10));
        Replay.of(recording).against(job).verify();
    }

    private static CollectedOutput<Object> sinkOfObjects() {
        return new CollectedOutput<>();
    }

    /** A word and how often it came. */
    record Count(String word, int count) {}

    @Test
    void recordsOfTheUserAreRegistered() throws IOException {
        ReplayableJob job = context -> context.receiverStream(new ScriptedInput<Count>("never opened"))
                .filter(count -> count.count() > 1)
                .output(new Sink<>(sinkOfObjects()));
        try (BatchHarness harness = keeping(2).register(Count.class).build()) {
            ScriptedInput<Count> input = harness.input();
            harness.context()
                    .receiverStream(input)
                    .filter(count -> count.count() > 1)
                    .output(new Sink<>(sinkOfObjects()));
            harness.start();
            input.add(new Count("a", 1), new Count("b", 2));
            harness.runBatch();
            harness.saveKeptBatches(file);
        }

        Recording recording = Recording.load(file, Count.class);
        assertThat(recording.batches().get(0).outputs()).isEqualTo(Map.of("sink-1", List.of(new Count("b", 2))));
        Replay.of(recording).against(job).verify();
        assertThatThrownBy(() -> Recording.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.recording cannot be read: batch 1 of 1")
                .hasMessageContaining("Count");
    }

    @Test
    void aTruncatedDamagedOrForeignFileIsNamedWithTheReason() throws IOException {
        var unused = record(10);
        byte[] bytes = Files.readAllBytes(file);
        byte[] damaged = bytes.clone();
        damaged[bytes.length - 3] ^= 1;

        for (int length = 20; length < bytes.length; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Recording.load(file))
                    .as("the first %d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("run.recording is truncated: ");
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> Recording.load(file)).hasMessageContaining("bytes of batch 6 of 6 there are");
        Files.write(file, damaged);
        assertThatThrownBy(() -> Recording.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.recording is damaged: the checksum of batch 6 of 6");
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> Recording.load(file)).hasMessageContaining("something follows its last batch");
        Files.writeString(file, "no recording at all, but long enough");
        assertThatThrownBy(() -> Recording.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.recording is no recording");
    }

    @Test
    void aJobThatDoesNotFitIsRefused() throws IOException {
        Recording recording = record(2);

        assertThatThrownBy(() -> Replay.of(recording).against(context -> {
                    totals(context, new ScriptedText("never opened"), sink, 1);
                    context.receiverStream(new ScriptedText("another")).print();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("had 1 inputs, but the one to be replayed has 2");
        assertThatThrownBy(() -> Replay.of(recording)
                        .against(context -> context.receiverStream(new ScriptedText("never opened"))
                                .print()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has a state of the operator totals");
    }

    /** Counts by {@code mapWithState}, which knows of one key at first and forgets keys that are idle. */
    private static void visits(StreamingContext context, Receiver<String> lines, OutputOperator<Object> sink) {
        var visits = context.receiverStream(lines)
                .mapToPair(word -> Pair.of(word, 1))
                .mapWithState(io.millrace.stream.StateSpec.<String, Integer, Integer, String>function(
                                (key, value, state) -> {
                                    int count = state.exists() ? state.get() : 0;
                                    if (!state.isTimingOut()) {
                                        state.update(count + value.orElse(0));
                                    }
                                    return key + " " + count;
                                })
                        .initialState(List.of(Pair.of("known", 10)))
                        .timeout(Duration.ofSeconds(2)));
        visits.output(new Sink<>(sink));
        visits.print();
    }

    @Test
    void initialStatesTimeoutsAndPrintedBeginningsAreTheSameAgain() throws IOException {
        CollectedOutput<Object> seen = sinkOfObjects();
        try (BatchHarness harness = keeping(4).build()) {
            ScriptedText lines = harness.lines();
            visits(harness.context(), lines, seen);
            harness.start();
            for (int batch = 0; batch < 8; batch++) {
                for (int word = 0; word < 15; word++) {
                    lines.add("word-" + (batch * word) % 40);
                }
                if (batch == 1 || batch == 5) {
                    lines.add("known");
                }
                harness.runBatch();
            }
            harness.saveKeptBatches(file);
        }

        Replay.of(Recording.load(file))
                .against(context -> visits(context, new ScriptedText("never opened"), seen))
                .verify();
    }

    @Test
    void aJobThatKeepsNothingSaysSo() {
        try (BatchHarness harness = BatchHarness.create("keeps-nothing")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<String> out = harness.collect(harness.stream(lines));
            assertThatThrownBy(() -> harness.saveKeptBatches(file)).isInstanceOf(IllegalStateException.class);
            harness.start();
            lines.add("a");
            harness.runBatch();

            assertThat(out.all()).containsExactly("a");
            assertThat(harness.keptBlocks()).isEmpty();
            assertThatThrownBy(() -> harness.saveKeptBatches(file))
                    .hasStackTraceContaining("millrace.keep.batches is 0");
        }
    }
}
