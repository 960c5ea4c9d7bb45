// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.protocol.Explorer.Bounds;
import io.millrace.runtime.protocol.Explorer.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol holds in every order of steps; without any one of its rules it does not. */
class DurableProtocolExplorationTest {

    /** One record, two drivers, one attempt of each, one partition, one sink, a batch at a time. */
    private static final Bounds ONE_BY_ONE = bounds(1, 1, 1, 1, 1);

    @Test
    void everyOrderOfTwoDriversHolds() {
        assertHolds(ONE_BY_ONE, Broken.NOTHING);
    }

    @Test
    void twoBatchesInFlightHold() {
        assertHolds(new Bounds(2, 1, 1, new ProtocolSettings(1, 1, 2, 2, 8)), Broken.NOTHING);
    }

    @Test
    void twoPartitionsAndTwoSinksHold() {
        assertHolds(new Bounds(1, 1, 1, new ProtocolSettings(2, 2, 2, 1, 8)), Broken.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Broken.class,
            names = {"SINK_NOT_FENCED", "BLOCKS_FREED_AT_PREPARED", "LAST_VALUE_GUARDED"})
    void whatIsOnlyDefenceInDepthMayBeLeftOut(Broken broken) {
        assertHolds(alone(1, 2), broken);
    }

    @ParameterizedTest
    @EnumSource(
            value = Broken.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NOTHING", "SINK_NOT_FENCED", "BLOCKS_FREED_AT_PREPARED", "LAST_VALUE_GUARDED"})
    void aBrokenRuleIsFound(Broken broken) {
        Result result = new Explorer(smallest(broken), broken).explore();

        System.out.println(broken + ": " + result.worlds() + " worlds, " + result.violations());
        result.trace().forEach(step -> System.out.println("    " + step));
        assertThat(result.violations())
                .as("%s in %s worlds", broken, result.worlds())
                .isNotEmpty();
        assertThat(result.trace()).isNotEmpty();
    }

    /** The smallest bounds in which the rule matters. */
    private static Bounds smallest(Broken broken) {
        return switch (broken) {
            case PLAN_REPLAY_CLEARS_QUEUE -> alone(2, 1);
            case LAST_VALUE_UNGUARDED, LAST_VALUE_FENCED_ONLY -> alone(2, 1);
            case STATE_FILE_BY_BATCH,
                    BLOCKS_FREED_WITH_ATTEMPT,
                    SINK_BEFORE_PREPARED,
                    COMMITTED_BEFORE_SINK,
                    SINK_NOT_IDEMPOTENT -> alone(1, 2);
            default -> bounds(1, 1, 1, 1, 1);
        };
    }

    /** One driver, whose end is as good as a second one's beginning. */
    private static Bounds alone(int records, int attempts) {
        return new Bounds(records, 1, attempts, new ProtocolSettings(1, 1, 2, 1, 8));
    }

    private static void assertHolds(Bounds bounds, Broken broken) {
        Result result = new Explorer(bounds, broken).explore();

        System.out.println(broken + " " + bounds + ": " + result.worlds() + " worlds, " + result.steps() + " steps");
        assertThat(result.violations())
                .as("%s", String.join("\n", result.trace()))
                .isEmpty();
        assertThat(result.worlds()).isGreaterThan(1_000);
    }

    private static Bounds bounds(int records, int attempts, int partitions, int sinks, int batches) {
        return new Bounds(records, 2, attempts, new ProtocolSettings(partitions, sinks, 2, batches, 8));
    }
}
