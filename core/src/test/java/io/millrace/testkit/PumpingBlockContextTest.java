// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.concurrent.Await;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;
import scala.concurrent.duration.Duration;

class PumpingBlockContextTest {

    private final Simulation simulation = Simulation.fifo();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void runsOthersWhileOneWaitsForAFuture() {
        Promise<String> promise = Promise$.MODULE$.apply();
        simulation.executor().execute(() -> {
            seen.add("asks");
            seen.add(await(promise));
        });
        simulation.executor().execute(() -> promise.success("answer"));
        simulation.executor().execute(() -> seen.add("other"));

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("asks", "other", "answer");
        assertThat(simulation.uncaught()).isEmpty();
    }

    @Test
    void runsWhatARealThreadBringsWhileOneWaits() {
        Promise<String> promise = Promise$.MODULE$.apply();
        Thread real = new Thread(() -> simulation.executor().execute(() -> promise.success("from outside")));
        simulation.executor().execute(() -> {
            real.start();
            seen.add(await(promise));
        });

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("from outside");
    }

    private static String await(Promise<String> promise) {
        try {
            return Await.result(promise.future(), Duration.apply("20s"));
        } catch (Exception tooLate) {
            throw new IllegalStateException(tooLate);
        }
    }
}
