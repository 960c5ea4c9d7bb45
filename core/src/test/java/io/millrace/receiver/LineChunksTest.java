// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.testkit.javadsl.TestSink;
import akka.stream.testkit.javadsl.TestSource;
import akka.testkit.javadsl.TestKit;
import akka.util.ByteString;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineChunksTest {

    private static final ActorSystem SYSTEM = ActorSystem.create("line-chunks");
    private static final String ORIGIN = "127.0.0.1:4711";

    @AfterAll
    static void stop() {
        TestKit.shutdownActorSystem(SYSTEM);
    }

    /** Segments of an input and what is to become of them. */
    private record Case(String name, int maxLineBytes, boolean fails, List<String> segments, List<String> events) {

        Case becomes(String... expected) {
            return new Case(name, maxLineBytes, fails, segments, List.of(expected));
        }

        Case ofAtMost(int bytes) {
            return new Case(name, bytes, fails, segments, events);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Case finished(String name, String... segments) {
        return new Case(name, 100, false, List.of(segments), List.of());
    }

    private static Case failed(String name, String... segments) {
        return new Case(name, 100, true, List.of(segments), List.of());
    }

    private static String overlong(long position, String line) {
        byte[] bytes = line.getBytes(ISO_8859_1);
        return LineEvents.rejected(position, bytes, 0, bytes.length);
    }

    static Stream<Case> cases() {
        String utf8 = new String("é€😀\n".getBytes(UTF_8), ISO_8859_1);
        return Stream.of(
                finished("nothing at all gives nothing"),
                finished("empty segments give nothing", "", "", ""),
                finished("one newline is one empty line", "\n").becomes("0="),
                finished("only newlines are empty lines", "\n\n\n").becomes("0=", "1=", "2="),
                finished("only newlines, one by one", "\n", "\n", "\n").becomes("0=", "1=", "2="),
                finished("one line in one segment", "abc\n").becomes("0=abc"),
                finished("three lines in one segment", "a\nbb\nccc\n").becomes("0=a", "2=bb", "5=ccc"),
                finished("a line cut in two", "ab", "c\nd\n").becomes("0=abc", "4=d"),
                finished("a line cut before its newline", "abc", "\nd\n").becomes("0=abc", "4=d"),
                finished("a line cut after its newline", "abc\n", "d\n").becomes("0=abc", "4=d"),
                finished("one byte at a time", "a", "b", "\n", "c", "\n").becomes("0=ab", "3=c"),
                finished("empty segments in between", "a", "", "b\n", "").becomes("0=ab"),
                finished("a line over four segments", "a", "b", "c", "d\ne\n").becomes("0=abcd", "5=e"),
                finished("a carriage return before a newline is left", "a\r\nb\r\n")
                        .becomes("0=a\r", "3=b\r"),
                finished("a carriage return and a newline in two segments", "a\r", "\nb\r", "\n")
                        .becomes("0=a\r", "3=b\r"),
                finished("an empty line of carriage return and newline", "\r\n\r\n")
                        .becomes("0=\r", "2=\r"),
                finished("a lone carriage return is data", "a\rb\rc\n").becomes("0=a\rb\rc"),
                finished("a lone carriage return at the end of a segment is data", "a\r", "b\n")
                        .becomes("0=a\rb"),
                finished("two carriage returns", "a\r\r\n").becomes("0=a\r\r"),
                finished("a byte order mark is data", "\u00ef\u00bb\u00bfa\n").becomes("0=\u00ef\u00bb\u00bfa"),
                finished("a byte order mark in three segments", "\u00ef", "\u00bb", "\u00bfa\n")
                        .becomes("0=\u00ef\u00bb\u00bfa"),
                finished("a NUL is data", "a\0b\n").becomes("0=a\0b"),
                finished("form feed, NEL and vertical tab end no line", "a\f\u0085\u000bb\n")
                        .becomes("0=a\f\u0085\u000bb"),
                finished("bytes that are no UTF-8 are left", "\u00ff\u00fe\u00c0\n")
                        .becomes("0=\u00ff\u00fe\u00c0"),
                finished("characters of many bytes in one segment", utf8)
                        .becomes("0=" + utf8.substring(0, utf8.length() - 1)),
                finished("characters of many bytes, byte by byte", utf8.split(""))
                        .becomes("0=" + utf8.substring(0, utf8.length() - 1)),
                finished("an end without a newline gets one", "a\nb").becomes("0=a", "2=b"),
                finished("an end without any newline", "abc").becomes("0=abc"),
                finished("an end without a newline, in two segments", "a\nb", "c")
                        .becomes("0=a", "2=bc"),
                finished("an end with a newline gets no second", "a\n").becomes("0=a"),
                finished("an end after a carriage return", "a\r").becomes("0=a\r\r"),
                failed("a failure between two lines drops nothing", "a\n").becomes("0=a", "2?0"),
                failed("a failure before anything came drops nothing").becomes("0?0"),
                failed("a failure in a line drops what came of it", "a\nbcd").becomes("0=a", "2?3"),
                failed("a failure in a line of many segments", "a", "b", "c").becomes("0?3"),
                failed("a failure after a carriage return", "a\r").becomes("0?2"),
                failed("a failure in a line that is too long", "a\nbcdefg", "h")
                        .ofAtMost(3)
                        .becomes("0=a", "2?7"),
                finished("a line of exactly the most bytes", "abc\n")
                        .ofAtMost(3)
                        .becomes("0=abc"),
                finished("exactly the most bytes, cut", "ab", "c\n").ofAtMost(3).becomes("0=abc"),
                finished("exactly the most bytes, cut before the newline", "abc", "\n")
                        .ofAtMost(3)
                        .becomes("0=abc"),
                finished("exactly the most bytes without a newline", "abc")
                        .ofAtMost(3)
                        .becomes("0=abc"),
                finished("exactly the most bytes and a carriage return", "abc\r\nd\r\n")
                        .ofAtMost(3)
                        .becomes("0=abc\r", "5=d\r"),
                finished("exactly the most bytes, cut before the carriage return", "abc", "\r\nd\n")
                        .ofAtMost(3)
                        .becomes("0=abc\r", "5=d"),
                finished("exactly the most bytes, cut after the carriage return", "abc\r", "\nd\n")
                        .ofAtMost(3)
                        .becomes("0=abc\r", "5=d"),
                finished("exactly the most bytes, a carriage return and no newline", "abc\r")
                        .ofAtMost(3)
                        .becomes("0=abc\r\r"),
                finished("one byte too many", "abcd\n").ofAtMost(3).becomes(overlong(0, "abcd")),
                finished("one byte too many, cut", "ab", "cd\n").ofAtMost(3).becomes(overlong(0, "abcd")),
                finished("one byte too many, cut before the newline", "abcd", "\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abcd")),
                finished("one byte too many, one by one", "a", "b", "c", "d", "\n", "e", "\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abcd"), "5=e"),
                finished("one byte too many without a newline", "abcd")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abcd")),
                finished("one byte too many, a carriage return inside", "abc\rd\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abc\rd")),
                finished("one byte too many, cut after a carriage return inside", "abc\r", "d\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abc\rd")),
                finished("two carriage returns, one too many", "abc\r", "\r\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abc\r")),
                finished("one byte too many before a carriage return", "abcd\r", "\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abcd")),
                finished("a good line after one too long", "abcd\nef\n")
                        .ofAtMost(3)
                        .becomes(overlong(0, "abcd"), "5=ef"),
                finished("one too long after a good line", "ef\nabcd\n")
                        .ofAtMost(3)
                        .becomes("0=ef", overlong(3, "abcd")),
                finished("good and too long in turn, in one segment", "a\nbbbb\nc\ndddd\neeee\nf\ng")
                        .ofAtMost(3)
                        .becomes(
                                "0=a",
                                overlong(2, "bbbb"),
                                "7=c",
                                overlong(9, "dddd"),
                                overlong(14, "eeee"),
                                "19=f",
                                "21=g"),
                finished("too long over many segments, then good", "a\nbb", "bbbb", "bbbb", "b\nc\nd", "\n")
                        .ofAtMost(3)
                        .becomes("0=a", overlong(2, "bbbbbbbbbbb"), "14=c", "16=d"),
                finished("a line of a million bytes", "x".repeat(1_000_000) + "\ny\n")
                        .becomes(overlong(0, "x".repeat(1_000_000)), "1000001=y"),
                finished("a limit of one byte", "a\nbb\n\nc\n")
                        .ofAtMost(1)
                        .becomes("0=a", overlong(2, "bb"), "5=", "6=c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void cutsAtNewlinesAndNowhereElse(Case input) throws Exception {
        List<ByteString> segments = input.segments.stream()
                .map(segment -> ByteString.fromArray(segment.getBytes(ISO_8859_1)))
                .toList();

        List<String> events = run(segments, input.maxLineBytes, input.fails);

        assertThat(events).isEqualTo(input.events);
        String all = String.join("", input.segments);
        assertThat(LineEvents.expected(all.getBytes(ISO_8859_1), input.maxLineBytes, input.fails))
                .as("the reference agrees")
                .isEqualTo(input.events);
    }

    @ParameterizedTest(name = "lines of at most {0} bytes")
    @ValueSource(ints = {1, 2, 3, 10, 100, 1000, 1_000_000})
    void anyBytesInAnySegmentsGiveTheSameLinesAtTheSamePositions(int maxLineBytes) throws Exception {
        long seed =
                System.getProperty("millrace.seed") == null ? new Random().nextLong() : Long.getLong("millrace.seed");
        System.out.println("seed " + seed + " (-Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            byte[] bytes = randomText(random, maxLineBytes);
            List<ByteString> segments = randomSegments(random, bytes);
            boolean fails = random.nextBoolean();

            List<String> events = run(segments, maxLineBytes, fails);

            assertThat(events)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(LineEvents.expected(bytes, maxLineBytes, fails));
        }
    }

    @Test
    void takesTheNextSegmentOnlyWhenAskedAndWhenTheLastIsUsedUp() {
        AtomicInteger taken = new AtomicInteger();
        var out = Source.from(List.of(ByteString.fromString("a\nbbbb\nc\n"), ByteString.fromString("d\n")))
                .map(segment -> {
                    taken.incrementAndGet();
                    return segment;
                })
                .via(LineChunks.flow(ORIGIN, 3))
                .runWith(TestSink.create(SYSTEM), SYSTEM);

        out.ensureSubscription();
        out.expectNoMessage();
        assertThat(taken).hasValue(0);

        out.request(1);
        assertThat(LineEvents.of(List.of(out.expectNext()))).containsExactly("0=a");
        out.request(1);
        assertThat(LineEvents.of(List.of(out.expectNext()))).containsExactly(overlong(2, "bbbb"), "7=c");
        assertThat(taken).hasValue(1);

        out.request(1);
        assertThat(LineEvents.of(List.of(out.expectNext()))).containsExactly("9=d");
        assertThat(taken).hasValue(2);
        out.expectComplete();
    }

    @Test
    void deliversWhatItHadCutBeforeItFails() {
        var stream = TestSource.<ByteString>create(SYSTEM)
                .via(LineChunks.flow(ORIGIN, 3))
                .toMat(TestSink.create(SYSTEM), Keep.both())
                .run(SYSTEM);
        stream.second().request(1);
        stream.first().sendNext(ByteString.fromString("a\nbbbb\nc\nd"));
        assertThat(LineEvents.of(List.of(stream.second().expectNext()))).containsExactly("0=a");

        stream.first().sendError(new EOFException("reset"));

        stream.second().request(1);
        assertThat(LineEvents.of(List.of(stream.second().expectNext()))).containsExactly(overlong(2, "bbbb"), "7=c");
        assertThat(stream.second().expectError()).hasMessage("reset");
    }

    @Test
    void givesTheLastLineOnlyOnDemand() {
        var stream = TestSource.<ByteString>create(SYSTEM)
                .via(LineChunks.flow(ORIGIN, 10))
                .toMat(TestSink.create(SYSTEM), Keep.both())
                .run(SYSTEM);
        stream.second().request(1);
        stream.first().sendNext(ByteString.fromString("a\nb"));
        assertThat(LineEvents.of(List.of(stream.second().expectNext()))).containsExactly("0=a");

        stream.first().sendComplete();
        stream.second().expectNoMessage();

        stream.second().request(1);
        assertThat(LineEvents.of(List.of(stream.second().expectNext()))).containsExactly("2=b");
        stream.second().expectComplete();
    }

    @Test
    void namesTheOriginInEveryChunk() throws Exception {
        List<TextChunk> chunks = Source.from(List.of(ByteString.fromString("a\nbbbb"), ByteString.fromString("\n")))
                .via(LineChunks.flow(ORIGIN, 3))
                .runWith(Sink.seq(), SYSTEM)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        assertThat(chunks)
                .hasSize(2)
                .allSatisfy(chunk -> assertThat(chunk.origin()).isEqualTo(ORIGIN));
        assertThat(chunks.get(1).rejected())
                .singleElement()
                .satisfies(line -> assertThat(line.origin()).isEqualTo(ORIGIN));
    }

    @Test
    void startsAfreshEachTimeItRuns() throws Exception {
        Source<TextChunk, NotUsed> lines =
                Source.single(ByteString.fromString("a\nb")).via(LineChunks.flow(ORIGIN, 10));

        for (int run = 0; run < 2; run++) {
            List<TextChunk> chunks =
                    lines.runWith(Sink.seq(), SYSTEM).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(LineEvents.of(chunks)).containsExactly("0=a", "2=b");
        }
    }

    @Test
    void refusesALimitThatIsNone() {
        assertThatThrownBy(() -> LineChunks.flow(ORIGIN, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxLineBytes must be in 1..1073741824, but is 0");
        assertThatThrownBy(() -> LineChunks.flow(ORIGIN, Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> run(List<ByteString> segments, int maxLineBytes, boolean fails) throws Exception {
        List<TextChunk> chunks = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        Source<ByteString, NotUsed> bytes = Source.from(segments);
        Source<ByteString, NotUsed> broken = bytes.map(Optional::of)
                .concatLazy(Source.single(Optional.empty()))
                .map(segment -> segment.orElseThrow(() -> new EOFException("reset")));

        (fails ? broken : bytes)
                .via(LineChunks.flow(
                        ORIGIN,
                        maxLineBytes,
                        line -> dropped.add(LineEvents.dropped(line.position(), line.droppedBytes()))))
                .runForeach(chunks::add, SYSTEM)
                .exceptionally(failure -> akka.Done.getInstance())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        List<String> events = LineEvents.of(chunks);
        events.addAll(dropped);
        return events;
    }

    private static byte[] randomText(Random random, int maxLineBytes) {
        byte[] bytes = new byte[random.nextInt(4000)];
        random.nextBytes(bytes);
        int newlinesIn = 1 + random.nextInt(Math.min(2 * maxLineBytes, 3000));
        for (int i = 0; i < bytes.length; i++) {
            int kind = random.nextInt(newlinesIn + 1);
            if (kind == 0) {
                bytes[i] = '\n';
            } else if (bytes[i] == '\n' || random.nextInt(5) == 0) {
                bytes[i] = '\r';
            }
        }
        return bytes;
    }

    private static List<ByteString> randomSegments(Random random, byte[] bytes) {
        int longest = 1 + random.nextInt(random.nextBoolean() ? 5 : 3000);
        List<ByteString> segments = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(bytes.length - from, random.nextInt(longest + 1));
            ByteString segment = ByteString.fromArray(bytes, from, length);
            ByteString slice = ByteString.fromArray(bytes).drop(from).take(length);
            int cut = length / 2;
            switch (random.nextInt(3)) {
                case 0 -> segments.add(segment);
                case 1 -> segments.add(slice);
                default -> segments.add(segment.take(cut).concat(slice.drop(cut)));
            }
            from += length;
        }
        return segments;
    }
}
