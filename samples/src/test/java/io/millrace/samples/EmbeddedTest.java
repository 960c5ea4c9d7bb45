// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedTest {

    @Test
    void sendsTheCountsOfEveryBatchToTheActorOfTheApplication() {
        try (Console console = Console.open()) {
            int code = console.run(new Embedded(), "--batch-interval", "100ms");

            assertThat(console.batches())
                    .containsExactly(
                            List.of("(blue,5)", "(green,3)"), List.of("(gohawks,1)"), List.of(), List.of("(green,2)"));
            assertThat(console.err()).matches("stopped after \\d+ batches and 3 records; nothing was left\n");
            assertThat(console.out()).startsWith("-");
            assertThat(code).isZero();
        }
    }
}
