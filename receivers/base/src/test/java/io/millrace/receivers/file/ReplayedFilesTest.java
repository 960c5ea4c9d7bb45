// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import io.millrace.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read on by another run of the job, which knows what counts and what was planned. */
@Timeout(60)
class ReplayedFilesTest {

    private static final ActorSystem SYSTEM = ActorSystem.create("replayed-files");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final List<String> reports = new ArrayList<>();

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final class Context implements ReceiverContext {
        private final Map<String, Long> offsets;
        private final List<List<OffsetRange>> replays;
        private final TimeSource time;

        Context(Map<String, Long> offsets, List<List<OffsetRange>> replays, TimeSource time) {
            this.offsets = offsets;
            this.replays = replays;
            this.time = time;
        }

        @Override
        public int streamId() {
            return 0;
        }

        @Override
        public String executor() {
            return "executor-0";
        }

        @Override
        public TimeSource time() {
            return time;
        }

        @Override
        public Duration batchInterval() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Map<String, Long> offsets() {
            return offsets;
        }

        @Override
        public List<List<OffsetRange>> replays() {
            return replays;
        }

        @Override
        public int maxLineBytes() {
            return 1000;
        }

        @Override
        public void reportError(String message, Throwable cause) {
            reports.add(message + ": " + cause.getMessage());
        }
    }

    /** Opens a receiver at a time that stands still, so that it looks into the directory once. */
    private <T> Feed<T> open(Receiver<T> receiver, Map<String, Long> offsets, List<List<OffsetRange>> replays) {
        TimeSource still = new TimeSource(() -> Instant.EPOCH, (at, task) -> () -> {});
        return receiver.open(new Context(offsets, replays, still));
    }

    private List<TextChunk> chunks(
            TextFiles files, int count, Map<String, Long> offsets, List<List<OffsetRange>> replays) throws Exception {
        return ((Feed.Lines) open(files, offsets, replays))
                .chunks()
                .take(count)
                .runWith(Sink.seq(), SYSTEM)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private List<String> read(TextFiles files, int count, Map<String, Long> offsets, List<List<OffsetRange>> replays)
            throws Exception {
        return chunks(files, count, offsets, replays).stream()
                .map(chunk -> chunk.range().orElseThrow() + " "
                        + chunk.lines().utf8String().replace('\n', '|'))
                .toList();
    }

    private String write(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        return new FileIdentity(
                        name,
                        Files.size(file),
                        FoundFile.of(file, Files.readAttributes(file, BasicFileAttributes.class))
                                .head(Files.size(file)))
                .split();
    }

    private TextFiles files() {
        return TextFiles.in(directory).settled(false);
    }

    private static OffsetRange range(String split, long from, long to) {
        return new OffsetRange(split, from, to);
    }

    @Test
    void readsPlannedPiecesAgainThenTheRestAndWhatCameMeanwhile() throws Exception {
        String a = write("a", "a1\na2\na3\na4\na5");
        String b = write("b", "b1\n");
        List<List<OffsetRange>> replays = List.of(
                List.of(range(a, 3, 6), range("old:5:00000000", 0, 0)),
                List.of(range("left:7:00000000", 7, 7), range(a, 6, 9)));

        assertThat(read(files(), 7, Map.of(a, 3L), replays))
                .containsExactly(
                        range(a, 3, 6) + " a2|",
                        range("old:5:00000000", 0, 0) + " ",
                        range("left:7:00000000", 7, 7) + " ",
                        range(a, 6, 9) + " a3|",
                        range(a, 9, 12) + " a4|",
                        range(a, 12, 14) + " a5|",
                        range(b, 0, 3) + " b1|");
        assertThat(reports).isEmpty();
    }

    @Test
    void takesNothingTwiceThatCounts() throws Exception {
        String a = write("a", "a1\n");
        String b = write("b", "b1\n");

        assertThat(read(files(), 1, Map.of(a, 3L), List.of())).containsExactly(range(b, 0, 3) + " b1|");
    }

    @Test
    void remembersWithTheJobWhatItDidNotTakeAtTheStart() throws Exception {
        String old = write("old", "old\n");

        assertThat(read(files(), 1, Map.of(), List.of())).containsExactly(range(old, 4, 4) + " ");
    }

    @Test
    void forgetsAFileThatWasReplaced() throws Exception {
        String before = write("a", "first\n");
        String after = write("a", "second\n");

        assertThat(read(files(), 2, Map.of(before, 6L), List.of()))
                .containsExactly(range(before, 0, 0) + " ", range(after, 0, 7) + " second|");
    }

    @Test
    void coversLinesThatAreTooLong() throws Exception {
        String a = write("a", "a\n" + "x".repeat(2000) + "\nb\n" + "y".repeat(2000));

        List<TextChunk> chunks = chunks(files().existingFiles(true), 2, Map.of(), List.of());
        assertThat(chunks)
                .extracting(chunk -> chunk.range().orElseThrow().split())
                .containsOnly(a);
        long end = 0;
        for (TextChunk chunk : chunks) {
            assertThat(chunk.range().orElseThrow().from()).isEqualTo(end);
            end = chunk.range().orElseThrow().to();
        }
        assertThat(end).isGreaterThanOrEqualTo(2003);
    }

    @Test
    void namesAPlannedFileThatHasChangedOrIsGone() throws Exception {
        String a = write("a", "first\n");
        write("a", "other\n");
        assertThatThrownBy(() -> read(files(), 1, Map.of(), List.of(List.of(range(a, 0, 6)))))
                .hasMessageContaining(
                        directory.resolve("a")
                                + " is not the file any more that was seen before, which had 6 bytes and is read from byte 0 to 6");

        assertThatThrownBy(() -> read(files(), 1, Map.of(), List.of(List.of(range("gone:6:00000000", 0, 6)))))
                .hasMessageContaining(directory.resolve("gone").toString());
    }

    @Test
    void reportsAFileThatHasChangedBeforeItsRestWasPlannedAndReadsTheOthersOn() throws Exception {
        String a = write("a", "first\nsecond\n");
        Files.delete(directory.resolve("a"));
        String b = write("b", "b1\n");

        assertThat(read(files(), 1, Map.of(a, 6L), List.of())).containsExactly(range(b, 0, 3) + " b1|");
        assertThat(reports).singleElement().asString().contains("cannot read on " + directory.resolve("a"));
    }

    @Test
    void makesBinaryBlocksAgainAsTheyWere() throws Exception {
        String a = write("a", "123456789");
        List<OffsetRange> block = List.of(range("old:5:00000000", 0, 0), range(a, 3, 6));

        List<Delivery.Whole<byte[]>> blocks = ((Feed.Deliveries<byte[]>)
                        open(BinaryFiles.in(directory, 3).settled(false), Map.of(a, 3L), List.of(block)))
                .deliveries()
                .map(delivery -> (Delivery.Whole<byte[]>) delivery)
                .take(2)
                .runWith(Sink.seq(), SYSTEM)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(blocks.get(0).ranges()).isEqualTo(block);
        assertThat(blocks.get(0).records()).containsExactly(new byte[] {'4', '5', '6'});
        assertThat(blocks.get(1).ranges()).containsExactly(range(a, 6, 9));
        assertThat(blocks.get(1).records()).containsExactly(new byte[] {'7', '8', '9'});
    }
}
