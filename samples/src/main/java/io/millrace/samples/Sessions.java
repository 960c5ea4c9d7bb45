// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.BatchTime;
import io.millrace.operator.KeyState;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.StateSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Sessions of users: a session begins with a user's first action and ends when nothing has come from him for two batches.
 *
 * <p>{@code mapWithState} keeps how many actions a session has had; the timeout tells that it is over.
 */
@Command(
        name = "Sessions",
        description = "Counts the actions of each session and says when it is over.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Sessions"})
public final class Sessions implements Callable<Integer> {

    private static final Script SCRIPT = Script.of("ann buys", "bob looks", "ann pays", "", "", "", "");

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new Sessions(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of(options.builder("Sessions"), options, SCRIPT)) {
            sessions(run.context().receiverStream(run.receiver()), options.batchInterval())
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** The job, on lines of text and batches of this interval. */
    static DStream<String> sessions(DStream<String> lines, Duration batch) {
        return lines.mapToPair(line -> Pair.of(line.substring(0, line.indexOf(' ')), line))
                .mapWithState(StateSpec.<String, String, Long, String>function(Sessions::session)
                        .timeout(batch.multipliedBy(2)));
    }

    /** One action of a user, or the end of his session. */
    static Optional<String> session(BatchTime time, String user, Optional<String> action, KeyState<Long> actions) {
        if (actions.isTimingOut()) {
            return Optional.of(user + " is gone after " + actions.get() + " actions");
        }
        actions.update(actions.getOption().orElse(0L) + 1);
        return Optional.empty();
    }
}
