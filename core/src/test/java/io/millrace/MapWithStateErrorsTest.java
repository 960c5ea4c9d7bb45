// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static io.millrace.MapWithStateJob.failingOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.function.StateFunction;
import io.millrace.listener.BatchInfo;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.StateSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of states per key when their function throws. */
class MapWithStateErrorsTest {

    @Test
    void takesEverythingBackWhenTheFunctionThrowsAndGoesOn() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(failingOn("poison")))) {
            job.run("a", "b");
            BatchInfo failed = job.run("a", "c", "poison");
            assertThat(failed.succeeded()).isFalse();
            assertThat(job.state()).isEqualTo(Map.of("a", 1L, "b", 1L));

            job.run("a");
            assertThat(job.mapped.times()).containsExactly(1000L, 3000L);
            assertThat(job.snapshots.last()).containsExactlyInAnyOrder(Pair.of("a", 2L), Pair.of("b", 1L));
        }
    }

    @Test
    void leavesOutTheRecordAndItsChangeWhenErrorsAreSkipped() {
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(failingOn("poison")), ErrorPolicy.SKIP)) {
            BatchInfo info = job.run("a", "poison", "a");

            assertThat(info.succeeded()).isTrue();
            assertThat(info.skipped()).isEqualTo(1);
            assertThat(job.mapped.last()).containsExactly("a1", "a2");
            assertThat(job.state()).isEqualTo(Map.of("a", 2L));
        }
    }

    @Test
    void putsTheRecordIntoTheDeadLetters() {
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(failingOn("poison")), ErrorPolicy.DEAD_LETTER)) {
            job.run("a", "poison");

            assertThat(job.dead.last()).singleElement().satisfies(letter -> {
                assertThat(letter.record()).isEqualTo(Pair.of("poison", 1L));
                assertThat(letter.failed().operator()).isEqualTo("states");
            });
            assertThat(job.state()).isEqualTo(Map.of("a", 1L));
        }
    }

    @Test
    void triesALastCallThatFailsAgainInTheNextBatch() {
        boolean[] broken = {true};
        StateFunction<String, Long, Long, String> function = (time, key, value, state) -> {
            if (state.isTimingOut() && broken[0]) {
                state.update(1L);
            } else if (!state.isTimingOut()) {
                state.update(value.orElseThrow());
            }
            return Optional.of(key + state.isTimingOut());
        };
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(function).timeout(Duration.ofSeconds(2)))) {
            job.run("a");
            job.run();
            job.run();
            assertThat(job.harness.events().failures())
                    .hasSize(2)
                    .allMatch(failure -> failure.contains("A state that is timing out cannot be updated")
                            && failure.contains("(a,"));
            assertThat(job.state()).isEqualTo(Map.of("a", 1L));

            broken[0] = false;
            job.run();
            assertThat(job.mapped.last()).containsExactly("atrue");
            assertThat(job.state()).isEmpty();
        }
    }

    @Test
    void letsAKeyGoWhoseLastCallIsSkipped() {
        StateFunction<String, Long, Long, String> function = (time, key, value, state) -> {
            if (state.isTimingOut()) {
                state.remove();
            }
            state.update(1L);
            return Optional.empty();
        };
        try (MapWithStateJob<String> job = new MapWithStateJob<>(
                StateSpec.function(function).timeout(Duration.ofSeconds(2)), ErrorPolicy.DEAD_LETTER)) {
            job.run("a");
            job.harness.runBatches(3);

            assertThat(job.dead.at(3000))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.failed().cause())
                            .contains("A state that is timing out cannot be removed"));
            assertThat(job.dead.at(4000)).isEmpty();
            assertThat(job.state()).isEmpty();
        }
    }
}
