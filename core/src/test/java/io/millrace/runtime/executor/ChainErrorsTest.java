// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.TextBlock;
import io.millrace.stream.DStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of records that the fused operators of level 0 fail on. */
class ChainErrorsTest extends ChainFixture {

    @Test
    void aFailureNamesTheRecordAndItsPlace() throws Exception {
        DStream<String> mapped = input().map(ChainFixture::explodeOnB).named("likes");
        output(mapped);

        TaskResult result = run(
                text(0, "a\n".getBytes(StandardCharsets.UTF_8)), text(1, "c\nb\nd\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(mapped.node());
            assertThat(failure.cause()).isInstanceOf(IllegalStateException.class);
            assertThat(failure.failed())
                    .isEqualTo(new FailedRecord(
                            BATCH,
                            "input-0-0-1",
                            1,
                            "10.0.0.1:5 byte 702",
                            "likes",
                            graph.node(mapped.node()).callSite().toString(),
                            "b",
                            "java.lang.IllegalStateException: I don't like\\nb"));
        });
    }

    @Test
    void recordsThatAreSkippedAreCountedAndTheRestGoesOn() throws Exception {
        int out = output(input().map(ChainFixture::explodeOnB).onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\nb\nc\nb\n"));

        assertThat(collected(result, out)).containsExactly("a", "c");
        assertThat(result.totals().skipped()).isEqualTo(2);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void recordsThatAreSetAsideComeOutAsDeadLetters() throws Exception {
        DStream<String> mapped = input().map(ChainFixture::explodeOnB).onError(ErrorPolicy.DEAD_LETTER);
        int out = output(mapped);
        int dead = output(mapped.deadLetters()
                .map(letter -> letter.record() + "@" + letter.failed().ordinal()));

        TaskResult result = run(text("a\nb\nc\n"));

        assertThat(collected(result, out)).containsExactly("a", "c");
        assertThat(collected(result, dead)).containsExactly("b@1");
        assertThat(result.totals().deadLetters()).isEqualTo(1);
    }

    @Test
    void deadLettersThatNobodyWantsAreCountedOnly() throws Exception {
        output(input().map(ChainFixture::explodeOnB).onError(ErrorPolicy.DEAD_LETTER));

        TaskResult result = run(text("b\n"));

        assertThat(result.totals().deadLetters()).isEqualTo(1);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void anOperatorOnDeadLettersThatFailsFailsOnce() throws Exception {
        DStream<String> mapped = input().map(ChainFixture::explodeOnB).onError(ErrorPolicy.DEAD_LETTER);
        int out = output(mapped);
        DStream<Object> bad = mapped.deadLetters().map(letter -> {
            throw new UnsupportedOperationException();
        });
        output(bad);

        TaskResult result = run(text("b\na\nb\nb\n"));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.node()).isEqualTo(bad.node()));
        assertThat(collected(result, out)).containsExactly("a");
    }

    @Test
    void aBranchThatFailsDoesNotStopTheOthers() throws Exception {
        DStream<String> lines = input();
        int good = output(lines.map(line -> line + "!"));
        DStream<String> bad = lines.map(ChainFixture::explodeOnB);
        output(bad);

        TaskResult result = run(text("a\nb\nc\nb\n"));

        assertThat(collected(result, good)).containsExactly("a!", "b!", "c!", "b!");
        assertThat(result.failures()).extracting(NodeFailure::node).containsExactly(bad.node());
    }

    @Test
    void anInputWhoseOnlyBranchFailedIsReadNoFurther() throws Exception {
        List<String> called = new ArrayList<>();
        output(input().map(line -> {
            called.add(line);
            return explodeOnB(line);
        }));

        TaskResult result = run(text("a\nb\nc\n"), text("d\n"));

        assertThat(called).containsExactly("a", "b");
        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void anExceptionWhoseTextCannotBeMadeIsToldAllTheSame() throws Exception {
        output(input().map(line -> {
            throw new RuntimeException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message");
                }
            };
        }));

        TaskResult result = run(text("a\n"));

        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.failed().cause())
                        .contains("whose toString throws java.lang.IllegalStateException"));
    }

    @Test
    void aStackThatOverflowsIsAnErrorOfTheRecord() throws Exception {
        int out = output(input().map(ChainErrorsTest::endless).onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\n"));

        assertThat(collected(result, out)).isEmpty();
        assertThat(result.totals().skipped()).isEqualTo(1);
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String endless(String line) {
        return endless(line) + line;
    }

    @Test
    void whenMemoryRunsOutNoPolicyApplies() {
        output(input().map(line -> {
                    throw new OutOfMemoryError("not really");
                })
                .onError(ErrorPolicy.SKIP));

        assertThatThrownBy(() -> run(text("a\n"))).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aFunctionThatIteratesAndFailsKeepsWhatItHadGiven() throws Exception {
        int out = output(input().flatMap(line -> lazily(List.of(1, 2, 0, 4), divisor -> 4 / divisor))
                .onError(ErrorPolicy.SKIP));

        TaskResult result = run(text("a\n"));

        assertThat(collected(result, out)).containsExactly(4, 2);
        assertThat(result.totals().skipped()).isEqualTo(1);
    }

    /** A list whose elements are made when they are asked for. */
    private static List<Integer> lazily(List<Integer> numbers, UnaryOperator<Integer> function) {
        return new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return function.apply(numbers.get(index));
            }

            @Override
            public int size() {
                return numbers.size();
            }
        };
    }

    @Test
    void aKeyWithoutAStableHashFailsAtItsRecord() throws Exception {
        DStream<Pair<Object, Long>> counts = input().<Object>map(line -> line.equals("b") ? new Object() : line)
                .countByValue();
        counts.output(new End<>("end", 10));

        TaskResult result = run(text("a\nb\n"));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(counts.node());
            assertThat(failure.failed().cause()).contains("java.lang.Object has none");
            assertThat(failure.failed().ordinal()).isEqualTo(1);
        });
    }

    @Test
    void aFoldThatFailsNamesTheRecordAndNotALaterOne() throws Exception {
        DStream<Pair<String, Integer>> sums = input().mapToPair(line -> Pair.of("k", Integer.parseInt(line)))
                .reduceByKey((left, right) -> {
                    if (right == 3) {
                        throw new ArithmeticException("three");
                    }
                    return left + right;
                });
        sums.output(new End<>("end", 10));

        TaskResult result = run(text("1\n2\n3\n4\n5\n"));

        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.node()).isEqualTo(sums.node());
            assertThat(failure.failed().record()).isEqualTo("(k,3)");
            assertThat(failure.failed().ordinal()).isEqualTo(2);
            assertThat(failure.failed().position()).isEqualTo("10.0.0.1:5 byte 704");
        });
    }

    /** Once there are thousands of keys, records are noted first and folded together: that must not blur where an error was. */
    @Test
    void aFoldOverManyKeysNamesTheRecordThatFailsAllTheSame() throws Exception {
        DStream<Pair<String, Integer>> sums = input().mapToPair(line -> Pair.of(line, 1))
                .reduceByKey((left, right) -> {
                    if (left == 2) {
                        throw new ArithmeticException("three of a kind");
                    }
                    return left + right;
                })
                .onError(ErrorPolicy.DEAD_LETTER);
        sums.output(new End<>("end", 10));
        int dead = output(sums.deadLetters());
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            many.append('k').append(10_000 + i).append('\n');
        }
        TextBlock keys = text(0, many.toString().getBytes(StandardCharsets.UTF_8));
        TextBlock thrice = text(1, "k10007\nk10008\nk10007\nk10009\n".getBytes(StandardCharsets.UTF_8));

        TaskResult result = run(keys, thrice);

        assertThat(collected(result, dead)).singleElement().isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.record()).isEqualTo(Pair.of("k10007", 1));
            assertThat(letter.failed().block()).isEqualTo("input-0-0-1");
            assertThat(letter.failed().ordinal()).isEqualTo(2);
            assertThat(letter.failed().position()).isEqualTo("10.0.0.1:5 byte 714");
        });
        assertThat(result.shuffles().stream()
                        .mapToInt(shuffle -> shuffle.rows().size())
                        .sum())
                .isEqualTo(10_000);
    }
}
