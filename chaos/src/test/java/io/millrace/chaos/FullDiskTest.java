// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.chaos.Tools.Mounted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the checkpoint is full for a while: nothing is acknowledged meanwhile, and the job goes on by itself. */
@Tag("chaos")
class FullDiskTest {

    @TempDir
    Path directory;

    @Test
    void waitsForRoomAndGoesOn() throws Exception {
        Tools.requireRoot();
        Path disk = directory.resolve("disk");
        try (Mounted mounted = Mounted.memory(disk, 8);
                Child clients = Rig.clients(directory);
                Rig rig = new Rig(
                        directory.resolve("job"),
                        mounted.at().resolve("checkpoint"),
                        directory.resolve("output"),
                        true,
                        clients)) {
            Child run = rig.running();
            rig.begin();
            run.awaitBatches(5, Rig.PATIENCE);
            for (int time = 1; time <= 3; time++) {
                Path filler = disk.resolve("filler");
                fill(filler);
                awaitError(run, "the log has no room", time);
                Files.delete(filler);
                awaitError(run, "the log has room again", time);
                run.awaitBatches(5, Rig.PATIENCE);
            }
            Verdict verdict = rig.finish(run);
            Says.line("full disk: 3 times, " + verdict);

            assertThat(verdict.isExact()).as(verdict.toString()).isTrue();
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] zeros = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException e) {
            // full, as it is to be
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Waits until the job has logged something so often. */
    private static void awaitError(Child run, String text, int times) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            if (run.errors().split(text, -1).length > times) {
                return;
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new AssertionError("the job did not say '" + text + "' for the " + times + ". time: " + run.errors());
    }
}
