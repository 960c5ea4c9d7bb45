// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.stream.javadsl.Source;
import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.SourceOperator;
import io.millrace.operator.output.PrintFormat;
import io.millrace.operator.output.PrintOperator;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.stream.CallSite;
import io.millrace.stream.DStream;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StateSpec;
import io.millrace.stream.StreamGraph;
import io.millrace.stream.StreamNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final BatchTime ZERO = new BatchTime(0);

    private record Nothing() implements Receiver<String> {
        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Feed<String> open(ReceiverContext context) {
            return Feed.lines(Source.empty());
        }
    }

    private final StreamGraph graph = new StreamGraph(Duration.ofSeconds(1));

    private DStream<String> input() {
        return new DStream<>(
                graph,
                graph.add(new SourceOperator<>(new Nothing(), OptionalInt.empty()), List.of()),
                graph.interval());
    }

    private static PairDStream<String, Long> ones(DStream<String> lines) {
        return lines.mapToPair(word -> Pair.of(word, 1L));
    }

    private static PairDStream<String, Long> totals(PairDStream<String, Long> counts) {
        return counts.updateStateByKey((values, total) -> Optional.of(
                total.orElse(0L) + values.stream().mapToLong(Long::longValue).sum()));
    }

    private PhysicalPlan plan() {
        return PhysicalPlan.of(graph.nodes(), 1_000);
    }

    private PlanNode planned(DStream<?> stream) {
        return plan().node(stream.node());
    }

    // ---- attached outputs ----

    @Test
    void anOutputThatIsAttachedDependsOnItsStreamAndChangesNothingElse() {
        DStream<String> words = input().window(Duration.ofSeconds(4), Duration.ofSeconds(2));
        PairDStream<String, Long> counts = words.countByValue();
        counts.print();
        PhysicalPlan plan = plan();
        int first = plan.nodes().size();

        PhysicalPlan with = plan.with(List.of(
                new StreamNode(
                        first,
                        "a",
                        new PrintOperator<>(PrintFormat.SPARK, System.out),
                        List.of(words.node()),
                        new CallSite("X.java", 1),
                        ErrorPolicy.FAIL),
                new StreamNode(
                        first + 1,
                        "b",
                        new PrintOperator<>(PrintFormat.SPARK, System.out),
                        List.of(words.node()),
                        new CallSite("X.java", 2),
                        ErrorPolicy.FAIL)));

        assertThat(with.outputs()).extracting(PlanNode::id).containsExactly(first - 1, first, first + 1);
        assertThat(with.withDependants(List.of(words.node()))).contains(first, first + 1);
        assertThat(with.withDependants(List.of(counts.node()))).doesNotContain(first, first + 1);
        assertThat(with.withDependants(List.of(first))).containsExactly(first);
        assertThat(with.node(first).slide()).isEqualTo(2);
        assertThat(with.node(first).levels()).isEqualTo(plan.node(words.node()).levels());
        assertThat(with.levels()).isEqualTo(plan.levels());
        assertThat(plan.outputs()).hasSize(1);
        assertThat(plan.node(words.node()).consumers()).hasSize(1);
    }

    // ---- levels and exchanges ----

    @Test
    void snapshotsOfAStateLieWhereTheirKeysAreAndMappedValuesDoNot() {
        MapWithStateDStream<String, Long, Pair<String, Long>> states = ones(input())
                .mapWithState(StateSpec.function((time, word, one, state) -> Optional.of(Pair.of(word, 1L))));
        PairDStream<String, Long> ofSnapshots = states.stateSnapshots().reduceByKey(Long::sum);
        PairDStream<String, Long> ofMapped = new PairDStream<>(states).reduceByKey(Long::sum);

        assertThat(planned(ofSnapshots).exchanged()).isFalse();
        assertThat(planned(ofSnapshots).levels()).containsExactly(1);
        assertThat(planned(ofMapped).exchanged()).isTrue();
        assertThat(planned(ofMapped).levels()).containsExactly(2);
    }

    @Test
    void aBatchWithoutRecordsIsWorkedOnWhereThereIsAnInitialState() {
        PairDStream<String, Long> pairs = ones(input());
        pairs.<Long>updateStateByKey((values, total) -> total);
        assertThat(plan().worksOnNothing()).isFalse();

        pairs.<Long>updateStateByKey((values, total) -> total, List.of(Pair.of("a", 1L)));
        assertThat(plan().worksOnNothing()).isTrue();
    }

    @Test
    void nothingIsRememberedOfNothingUnlessAStateLiesBehindACount() {
        PairDStream<String, Long> totals = ones(input()).<Long>updateStateByKey((values, total) -> total);
        DStream<Long> count = totals.count();
        assertThat(plan().worksOnNothing()).isTrue();
        assertThat(plan().remembersNothing()).isTrue();

        count.mapToPair(number -> Pair.of(number, 1L)).<Long>updateStateByKey((values, total) -> total);
        assertThat(plan().remembersNothing()).isFalse();
    }

    @Test
    void whatLooksAtOneRecordRunsWhereTheRecordIs() {
        DStream<String> lines = input();
        DStream<Integer> lengths = lines.filter(line -> !line.isEmpty()).map(String::length);
        lengths.print();

        assertThat(plan().levels()).isEqualTo(1);
        assertThat(plan().nodes()).allMatch(node -> node.levels().equals(java.util.Set.of(0)) && !node.exchanged());
        assertThat(plan().isStateful()).isFalse();
        assertThat(plan().sources()).extracting(PlanNode::id).containsExactly(lines.node());
        assertThat(plan().outputs()).hasSize(1);
    }

    @Test
    void byKeyAnExchangeBeginsALevel() {
        PairDStream<String, Long> counts = ones(input()).reduceByKey(Long::sum);
        counts.print();

        assertThat(plan().levels()).isEqualTo(2);
        assertThat(planned(counts).exchanged()).isTrue();
        assertThat(planned(counts).levels()).containsExactly(1);
        assertThat(plan().rootsOf(1)).extracting(PlanNode::id).containsExactly(counts.node());
        assertThat(plan().outputs().get(0).levels()).containsExactly(1);
    }

    @Test
    void whatIsByKeyAlreadyIsNotExchangedAgain() {
        PairDStream<String, Long> counts = ones(input()).reduceByKey(Long::sum);
        PairDStream<String, Long> totals = totals(counts);
        totals.print();

        assertThat(plan().levels()).isEqualTo(2);
        assertThat(planned(totals).exchanged()).isFalse();
        assertThat(planned(totals).levels()).containsExactly(1);
        assertThat(planned(totals).isStateful()).isTrue();
        assertThat(plan().isStateful()).isTrue();
    }

    @Test
    void whatKeepsKeysKeepsThePartition() {
        PairDStream<String, Long> counts = ones(input()).reduceByKey(Long::sum);
        PairDStream<String, Long> kept = counts.mapValues(count -> count + 1).filter(pair -> pair.value() > 1);
        PairDStream<String, Long> again = kept.reduceByKey(Long::sum);

        assertThat(planned(again).exchanged()).isFalse();
    }

    @Test
    void whatMakesNewKeysIsExchangedAgain() {
        PairDStream<String, Long> counts = ones(input()).reduceByKey(Long::sum);
        PairDStream<Long, Long> byCount = counts.mapToPair(pair -> Pair.of(pair.value(), 1L));
        PairDStream<Long, Long> again = byCount.reduceByKey(Long::sum);

        assertThat(planned(again).exchanged()).isTrue();
        assertThat(planned(again).levels()).containsExactly(2);
        assertThat(plan().levels()).isEqualTo(3);
    }

    @Test
    void allInOneIsAlwaysExchanged() {
        DStream<Long> count = ones(input()).reduceByKey(Long::sum).count();
        DStream<Long> countOfCounts = count.count();

        assertThat(planned(count).levels()).containsExactly(2);
        assertThat(planned(countOfCounts).levels()).containsExactly(3);
        assertThat(planned(countOfCounts).exchanged()).isTrue();
    }

    @Test
    void afterAllInOneAKeyIsNotWhereItShouldBe() {
        PairDStream<Long, Long> byValue = input().count().countByValue();

        assertThat(planned(byValue).exchanged()).isTrue();
    }

    @Test
    void aWindowOnAnInputIsExchangedSoThatItsRecordsHaveAPartition() {
        DStream<String> window = input().window(Duration.ofSeconds(3));

        assertThat(planned(window).exchanged()).isTrue();
        assertThat(planned(window).levels()).containsExactly(1);
    }

    @Test
    void aWindowOnPartitionsStaysWhereItIs() {
        DStream<Pair<String, Long>> window =
                ones(input()).reduceByKey(Long::sum).window(Duration.ofSeconds(3));

        assertThat(planned(window).exchanged()).isFalse();
        assertThat(planned(window).levels()).containsExactly(1);
    }

    // ---- unions ----

    @Test
    void aUnionOfOneLevelIsAtThatLevel() {
        DStream<String> union = input().union(input());

        assertThat(planned(union).levels()).containsExactly(0);
        assertThat(plan().sources()).hasSize(2);
    }

    @Test
    void aUnionAcrossLevelsIsAtAllOfThem() {
        PairDStream<String, Long> ones = ones(input());
        PairDStream<String, Long> union = ones.union(ones.reduceByKey(Long::sum));
        PairDStream<String, Long> sums = union.reduceByKey(Long::sum);

        assertThat(planned(union).levels()).containsExactlyInAnyOrder(0, 1);
        assertThat(planned(sums).exchanged())
                .as("half of its records are not where they should be")
                .isTrue();
        assertThat(planned(sums).levels()).containsExactly(2);
    }

    @Test
    void aUnionOfWhatIsByKeyIsByKey() {
        PairDStream<String, Long> one = ones(input()).reduceByKey(Long::sum);
        PairDStream<String, Long> other = ones(input()).reduceByKey(Long::sum);
        PairDStream<String, Long> sums = one.union(other).reduceByKey(Long::sum);

        assertThat(planned(sums).exchanged()).isFalse();
    }

    @Test
    void aUnionWithItselfTakesEveryRecordTwice() {
        DStream<String> lines = input();
        DStream<String> twice = lines.union(lines);

        assertThat(planned(lines).consumers())
                .containsExactly(new PlanNode.Consumer(twice.node(), 0), new PlanNode.Consumer(twice.node(), 1));
    }

    // ---- dead letters ----

    @Test
    void deadLettersComeAfterEverythingElse() {
        DStream<String> lines = input();
        PairDStream<String, Long> counts = ones(lines).reduceByKey(Long::sum).onError(ErrorPolicy.DEAD_LETTER);
        DStream<Long> dead = lines.deadLetters().count();
        dead.print();
        counts.count().print();

        PlanNode letters = plan().node(graph.deadLetters());
        assertThat(letters.levels()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(planned(dead).levels()).containsExactly(3);
    }

    @Test
    void whatWorksOnDeadLettersCannotMakeThem() {
        DStream<String> lines = input();
        lines.deadLetters().map(letter -> letter.record()).named("again").onError(ErrorPolicy.DEAD_LETTER);

        assertThatThrownBy(this::plan)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("again defined at PlannerTest.java:")
                .hasMessageContaining("use SKIP or FAIL");
    }

    @Test
    void whatWorksOnDeadLettersMaySkip() {
        DStream<String> lines = input();
        lines.deadLetters()
                .map(letter -> letter.record())
                .onError(ErrorPolicy.SKIP)
                .print();

        assertThat(plan().levels()).isEqualTo(1);
    }

    // ---- slides ----

    @Test
    void slidesMultiply() {
        DStream<String> slow = input().window(Duration.ofSeconds(4), Duration.ofSeconds(2));
        DStream<Long> slower =
                slow.window(Duration.ofSeconds(6), Duration.ofSeconds(6)).count();
        DStream<String> fast = input();

        assertThat(planned(slow).slide()).isEqualTo(2);
        assertThat(planned(slower).slide()).isEqualTo(6);
        assertThat(planned(fast).slide()).isEqualTo(1);
        assertThat(plan().parentSlideMillis(planned(slow))).isEqualTo(1_000);
        assertThat(plan().parentSlideMillis(plan().node(slow.node() + 1))).isEqualTo(2_000);
        assertThat(plan().parentSlideMillis(planned(fast))).isEqualTo(1_000);
    }

    @Test
    void aStreamHasABatchEverySlideSinceTheStart() {
        DStream<String> slow = input().window(Duration.ofSeconds(4), Duration.ofSeconds(2));
        DStream<Long> count = slow.count();
        BatchTime zero = new BatchTime(7_000);
        PhysicalPlan plan = plan();

        assertThat(plan.hasBatch(planned(slow), new BatchTime(8_000), zero)).isFalse();
        assertThat(plan.hasBatch(planned(slow), new BatchTime(9_000), zero)).isTrue();
        assertThat(plan.parentsHaveBatch(planned(slow), new BatchTime(8_000), zero))
                .isTrue();
        assertThat(plan.parentsHaveBatch(planned(count), new BatchTime(8_000), zero))
                .isFalse();
        assertThat(plan.mayBeSkipped(new BatchTime(8_000), zero)).isTrue();
        assertThat(plan.mayBeSkipped(new BatchTime(9_000), zero)).isFalse();
    }

    @Test
    void withoutSlidesEveryBatchMayBeSkipped() {
        input().window(Duration.ofSeconds(3)).print();

        assertThat(plan().mayBeSkipped(new BatchTime(1_000), ZERO)).isTrue();
    }

    // ---- what depends on what ----

    @Test
    void whatDependsOnAFailedOperatorFailsWithIt() {
        DStream<String> lines = input();
        DStream<String> good = lines.map(String::trim);
        PairDStream<String, Long> counts = ones(lines).reduceByKey(Long::sum);
        PairDStream<String, Long> totals = totals(counts);
        totals.print();
        good.print();
        int printTotals = totals.node() + 1;

        assertThat(plan().withDependants(List.of(counts.node())))
                .containsExactly(counts.node(), totals.node(), printTotals);
        assertThat(plan().withDependants(List.of())).isEmpty();
        assertThat(plan().withDependants(List.of(lines.node())))
                .hasSize(graph.nodes().size());
    }

    @Test
    void ifTheWholeBatchFailedEverythingFails() {
        input().map(String::trim).print();

        assertThat(plan().withDependants(List.of(-1))).containsExactly(0, 1, 2);
    }

    @Test
    void outputsKeepTheOrderInWhichTheyWereRegistered() {
        DStream<String> lines = input();
        lines.map(String::trim).print();
        lines.print();
        lines.count().print();

        assertThat(plan().outputs())
                .extracting(node -> node.node().name())
                .containsExactly("print-1", "print-2", "print-3");
    }
}
