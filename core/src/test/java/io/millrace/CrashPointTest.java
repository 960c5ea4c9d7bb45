// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An executor dies at each step of the protocol: nothing that counted as received is lost, nothing comes twice. */
class CrashPointTest {

    static Stream<Arguments> everyPointAndExecutor() {
        return Stream.of(CrashPoint.values())
                .filter(point -> point != CrashPoint.STATE_INSTALLED)
                .flatMap(point -> IntStream.of(0, 1).mapToObj(executor -> Arguments.of(point, executor)));
    }

    @ParameterizedTest
    @MethodSource("everyPointAndExecutor")
    void losesAndRepeatsNothingWhenAnExecutorDies(CrashPoint point, int executor) {
        try (BatchHarness harness =
                BatchHarness.builder("totals").set("block.records", 10).build()) {
            RunningTotals job = new RunningTotals(harness, point + "/" + executor);
            job.add(25);
            harness.runBatch();

            harness.crashWhen(point, executor);
            job.add(25);
            harness.runBatch();
            job.add(25);
            harness.runBatches(4);

            assertThat(harness.crashes()).isEqualTo(1);
            assertThat(harness.events().lines())
                    .contains("executor-" + executor + " lost", "executor-" + executor + ".1 added");
            job.check();
            job.checkNothingLeft();
        }
    }

    @ParameterizedTest
    @MethodSource("everyPointAndExecutor")
    void losesNothingAtAllWhenTheReceiverLives(CrashPoint point, int executor) {
        try (BatchHarness harness =
                BatchHarness.builder("totals").set("block.records", 10).build()) {
            RunningTotals job = new RunningTotals(harness, point + "/" + executor);
            job.add(25);
            harness.crashWhen(point, executor);
            harness.runBatch();
            job.add(25);
            harness.runBatches(4);

            List<String> processed = job.processed();
            if (harness.events().lines().stream()
                            .filter(line -> line.startsWith("receiver 0 started"))
                            .count()
                    == 1) {
                assertThat(processed).hasSize(50);
            }
            job.check();
            job.checkNothingLeft();
        }
    }
}
