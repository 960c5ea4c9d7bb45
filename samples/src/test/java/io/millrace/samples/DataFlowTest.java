// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataFlowTest {

    private static final List<String> TOTALS = List.of(
            "    Written: (blue,5) (green,3)",
            "    Written: (blue,5) (gohawks,1) (green,3)",
            "    Written: (blue,5) (gohawks,1) (green,3)",
            "    Written: (blue,5) (gohawks,1) (green,5)");

    private final Console console = Console.open();

    @AfterEach
    void giveBackTheConsole() {
        console.close();
    }

    @Test
    void tellsTheFiveStepsInTheirOrder() {
        console.run(new DataFlow(), "--batch-interval", "100ms");

        assertThat(told("input-0-0-0|receiver of"))
                .map(line -> line.substring(0, 3))
                .containsExactly("(1)", "(2)", "(3)", "(4)", "(5)");
        assertThat(console.out())
                .contains("on executor-0.", "43 bytes", "held by executor-0 and executor-1")
                .contains("takes input-0-0-0; executor-0 and executor-1 work on it.");
    }

    @Test
    void tellsTheCounts() {
        console.run(new DataFlow(), "--batch-interval", "100ms");

        assertThat(told("Written")).isEqualTo(TOTALS);
    }

    @Test
    void losesNothingWhenTheReceiversExecutorIsKilled() {
        int code = console.run(new DataFlow(), "--batch-interval", "100ms", "--crash");

        assertThat(told("Written")).isEqualTo(TOTALS);
        assertThat(told("killed|dead|on executor-1\\."))
                .satisfiesExactly(
                        killed -> assertThat(killed).contains("executor-0", "input-0-0-1 is not processed yet"),
                        dead -> assertThat(dead).isEqualTo("!   executor-0 is dead."),
                        moved -> assertThat(moved).startsWith("(1)"));
        assertThat(code).isZero();
    }

    @Test
    void refusesToCrashWhatHasNoSecondCopy() {
        int code = console.run(new DataFlow(), "--crash", "--replication", "1");

        assertThat(console.err()).startsWith("DataFlow: --crash loses data unless --replication is >= 2, but it is 1");
        assertThat(code).isEqualTo(2);
    }

    private List<String> told(String pattern) {
        return console.outLines().stream()
                .filter(line -> line.matches(".*(" + pattern + ").*"))
                .toList();
    }
}
