// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A cell of the kill matrix: one fault at one hook of a running job, after which another run may have to take over.
 *
 * @param hook where
 * @param fault what: to the driver's process, or to an executor in it
 * @param pass at which pass of the hook
 */
record Cell(Hook hook, Fault fault, int pass) {

    private static final Duration PATIENCE = Rig.PATIENCE;

    /** Runs it and says what became of the lines. */
    Verdict run(Path directory, Child clients) throws IOException, InterruptedException {
        // The sink of the library keeps its lock as long as its process is there, also halted; the small one does not.
        boolean fileSink = fault != Fault.HALT;
        try (Rig rig = new Rig(directory, fileSink, clients)) {
            if (hook.isAtStart()) {
                Child before = rig.running();
                rig.begin();
                before.awaitBatches(5, PATIENCE);
                before.signal("KILL");
                before.awaitEnd(PATIENCE);
            }
            Child hit = rig.run(List.of(), hook, pass, fault);
            if (!hook.isAtStart()) {
                hit.await("STARTED", PATIENCE);
                rig.lead(hit);
                rig.begin();
            }
            if (hook == Hook.STOP) {
                hit.awaitBatches(5, PATIENCE);
                hit.tell("stop");
            }
            hit.await("HOOK " + hook.label(), PATIENCE);
            return switch (fault) {
                case KILL -> killed(rig, hit);
                case HALT -> halted(rig, hit);
                case CRASH_EXECUTOR, STALL_EXECUTOR -> hit(rig, hit);
                case NONE -> rig.finish(hit);
            };
        }
    }

    private static Verdict killed(Rig rig, Child hit) throws IOException, InterruptedException {
        assertThat(hit.awaitEnd(PATIENCE)).as("exit code of a killed process").isEqualTo(137);
        return rig.finish(rig.running());
    }

    /** The next run takes over and works; then the halted one goes on. One of them must find out that it is fenced. */
    private Verdict halted(Rig rig, Child zombie) throws IOException, InterruptedException {
        zombie.awaitHalted();
        Child next = rig.running();
        next.awaitBatches(3, PATIENCE);
        zombie.signal("CONT");
        if (hook == Hook.CLAIM_LINK) {
            // it had not claimed the log yet: it does now, and so is the later run
            assertThat(next.awaitEnd(PATIENCE)).as(next.errors()).isEqualTo(ChaosJob.FENCED);
            zombie.await("STARTED", PATIENCE);
            rig.lead(zombie);
            return rig.finish(zombie);
        }
        assertThat(zombie.awaitEnd(PATIENCE)).as(zombie.errors()).isEqualTo(ChaosJob.FENCED);
        return rig.finish(next);
    }

    private Verdict hit(Rig rig, Child hit) throws IOException, InterruptedException {
        if (hook == Hook.STOP) {
            assertThat(hit.awaitEnd(PATIENCE)).as(hit.errors()).isEqualTo(ChaosJob.DONE);
            return rig.finish(rig.running());
        }
        if (hook.isAtStart()) {
            hit.await("STARTED", PATIENCE);
            rig.lead(hit);
        }
        if (fault == Fault.CRASH_EXECUTOR) {
            hit.await("LOST", PATIENCE);
        }
        return rig.finish(hit);
    }

    /** Who is hit: {@code driver} or {@code executor}. */
    String role() {
        return fault == Fault.KILL || fault == Fault.HALT ? "driver" : "executor";
    }

    /** {@code afterSeal driver KILL pass 3}. */
    @Override
    public String toString() {
        return hook.label() + " " + role() + " " + fault + " pass " + pass;
    }
}
