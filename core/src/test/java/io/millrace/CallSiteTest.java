// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.operator.record.MapOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StreamGraph;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stands outside of the package of streams, as a program of a user does. */
class CallSiteTest {

    private final StreamGraph graph = new StreamGraph(Duration.ofSeconds(1));

    private final DStream<String> lines = new DStream<>(
            graph, graph.add(new MapOperator<String, String>("lines", line -> line), List.of()), graph.interval());

    @Test
    void anOperatorNamesTheLineOfTheProgramThatDefinesIt() {
        DStream<Integer> lengths = lines.map(String::length);
        int here = line() - 1;

        assertThat(site(lengths)).isEqualTo("CallSiteTest.java:" + here);
    }

    @Test
    void everyOperatorOfAChainNamesItsOwnLine() {
        int before = line();
        PairDStream<String, Long> pairs = lines.mapToPair(word -> Pair.of(word, 1L));
        PairDStream<String, Long> counts = pairs.reduceByKey(Long::sum);

        assertThat(site(pairs)).isEqualTo("CallSiteTest.java:" + (before + 1));
        assertThat(site(counts)).startsWith("CallSiteTest.java:").isNotEqualTo(site(pairs));
    }

    @Test
    void anOutputDefinedByAMethodReferenceNamesTheProgramAndNotTheLibraryThatCallsIt() {
        List.of(lines, lines.map(String::trim)).forEach(DStream::print);
        int here = line() - 1;

        assertThat(graph.node(2).callSite()).hasToString("CallSiteTest.java:" + here);
        assertThat(graph.node(3).callSite()).hasToString("CallSiteTest.java:" + here);
    }

    @Test
    void aMethodOfTheProgramThatBuildsStreamsIsNamedItself() {
        DStream<String> trimmed = trimmed(lines);

        assertThat(site(trimmed)).isNotEqualTo("CallSiteTest.java:" + (line() - 2));
    }

    private static DStream<String> trimmed(DStream<String> stream) {
        return stream.map(String::trim);
    }

    private String site(DStream<?> stream) {
        return graph.node(stream.node()).callSite().toString();
    }

    private static int line() {
        return StackWalker.getInstance()
                .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    }
}
