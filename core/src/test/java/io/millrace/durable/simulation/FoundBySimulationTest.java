// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import static io.millrace.durable.simulation.Client.Kind.ACKNOWLEDGED;
import static io.millrace.durable.simulation.Client.Kind.PLAIN;
import static io.millrace.durable.simulation.Client.Kind.REPLAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.durable.simulation.Plan.Kind;
import io.millrace.durable.simulation.Plan.Shape;
import io.millrace.durable.simulation.Plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs that were wrong once, as small as they could be made. */
class FoundBySimulationTest {

    private static void isGood(long seed, Shape shape, Step... steps) {
        Verdict verdict = World.run(new Plan(seed, shape, List.of(steps)), Mutant.NONE);
        assertThat(verdict.problems()).as(verdict.describe()).isEmpty();
    }

    private static Shape shape(int blockRecords, int keys, int interval, int snapshotBytes, Client.Kind... clients) {
        return new Shape(2, List.of(clients), blockRecords, keys, false, false, false, interval, snapshotBytes);
    }

    private static Step send(int at, int after, int client, int records) {
        return new Step(at, after, Kind.SEND, client, records);
    }

    @Test
    void anEmptyBatchUsesUpNoNumber() {
        isGood(2, shape(3, 4, 1000, 1308, ACKNOWLEDGED), send(768, 36, 0, 11), send(2568, 4, 0, 9));
    }

    @Test
    void anEmptyBatchIsNotPlannedWhenABlockComesWhileItIsWritten() {
        isGood(32, shape(2, 5, 500, 522, ACKNOWLEDGED), send(123, 1, 0, 8));
    }

    @Test
    void theLogIsTriedUntilThereIsRoom() {
        isGood(
                11,
                shape(1, 5, 500, 1 << 20, ACKNOWLEDGED),
                send(784, 9, 0, 7),
                new Step(1200, 5, Kind.DISK_FULL, 3500, 100),
                send(1500, 34, 0, 10));
    }

    @Test
    void everyAttemptAtABatchHasTheBlocksOfItsPlan() {
        isGood(
                55,
                shape(6, 2, 1000, 1 << 20, ACKNOWLEDGED, REPLAYABLE),
                new Step(363, 301, Kind.DISK_KILL, 38, 1),
                send(1458, 17, 0, 4),
                new Step(1781, 225, Kind.EXECUTOR, 1, 4),
                send(1991, 6, 1, 8),
                send(2141, 8, 0, 1),
                send(2481, 34, 1, 10),
                new Step(2916, 41, Kind.DISK_FAIL, 50, 1),
                send(3773, 42, 1, 8),
                new Step(4032, 248, Kind.DISK_FULL, 4141, 1046),
                send(4249, 6, 0, 7));
    }

    @Test
    void aBatchRunsOnThoseWhoWereNamedForIt() {
        isGood(
                103,
                shape(6, 2, 500, 67, REPLAYABLE),
                send(177, 1, 0, 1),
                send(438, 46, 0, 7),
                new Step(4012, 315, Kind.OUTPUT_HOLD, 4095, 1),
                new Step(4395, 181, Kind.EXECUTOR, 1, 0),
                send(4414, 7, 0, 2));
    }

    @Test
    void whatIsReadAfterACrashIsDurableBeforeItCounts() {
        isGood(
                45,
                shape(3, 4, 500, 1739, ACKNOWLEDGED, PLAIN),
                new Step(1631, 147, Kind.DISK_FAIL, 18, 0),
                new Step(5949, 326, Kind.START_FAULT, 23, 5),
                send(7202, 23, 0, 1));
    }
}
