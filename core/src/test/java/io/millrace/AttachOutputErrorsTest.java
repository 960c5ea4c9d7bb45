// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be attached, and what becomes of attached outputs that fail or whose streams do. */
class AttachOutputErrorsTest {

    private final BatchHarness harness = BatchHarness.create("attach-errors");
    private final ScriptedInput<String> input = harness.input();
    private final DStream<String> words = harness.stream(input);

    @AfterEach
    void close() {
        harness.close();
    }

    /** Refuses batches with this record. */
    private static final class Choosy implements OutputOperator<String> {
        private final CollectedOutput<String> taken = new CollectedOutput<>();

        @Override
        public String kind() {
            return "choosy";
        }

        @Override
        public void write(BatchTime time, List<String> records) {
            if (records.contains("poison")) {
                throw new IllegalStateException("not this");
            }
            taken.write(time, records);
        }

        @Override
        public void close() {
            throw new IllegalStateException("cannot be closed");
        }
    }

    private BatchInfo run(String... records) {
        input.add(records);
        return harness.runBatch();
    }

    // ---- failures ----

    @Test
    void failsByItselfIsReportedAndGoesOn() {
        CollectedOutput<String> registered = harness.collect(words);
        harness.start();
        Choosy choosy = new Choosy();
        CollectedOutput<String> other = new CollectedOutput<>();
        AttachedOutput unused = harness.context().attach("choosy", words, choosy);
        AttachedOutput unusedToo = harness.context().attach("other", words, other);

        BatchInfo first = run("a", "poison");
        BatchInfo second = run("b");

        assertThat(first.outputs())
                .extracting(OutputInfo::name, output -> output.failure().isPresent())
                .containsExactly(tuple("collected-1", false), tuple("choosy", true), tuple("other", false));
        assertThat(harness.events().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .startsWith("choosy (AttachOutputErrorsTest.java:")
                        .contains("failed in batch 1000 ms on 2 records", "not this"));
        assertThat(second.succeeded()).isTrue();
        assertThat(choosy.taken.all()).containsExactly("b");
        assertThat(other.all()).containsExactly("a", "poison", "b");
        assertThat(registered.all()).containsExactly("a", "poison", "b");
        assertThatThrownBy(() -> harness.context().awaitTermination(Duration.ZERO))
                .isInstanceOf(BatchFailedException.class)
                .hasMessageContaining("choosy");
    }

    @Test
    void failsWithTheOperatorItsStreamComesFromAndOnlyWithThat() {
        DStream<Integer> numbers = words.map(Integer::parseInt).named("parse");
        CollectedOutput<Integer> doubled = harness.collect(numbers.map(number -> 2 * number));
        harness.start();
        CollectedOutput<String> ofWords = new CollectedOutput<>();
        CollectedOutput<Integer> ofNumbers = new CollectedOutput<>();
        AttachedOutput unused = harness.context().attach(words, ofWords);
        AttachedOutput unusedToo = harness.context().attach(numbers, ofNumbers);

        BatchInfo first = run("1", "two", "3");
        run("4");

        assertThat(first.outputs())
                .extracting(output -> output.failure().isPresent())
                .containsExactly(true, false, true);
        assertThat(first.outputs().get(2).failure().orElseThrow()).contains("parse", "NumberFormatException");
        assertThat(ofWords.all()).containsExactly("1", "two", "3", "4");
        assertThat(ofNumbers.all()).containsExactly(4);
        assertThat(doubled.all()).containsExactly(8);
    }

