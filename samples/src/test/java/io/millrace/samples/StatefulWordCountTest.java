// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatefulWordCountTest {

    @Test
    void showsTheTotalsAfterEveryBatchAlsoWhenNothingCame() {
        try (Console console = Console.open()) {
            int code = console.run(new StatefulWordCount(), "--batch-interval", "100ms");

            assertThat(console.batches())
                    .containsExactly(
                            List.of("(blue,5)", "(green,3)"),
                            List.of("(blue,5)", "(gohawks,1)", "(green,3)"),
                            List.of("(blue,5)", "(gohawks,1)", "(green,3)"),
                            List.of("(blue,5)", "(gohawks,1)", "(green,5)"));
            assertThat(code).isZero();
        }
    }
}
