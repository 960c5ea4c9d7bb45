// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.OutputFencedException;
import io.millrace.operator.OutputRefusedException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has outputs write a batch on the output thread, and again after a while as long as one of them has to be asked again. */
final class OutputWriting {

    private static final Logger LOG = LoggerFactory.getLogger(OutputWriting.class);
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final DriverSetup setup;
    private volatile boolean stopped;

    OutputWriting(DriverSetup setup) {
        this.setup = setup;
    }

    /**
     * Writes a batch.
     *
     * @param round makes it, on the output thread
     * @param done told on the output thread when all outputs have it
     * @param refused told on the output thread why the job must end
     */
    void begin(Supplier<OutputRound> round, Consumer<Outputs.Written> done, Consumer<String> refused) {
        setup.outputThread().execute(() -> proceed(round.get(), done, refused, SHORTEST));
    }

    /** The job ends: nothing is tried again. */
    void stop() {
        stopped = true;
    }

    private void proceed(OutputRound round, Consumer<Outputs.Written> done, Consumer<String> refused, Duration pause) {
        try {
            var again = round.proceed();
            if (again.isEmpty()) {
                done.accept(round.written());
                return;
            }
            LOG.warn(
                    "output={} is tried again in {}: {}",
                    again.get().output(),
                    pause,
                    again.get().description());
            Duration twice = pause.multipliedBy(2);
            Duration next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
            setup.time()
                    .timer()
                    .at(
                            setup.time().now().plus(pause),
                            () -> setup.outputThread().execute(() -> tryAgain(round, done, refused, next)));
        } catch (OutputFencedException | OutputRefusedException | OutputClaims.AheadException e) {
            refused.accept(String.valueOf(e.getMessage()));
        }
    }

    private void tryAgain(OutputRound round, Consumer<Outputs.Written> done, Consumer<String> refused, Duration pause) {
        if (!stopped) {
            proceed(round, done, refused, pause);
        }
    }
}