    @Test
    void changesNothingOfTheStateThatAFailedOperatorTakesBack() {
        DStream<String> checked = words.map(word -> {
            if (word.equals("poison")) {
                throw new IllegalStateException("refused");
            }
            return word;
        });
        harness.collect(checked.mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()))
                .named("totals"));
        harness.start();
        run("a");
        AttachedOutput unused = harness.context().attach(checked, new CollectedOutput<>());
        AttachedOutput unusedToo = harness.context().attach(words, new CollectedOutput<>());
        run("a", "poison", "b");
        run("a");

        assertThat(harness.<String, Long>state("totals")).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void failsAsLongAsItsWindowHoldsABatchThatWasLost() {
        DStream<String> checked = words.map(word -> {
            if (word.equals("poison")) {
                throw new IllegalStateException("refused");
            }
            return word;
        });
        DStream<String> window = checked.window(Duration.ofSeconds(2));
        CollectedOutput<String> registered = harness.collect(window);
        harness.start();
        run("a");
        run("poison");

        CollectedOutput<String> attached = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(window, attached);
        BatchInfo held = run("b");
        run("c");
        var unused = handle.detach();
        run("d");

        assertThat(held.outputs()).allMatch(output -> output.failure().isPresent());
        assertThat(attached.times()).containsExactly(4000L);
        assertThat(attached.at(4000)).containsExactlyInAnyOrder("b", "c");
        assertThat(registered.times()).containsExactly(1000L, 4000L, 5000L);
    }

    @Test
    void keepsNothingFromGoingOnWhenItCannotBeClosed() {
        CollectedOutput<String> registered = harness.collect(words);
        harness.start();
        Choosy detached = new Choosy();
        CollectedOutput<String> last = new CollectedOutput<>();
        AttachedOutput handle = harness.context().attach(words, detached);
        AttachedOutput unused = harness.context().attach(words, new Choosy());
        AttachedOutput unusedToo = harness.context().attach(words, last);
        run("a");

        var seen = handle.detach().toCompletableFuture();
        run("b");
        harness.stop();

        assertThat(seen).isCompletedWithValue(Optional.of(new BatchTime(1000)));
        assertThat(registered.isClosed()).isTrue();
        assertThat(last.isClosed()).isTrue();
        assertThat(last.all()).containsExactly("a", "b");
        assertThat(harness.report().orElseThrow().complete()).isTrue();
    }

    // ---- what is refused ----

    @Test
    void isAttachedToARunningJobOnly() {
        harness.collect(words);
        assertThatThrownBy(() -> harness.context().attach(words, new CollectedOutput<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Only a running job can be changed, but this one is INITIALIZED");

        harness.start();
        harness.stop();
        assertThatThrownBy(() -> harness.context().attach(words, new CollectedOutput<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Only a running job can be changed, but this one is STOPPED");
    }

    @Test
    void isAttachedToAStreamOfItsContextOnly() {
        harness.collect(words);
        harness.start();
        try (BatchHarness other = BatchHarness.create("other")) {
            DStream<String> foreign = other.stream(other.<String>input()).map(word -> word);

            assertThatThrownBy(() -> harness.context().attach(foreign, new CollectedOutput<>()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("An output can be attached to streams of its context only, but map-1 belongs to"
                            + " another one");
        }
    }

    @Test
    void hasANameOfItsOwn() {
        harness.collect(words);
        harness.start();
        AttachedOutput first = harness.context().attach("probe", words, new CollectedOutput<>());

        assertThatThrownBy(() -> harness.context().attach("probe", words, new CollectedOutput<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "The name probe is taken by the output attached at AttachOutputErrorsTest.java:");
        assertThatThrownBy(() -> harness.context().attach("collected-1", words, new CollectedOutput<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The name collected-1 is taken by the operator defined at ");
        assertThatThrownBy(() -> harness.context().attach(" ", words, new CollectedOutput<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The name of an attached output must not be blank");
        assertThat(first).hasToString("probe (AttachOutputErrorsTest.java:" + lineOf(first) + ")");
    }

    private static String lineOf(AttachedOutput output) {
        return output.toString().replaceAll("\\D", "");
    }

    @Test
    void thatCannotSayWhatItIsIsRefusedAndTheJobGoesOn() {
        CollectedOutput<String> registered = harness.collect(words);
        harness.start();
        OutputOperator<String> broken = new OutputOperator<>() {
            @Override
            public String kind() {
                return "broken";
            }

            @Override
            public int limit() {
                throw new IllegalStateException("no limit");
            }

            @Override
            public void write(BatchTime time, List<String> records) {}
        };

        assertThatThrownBy(() -> harness.context().attach("probe", words, broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no limit");
        AttachedOutput unused = harness.context().attach("probe", words, new CollectedOutput<>());
        run("a");

        assertThat(registered.all()).containsExactly("a");
        assertThat(harness.batches().get(0).outputs()).hasSize(2);
    }

    @Test
    void isDetachedOnceHoweverOftenOneSaysSo() {
        harness.collect(words);
        harness.start();
        AttachedOutput first = harness.context().attach("probe", words, new CollectedOutput<>());
        run("a");
        var last = first.detach().toCompletableFuture();
        CollectedOutput<String> second = new CollectedOutput<>();
        AttachedOutput unused = harness.context().attach("probe", words, second);

        var again = first.detach().toCompletableFuture();
        run("b");

        assertThat(last).isCompletedWithValue(Optional.of(new BatchTime(1000)));
        assertThat(again).isCompletedWithValue(Optional.of(new BatchTime(1000)));
        assertThat(second.all()).as("another one of the name is not touched").containsExactly("b");
        assertThat(first.detach().toCompletableFuture()).isDone();
    }

    @Test
    void isOneOfAThousandAtMost() {
        harness.collect(words);
        harness.start();
        AttachedOutput first = harness.context().attach(words, new CollectedOutput<>());
        for (int i = 1; i < AttachedOutputs.MOST; i++) {
            AttachedOutput unused = harness.context().attach(words, new CollectedOutput<>());
        }
        var unused = first.detach();

        assertThatThrownBy(() -> harness.context().attach(words, new CollectedOutput<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("At most 1000 outputs can be attached at once, those included that wait to be closed, but"
                        + " there are 1000");
        run("a");
        assertThat(harness.context().attach(words, new CollectedOutput<>()).name())
                .isEqualTo("attached-collected-1001");
    }
}
