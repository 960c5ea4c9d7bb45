// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.protocol.Explorer.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol holds in every order of steps of two drivers, of which the first acts for ever, two attempts each, and a client that
 * sends two records again and again; without any one of its rules it does not. All of it is exhaustive in its bounds.
 *
 * <p>There are two explorers. In one the log fences by itself: what was appended by a driver whose successor has claimed is refused.
 * In the other opening and appending are the steps that a driver takes on a disk, so that drivers and claims come between them.
 *
 * <p>Larger bounds, with two partitions and two sinks and with two attempts on the disk (6 330 462 and 1 985 890 worlds), take a
 * few minutes: {@code mvn -pl core test -Dtest=DurableProtocolExplorationTest -Dmillrace.explore=large -DargLine=-Xmx6g}.
 */
class DurableProtocolExplorationTest {

    /** Two records, two drivers, two attempts, two batches in flight, one partition, one sink. */
    private static final Bounds FENCED_LOG = bounds(2, 2, false, 1, 1);

    /** The same with one attempt, and every step that a driver takes on the disk. */
    private static final Bounds DISK = bounds(2, 1, true, 1, 1);

    private static final String HOLDING =
            "LAST_VALUE_FENCED_ONCE|LAST_VALUE_GUARDED|SINK_NOT_FENCED|BLOCKS_FREED_AT_PREPARED";

    @Test
    void everyOrderOfTwoDriversHolds() {
        assertHolds(FENCED_LOG, Broken.NOTHING, 100_000);
    }

    @Test
    void everyOrderOfTheirStepsOnTheDiskHolds() {
        assertHolds(DISK, Broken.NOTHING, 50_000);
    }

    @Test
    void twoPartitionsAndTwoSinksHold() {
        assertHolds(bounds(1, 1, false, 2, 2), Broken.NOTHING, 1_000);
    }

    @ParameterizedTest
    @EnumSource(value = Broken.class, names = HOLDING, mode = EnumSource.Mode.MATCH_ANY)
    void whatIsOnlyDefenceInDepthMayBeLeftOut(Broken broken) {
        assertHolds(FENCED_LOG, broken, 100_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Broken.class,
            names = "NOTHING|READ_BEFORE_CLAIM|CHECK_BEFORE_APPEND|" + HOLDING,
            mode = EnumSource.Mode.MATCH_NONE)
    void aBrokenRuleIsFound(Broken broken) {
        assertFound(FENCED_LOG, broken);
    }

    /** These are the rules of the disk; without the look, or with one of the two orders turned round, what was acknowledged is lost. */
    @ParameterizedTest
    @EnumSource(
            value = Broken.class,
            names = {"LOG_NOT_FENCED", "READ_BEFORE_CLAIM", "CHECK_BEFORE_APPEND"})
    void aBrokenFenceIsFoundOnTheDisk(Broken broken) {
        Result result = assertFound(DISK, broken);

        assertThat(result.violations()).extracting(Invariants.Violation::rule).contains("V3");
    }

    /** Takes minutes, and gigabytes of memory. */
    @ParameterizedTest
    @CsvSource({"2, 1, false, 2, 2", "2, 2, true, 1, 1", "1, 1, true, 2, 2", "3, 1, false, 1, 1"})
    @EnabledIfSystemProperty(named = "millrace.explore", matches = "large")
    void largerBoundsHold(int records, int attempts, boolean split, int partitions, int sinks) {
        assertHolds(bounds(records, attempts, split, partitions, sinks), Broken.NOTHING, 1_000);
    }

    private static Result assertFound(Bounds bounds, Broken broken) {
        Result result = new Explorer(bounds, broken).explore();

        print(bounds, broken, result);
        assertThat(result.violations())
                .as("%s in %s worlds", broken, result.worlds())
                .isNotEmpty();
        assertThat(result.trace()).isNotEmpty();
        return result;
    }

    private static void assertHolds(Bounds bounds, Broken broken, int atLeast) {
        Result result = new Explorer(bounds, broken).explore();

        print(bounds, broken, result);
        assertThat(result.violations())
                .as("%s", String.join("\n", result.trace()))
                .isEmpty();
        assertThat(result.worlds()).as("worlds").isGreaterThanOrEqualTo(atLeast);
    }

    private static void print(Bounds bounds, Broken broken, Result result) {
        String found = result.violations().isEmpty()
                ? "holds"
                : "broken after " + result.trace().size() + " steps, "
                        + result.violations().get(0);
        System.out.println(broken + (bounds.split() ? " on the disk: " : ": ") + result.worlds() + " worlds, "
                + result.steps() + " steps, " + result.drained() + " drained, " + found);
    }

    private static Bounds bounds(int records, int attempts, boolean split, int partitions, int sinks) {
        return new Bounds(records, 2, attempts, split, new ProtocolSettings(partitions, sinks, 1, 2, 8, 8));
    }
}
