// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.StreamingListener;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read and does not count yet is told to listeners. */
class AtRiskTest {

    @Test
    void listenersHearWhatWasReadAndDidNotCountYet() {
        List<Long> atRisk = new ArrayList<>();
        try (BatchHarness harness = BatchHarness.create("at-risk")) {
            ScriptedText lines = harness.lines();
            harness.stream(lines).print();
            harness.context().addStreamingListener(new StreamingListener() {
                @Override
                public void onAtRisk(int stream, long bytes) {
                    atRisk.add(bytes);
                }
            });
            harness.start();
            harness.runBatch();
            assertThat(atRisk).as("nothing was read").isEmpty();

            lines.add("12345");
            harness.runBatch();
            assertThat(atRisk).containsExactly(6L);

            harness.freezeExecutor(1);
            lines.add("1234567");
            harness.advance(Duration.ofMillis(500));
            lines.add("12345");
            harness.advance(Duration.ofMillis(700));
            assertThat(atRisk).as("the first block waits for its copy").containsExactly(6L, 14L);

            harness.thawExecutor(1);
            harness.runBatches(3);
            assertThat(atRisk).endsWith(0L);
        }
    }
}
