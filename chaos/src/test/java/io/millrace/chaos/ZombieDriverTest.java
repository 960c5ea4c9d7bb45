// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is halted, replaced and continued writes nothing any more and ends; thirty times in a row on one checkpoint. */
@Tag("chaos")
class ZombieDriverTest {

    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final int TRIALS = Integer.getInteger("chaos.trials", 30);

    @TempDir
    Path directory;

    @Test
    @Timeout(1200)
    void writesNothingAfterItWasReplaced() throws Exception {
        Random random = new Random(SEED);
        List<Hook> hooks = java.util.Arrays.stream(Hook.values())
                .filter(hook -> !hook.isRare())
                .toList();
        try (Child clients = Rig.clients(directory);
                Rig rig = new Rig(directory.resolve("job"), false, clients)) {
            Child run = null;
            for (int trial = 0; trial < TRIALS; trial++) {
                Hook hook = hooks.get(random.nextInt(hooks.size()));
                int pass = 20 + random.nextInt(20);
                Child zombie = run;
                run = rig.run(List.of(), hook, pass, Fault.HALT);
                run.await("STARTED", Rig.PATIENCE);
                rig.lead(run);
                if (zombie == null) {
                    rig.begin();
                } else {
                    run.awaitBatches(1, Rig.PATIENCE);
                    zombie.signal("CONT");
                    assertThat(zombie.awaitEnd(Rig.PATIENCE))
                            .as("trial " + trial + " of seed " + SEED + ": " + zombie.errors())
                            .isEqualTo(ChaosJob.FENCED);
                }
                run.await("HOOK " + hook.label(), Rig.PATIENCE);
                run.awaitHalted();
            }
            Child last = rig.running();
            last.awaitBatches(1, Rig.PATIENCE);
            java.util.Objects.requireNonNull(run).signal("CONT");
            assertThat(run.awaitEnd(Rig.PATIENCE)).as(run.errors()).isEqualTo(ChaosJob.FENCED);
            Verdict verdict = rig.finish(last);
            Says.line("zombie drivers: " + TRIALS + " trials (seed " + SEED + "): " + verdict);

            assertThat(verdict.isExact()).as(verdict.toString()).isTrue();
        }
    }
}
