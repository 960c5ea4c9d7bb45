// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.record.MapOperator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DStreamTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final StreamGraph graph = new StreamGraph(SECOND);
    private final DStream<String> lines = stream(graph);

    private static DStream<String> stream(StreamGraph graph) {
        return new DStream<>(
                graph, graph.add(new MapOperator<String, String>("lines", line -> line), List.of()), graph.interval());
    }

    private StreamNode node(DStream<?> stream) {
        return graph.node(stream.node());
    }

    @Test
    void everyShortcutAddsOneOperatorOfItsName() {
        PairDStream<String, Long> pairs = lines.mapToPair(line -> Pair.of(line, 1L));
        List<DStream<?>> streams = List.of(
                lines.map(String::length),
                lines.flatMap(line -> List.of(line)),
                lines.filter(String::isEmpty),
                pairs,
                pairs.mapValues(value -> value + 1),
                pairs.reduceByKey(Long::sum),
                pairs.updateStateByKey((values, state) -> state),
                lines.reduce(String::concat),
                lines.count(),
                lines.countByValue(),
                lines.union(lines),
                lines.window(SECOND),
                lines.countByWindow(SECOND, SECOND),
                lines.countByValueAndWindow(SECOND, SECOND),
                lines.reduceByWindow(String::concat, SECOND, SECOND),
                pairs.reduceByKeyAndWindow(Long::sum, SECOND),
                pairs.reduceByKeyAndWindow(Long::sum, (sum, left) -> sum - left, SECOND, SECOND),
                pairs.groupByKeyAndWindow(SECOND));

        assertThat(streams)
                .extracting(stream -> node(stream).operator().kind())
                .containsExactly(
                        "map",
                        "flatMap",
                        "filter",
                        "mapToPair",
                        "mapValues",
                        "reduceByKey",
                        "updateStateByKey",
                        "reduce",
                        "count",
                        "countByValue",
                        "union",
                        "window",
                        "countByWindow",
                        "countByValueAndWindow",
                        "reduceByWindow",
                        "reduceByKeyAndWindow",
                        "reduceByKeyAndWindow",
                        "groupByKeyAndWindow");
        assertThat(graph.nodes()).hasSize(1 + streams.size());
    }

    @Test
    void aNameAndAPolicyBelongToTheOperatorJustApplied() {
        DStream<Integer> lengths = lines.map(String::length).named("lengths").onError(ErrorPolicy.SKIP);

        assertThat(node(lengths).name()).isEqualTo("lengths");
        assertThat(node(lengths).errors()).isEqualTo(ErrorPolicy.SKIP);
        assertThat(node(lines).errors()).isEqualTo(ErrorPolicy.FAIL);
    }

    @Test
    void aStreamOfPairsStaysOne() {
        PairDStream<String, Long> pairs = lines.mapToPair(line -> Pair.of(line, 1L));

        PairDStream<String, Long> same = pairs.filter(pair -> true)
                .union(pairs)
                .window(SECOND)
                .window(SECOND, SECOND)
                .named("pairs")
                .onError(ErrorPolicy.SKIP);

        assertThat(node(same).name()).isEqualTo("pairs");
    }

    @Test
    void aWindowHasItsOwnSlide() {
        DStream<String> window = lines.window(Duration.ofSeconds(6), Duration.ofSeconds(3));

        assertThat(window.slide()).isEqualTo(Duration.ofSeconds(3));
        assertThat(window.count().slide()).isEqualTo(Duration.ofSeconds(3));
        assertThat(window.window(Duration.ofSeconds(6)).slide()).isEqualTo(Duration.ofSeconds(3));
        assertThat(window.deadLetters().slide()).isEqualTo(SECOND);
    }

    @Test
    void aWindowThatIsNotAMultipleOfTheSlideIsRefused() {
        DStream<String> slow = lines.window(Duration.ofSeconds(2), Duration.ofSeconds(2));

        assertThatThrownBy(() -> slow.window(Duration.ofSeconds(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The window's length must be a positive multiple of the slide of its parent (2000 ms), but is"
                                + " 3000 ms");
        assertThatThrownBy(() -> lines.window(SECOND, Duration.ofMillis(1_500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The window's slide")
                .hasMessageContaining("1500 ms");
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(1)}) {
            assertThatThrownBy(() -> lines.window(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> lines.window(SECOND.plusNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("but is PT1.000000001S");
        assertThatThrownBy(() -> lines.window(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void streamsOfDifferentContextsCannotBeUnited() {
        DStream<String> foreign = stream(new StreamGraph(SECOND));

        assertThatThrownBy(() -> lines.union(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Streams of different contexts cannot be united");
    }

    @Test
    void streamsOfDifferentSlidesCannotBeUnited() {
        DStream<String> slow = lines.window(Duration.ofSeconds(2), Duration.ofSeconds(2));

        assertThatThrownBy(() -> lines.union(slow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Streams to be united must have the same slide, but have 1000 ms and 2000 ms");
    }

    @Test
    void printingFewerThanNoRecordsIsRefused() {
        assertThatThrownBy(() -> lines.print(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThat(graph.nodes()).as("nothing was registered").hasSize(1);
    }

    @Test
    void afterTheStartNothingCanBeAdded() {
        graph.freeze();

        assertThatThrownBy(() -> lines.map(String::trim)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(lines::print).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lines.named("late")).isInstanceOf(IllegalStateException.class);
    }
}
