// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What was received and is not yet processed is bounded, down to the source. */
class BackpressureTest {

    /** A line of 1024 bytes with its end. */
    private static final String KIBIBYTE = "x".repeat(1023);

    @Test
    void doesNotPullTheSourceWhenOutputsAreBlocked() {
        try (BatchHarness harness = BatchHarness.builder("blocked")
                .set("block.bytes", 4096)
                .set("max-outstanding-bytes", 16384)
                .build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Long> counts = harness.collect(harness.stream(lines).count());
            harness.start();

            harness.holdOutputs();
            lines.addAll(Collections.nCopies(100, KIBIBYTE));
            harness.advance(Duration.ofSeconds(20));

            // LineChunks and the streams' buffers hold some; what is outstanding is 16 KiB.
            assertThat(harness.blocks().stream()
                            .mapToLong(block -> block.bytes())
                            .sum())
                    .isEqualTo(16384);
            assertThat(lines.taken()).isBetween(16L, 34L);
            long takenWhenBlocked = lines.taken();
            harness.advance(Duration.ofSeconds(20));
            assertThat(lines.taken()).isEqualTo(takenWhenBlocked);

            harness.releaseOutputs();
            harness.runBatches(12);
            assertThat(lines.left()).isZero();
            assertThat(counts.all().stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
            assertThat(harness.blocks()).isEmpty();
        }
    }

    @Test
    void boundsABatchByWhatMayBeOutstanding() {
        try (BatchHarness harness = BatchHarness.builder("bounded")
                .set("block.bytes", 4096)
                .set("max-outstanding-bytes", 16384)
                .build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Long> counts = harness.collect(harness.stream(lines).count());
            harness.start();

            lines.addAll(Collections.nCopies(40, KIBIBYTE));
            harness.runBatches(3);

            assertThat(counts.all()).containsExactly(16L, 16L, 8L);
        }
    }

    @Test
    void keepsTheBoundWhenTheReceiverMoves() {
        try (BatchHarness harness = BatchHarness.builder("moved")
                .set("block.bytes", 4096)
                .set("max-outstanding-bytes", 16384)
                .build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Long> counts =
                    harness.collect(harness.stream(lines, 0).count());
            harness.start();

            harness.holdOutputs();
            lines.addAll(Collections.nCopies(100, KIBIBYTE));
            harness.advance(Duration.ofMillis(500));
            harness.crashExecutor(0);
            harness.advance(Duration.ofSeconds(5));

            assertThat(harness.blocks().stream()
                            .mapToLong(block -> block.bytes())
                            .sum())
                    .isBetween(16384L, 20480L);
            harness.releaseOutputs();
            harness.runBatches(12);
            long received = harness.events().blocks().stream()
                            .mapToLong(block -> block.bytes())
                            .sum()
                    / 1024;
            assertThat(counts.all().stream().mapToLong(Long::longValue).sum()).isEqualTo(received);
        }
    }
}
