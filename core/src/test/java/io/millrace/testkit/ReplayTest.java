// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final List<List<String>> LINES =
            List.of(List.of("blue blue green"), List.of("gohawks"), List.of(), List.of("green", "blue"));

    @TempDir
    private Path folder;

    /** Running totals per word, with a sink. */
    private static ReplayableJob totals(OutputOperator<Pair<String, Long>> sink, long step) {
        return wiring -> wiring.output(
                "totals",
                wiring.<String>input("lines")
                        .flatMap(line -> List.of(line.split(" ", -1)))
                        .mapToPair(word -> Pair.of(word, step))
                        .updateStateByKey((values, old) -> Optional.of(old.orElse(0L)
                                + values.stream().mapToLong(Long::longValue).sum())),
                sink);
    }

    private static Recording record(int keep, CollectedOutput<Pair<String, Long>> sink) {
        Recorder recorder = Recorder.keepLast(keep);
        try (BatchHarness harness = BatchHarness.create("recorded")) {
            ScriptedInput<String> input = harness.input();
            recorder.define(harness.context(), Map.of("lines", input), totals(sink, 1));
            harness.start();
            for (List<String> lines : LINES) {
                input.addAll(lines);
                harness.runBatch();
            }
        }
        return recorder.recording();
    }

    @Test
    void aRunGivesTheSameWhenItIsReplayedAndTheSinkIsLeftAlone() {
        CollectedOutput<Pair<String, Long>> sink = new CollectedOutput<>();
        Recording recording = record(10, sink);
        int written = sink.batches().size();

        Replay.Result result = Replay.of(recording, totals(sink, 1)).run();

        result.check();
        assertThat(recording.batches()).hasSize(4);
        assertThat(sink.batches()).hasSize(written);
    }

    @Test
    void everyOperatorShowsWhatItEmittedInEveryBatch() {
        Replay.Result result = Replay.of(record(10, new CollectedOutput<>()), totals(new CollectedOutput<>(), 1))
                .run();

        assertThat(result.operators()).hasSize(4);
        assertThat(operator(result, "flatMap").at(1000)).isEqualTo(List.of("blue", "blue", "green"));
        assertThat(operator(result, "flatMap").at(3000)).isEqualTo(List.of());
        assertThat(operator(result, "mapToPair").at(2000)).isEqualTo(List.of(Pair.of("gohawks", 1L)));
        assertThat(List.<Object>copyOf(operator(result, "updateStateByKey").at(4000)))
                .containsExactlyInAnyOrder(Pair.of("blue", 3L), Pair.of("green", 2L), Pair.of("gohawks", 1L));
    }

    private static CollectedOutput<?> operator(Replay.Result result, String kind) {
        return result.operators().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void anotherProgramDiffersInANamedBatchAndOutput() {
        Recording recording = record(10, new CollectedOutput<>());

        assertThatThrownBy(() -> Replay.of(recording, totals(new CollectedOutput<>(), 2))
                        .run()
                        .check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("batch 1000 ms, output totals")
                .hasMessageContaining("(blue,2)")
                .hasMessageContaining("(blue,4)");
    }

    @Test
    void aRecordingIsTheSameAfterItWasSaved() throws IOException {
        Recording recording = record(10, new CollectedOutput<>());
        Path file = folder.resolve("run.recording");

        recording.save(file);

        assertThat(Recording.load(file)).isEqualTo(recording);
        Replay.of(Recording.load(file), totals(new CollectedOutput<>(), 1))
                .run()
                .check();
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Path file = folder.resolve("run.recording");
        record(10, new CollectedOutput<>()).save(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        Path other = Files.writeString(folder.resolve("other"), "no recording at all, but long enough");

        assertThatThrownBy(() -> Recording.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("run.recording is damaged");
        assertThatThrownBy(() -> Recording.load(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no recording");
    }

    @Test
    void onlyTheLastBatchesAreKeptAndAStateOfBeforeIsAskedFor() {
        Recording recording = record(2, new CollectedOutput<>());

        assertThat(recording.batches().stream().map(batch -> batch.time().millis()))
                .containsExactly(3000L, 4000L);
        assertThatThrownBy(() ->
                        Replay.of(recording, totals(new CollectedOutput<>(), 1)).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("begins with batch 3000 ms");
        assertThat(Replay.of(recording, totals(new CollectedOutput<>(), 1))
                        .withoutEarlierState()
                        .run()
                        .firstDifference())
                .isPresent();
    }

    @Test
    void anUnknownInputAndAWrongBoundAreRefused() {
        Recording recording = record(10, new CollectedOutput<>());

        assertThatThrownBy(() ->
                        Replay.of(recording, wiring -> wiring.input("words")).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no input words, but there are [lines]");
        assertThatThrownBy(() -> Recorder.keepLast(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Replay.of(new Recording(recording.interval(), List.of(), true), wiring -> {})
                        .run())
                .isInstanceOf(IllegalStateException.class);
    }
}
