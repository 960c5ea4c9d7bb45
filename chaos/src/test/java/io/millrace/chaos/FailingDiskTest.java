// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sync of the log fails with EIO: the job ends, since nobody knows what is on the disk, and the next run misses nothing. */
@Tag("chaos")
class FailingDiskTest {

    @TempDir
    static Path directory;

    private static @Nullable Child clients;

    @BeforeAll
    static void startClients() throws Exception {
        Tools.require("a failing disk is made by strace", "strace", "-qq", "-o", "/dev/null", "true");
        clients = Rig.clients(directory);
    }

    @AfterAll
    static void stopClients() {
        if (clients != null) {
            clients.close();
        }
    }

    /** Which sync of a thread: the first ones are those of the start, the others those of the log's thread. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 10, 20, 40, 80})
    void endsAndMissesNothing(int sync) throws Exception {
        Path job = directory.resolve("sync" + sync);
        List<String> strace = List.of(
                "strace",
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-o",
                job.resolve("strace.txt").toString(),
                "-e",
                "trace=fdatasync",
                "-e",
                "inject=fdatasync:error=EIO:when=" + sync);
        try (Rig rig = new Rig(job, true, Objects.requireNonNull(clients))) {
            Child failing = rig.run(strace, Hook.STOP, 1, Fault.NONE);
            rig.lead(failing);
            rig.begin();
            assertThat(failing.awaitEnd(Rig.PATIENCE)).as(failing.errors()).isEqualTo(ChaosJob.FAILED);
            Verdict verdict = rig.finish(rig.running());
            Says.line("EIO at sync " + sync + ": " + verdict);

            assertThat(verdict.isExact()).as(verdict.toString()).isTrue();
        }
    }
}
