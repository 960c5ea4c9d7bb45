// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Operator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamGraphTest {

    private record Kind(String kind) implements Operator {}

    private final StreamGraph graph = new StreamGraph(Duration.ofSeconds(1));

    private int add(String kind, Integer... parents) {
        return graph.add(new Kind(kind), List.of(parents));
    }

    @Test
    void nodesAreNumberedInOrderSoThatParentsComeFirst() {
        int input = add("receiver");
        int map = add("map", input);

        assertThat(graph.nodes()).extracting(StreamNode::id).containsExactly(0, 1);
        assertThat(graph.node(map).parents()).containsExactly(input);
        assertThat(graph.node(map).errors()).isEqualTo(ErrorPolicy.FAIL);
    }

    @Test
    void anOperatorIsNamedByItsKindAndHowOftenThatOccurs() {
        add("receiver");
        add("map");
        add("map");

        assertThat(graph.nodes()).extracting(StreamNode::name).containsExactly("receiver-1", "map-1", "map-2");
    }

    @Test
    void aNameOfOnesOwnMustNotBeTaken() {
        int first = add("map");
        int second = add("map");
        graph.rename(first, "words");

        assertThatThrownBy(() -> graph.rename(second, "words"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The name words is taken by the operator defined at ")
                .hasMessageContaining(graph.node(first).callSite().toString());
        assertThatThrownBy(() -> graph.rename(first, "map-2")).isInstanceOf(IllegalArgumentException.class);
        graph.rename(first, "words");
        assertThat(graph.node(first).name()).isEqualTo("words");
    }

    @Test
    void aDefaultNameNeverCollidesWithOneThatWasGiven() {
        int first = add("map");
        graph.rename(first, "map-2");

        int second = add("map");

        assertThat(graph.node(second).name()).isNotEqualTo("map-2");
        assertThat(graph.nodes()).extracting(StreamNode::name).doesNotHaveDuplicates();
    }

    @Test
    void aBlankNameIsRefused() {
        int node = add("map");

        assertThatThrownBy(() -> graph.rename(node, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void thereIsOneNodeOfDeadLetters() {
        int letters = graph.deadLetters();

        assertThat(graph.deadLetters()).isEqualTo(letters);
        assertThat(graph.nodes()).hasSize(1);
    }

    @Test
    void afterTheStartNothingCanBeChanged() {
        int node = add("map");
        graph.freeze();

        for (Runnable change : List.<Runnable>of(
                () -> add("map"),
                () -> graph.rename(node, "other"),
                () -> graph.onError(node, ErrorPolicy.SKIP),
                graph::deadLetters)) {
            assertThatThrownBy(change::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Adding or changing streams and outputs after the context was started is not supported");
        }
        assertThat(graph.nodes()).hasSize(1);
    }

    @Test
    void anIntervalThatIsNotAWholeNumberOfMillisecondsIsRefused() {
        for (Duration wrong : new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1_500_000)}) {
            assertThatThrownBy(() -> new StreamGraph(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The batch interval must be a whole number of milliseconds >= 1, but is " + wrong);
        }
        assertThat(new StreamGraph(Duration.ofMillis(1)).interval()).isEqualTo(Duration.ofMillis(1));
    }
}
