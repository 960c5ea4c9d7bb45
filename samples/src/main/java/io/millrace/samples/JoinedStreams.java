// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Joins two streams: the clicks on an advertisement with its showings in the same and the last batch.
 *
 * <p>A join looks at one batch; windows on a side make it look further back.
 */
@Command(
        name = "JoinedStreams",
        description = "Joins clicks with the showings of the last two batches.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.JoinedStreams"})
public final class JoinedStreams implements Callable<Integer> {

    private static final Script SCRIPT =
            Script.of("show 1 shoes,show 2 hats", "click 2", "click 1,show 3 coats", "click 3");

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new JoinedStreams(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of(options.builder("JoinedStreams"), options, SCRIPT)) {
            clicks(run.context().receiverStream(run.receiver()), options.batchInterval())
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** The job, on lines of text and batches of this interval. */
    static DStream<String> clicks(DStream<String> lines, Duration batch) {
        DStream<String[]> events =
                lines.flatMap(line -> List.of(line.split(",", -1))).map(event -> event.split(" ", -1));
        PairDStream<String, String> shown =
                events.filter(event -> event[0].equals("show")).mapToPair(event -> Pair.of(event[1], event[2]));
        PairDStream<String, Boolean> clicked =
                events.filter(event -> event[0].equals("click")).mapToPair(event -> Pair.of(event[1], true));
        return clicked.leftOuterJoin(shown.window(batch.multipliedBy(2)))
                .map(joined -> "advertisement " + joined.key() + " clicked: "
                        + joined.value().value().orElse("not shown lately"));
    }
}
