// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void twoInOneProcessAreRefused() throws IOException {
        Path directory = temporary.resolve("a/b");
        try (LogDirectory held = LogDirectory.open(directory, Set.of())) {
            assertThat(held.storage().list("")).containsExactly("LOCK");
            assertThatThrownBy(() -> LogDirectory.open(temporary.resolve("a/../a/b"), Set.of()))
                    .isInstanceOf(LogRefusedException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("this process has it open already");
        }
        LogDirectory.open(directory, Set.of()).close();
    }

    @Test
    void aLiveProcessIsNamed() throws Exception {
        Process other = inAnotherProcess("hold");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("held");

            assertThatThrownBy(() -> LogDirectory.open(temporary, Set.of()))
                    .isInstanceOf(LogRefusedException.class)
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("the live process " + other.pid() + " on this host holds it");
            LogDirectory.open(temporary, Set.of(LogDirectory.Allow.LIVE_HOLDER)).close();
        } finally {
            other.destroyForcibly().waitFor();
        }
        LogDirectory.open(temporary, Set.of()).close();
    }

    @Test
    void aRefusalInThisProcessDoesNotLetTheLockGo() throws Exception {
        try (LogDirectory held = LogDirectory.open(temporary, Set.of())) {
            assertThatThrownBy(() -> LogDirectory.open(temporary, Set.of())).isInstanceOf(LogRefusedException.class);

            Process other = inAnotherProcess("try");
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(out.readLine())
                        .contains("the live process " + ProcessHandle.current().pid());
            } finally {
                other.destroyForcibly().waitFor();
            }
            assertThat(held.storage().list("")).containsExactly("LOCK");
        }
    }

    /** The other process: it locks the directory and waits to be killed, or tells why it cannot. */
    public static void main(String[] args) throws IOException {
        try {
            LogDirectory.open(Path.of(args[1]), Set.of());
            System.out.println("held");
            while (System.in.read() >= 0) {
                // Holds it until it is killed.
            }
        } catch (LogRefusedException e) {
            System.out.println(e.getMessage());
        }
    }

    private Process inAnotherProcess(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LogDirectoryTest.class.getName(),
                        what,
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void networkFileSystemsAreRefused() throws IOException {
        for (String type : Set.of("nfs", "nfs4", "NFS", "cifs", "smb3", "fuse.sshfs")) {
            assertThatThrownBy(() -> LogDirectory.refuseShared(temporary, type))
                    .isInstanceOf(LogRefusedException.class)
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("its file system is " + type);
        }
        for (String type : Set.of("ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "zfs")) {
            LogDirectory.refuseShared(temporary, type);
        }
    }

    @Test
    void aDirectoryWithOtherThingsIsRefusedAndLeftAsItWas() throws IOException {
        Files.writeString(temporary.resolve("letter.txt"), "dear");
        LogStorage storage = new FileLogStorage(temporary);

        assertThatThrownBy(() -> open(storage, "job", 1))
                .isInstanceOf(LogRefusedException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("[letter.txt]");
        assertThat(storage.list("")).containsExactly("letter.txt");
    }

    @Test
    void whatAFirstStartLeftBehindIsNoData() throws IOException {
        try (LogDirectory held = LogDirectory.open(temporary, Set.of())) {
            LogStorage storage = held.storage();
            storage.createDirectory("epochs");
            storage.createDirectory("log");
            storage.createDirectory("lost+found");
            storage.create("epochs/000001-" + new UUID(0, 1) + ".tmp").close();

            open(storage, "job", 2).close();
        }
    }

    @Test
    void theDirectoryOfAnotherJobIsRefusedAndItsDriverGoesOn() throws IOException {
        LogStorage storage = new FileLogStorage(temporary);
        try (LogWriter writer = open(storage, "orders", 1)) {
            assertThatThrownBy(() -> open(storage, "clicks", 2))
                    .isInstanceOf(LogRefusedException.class)
                    .hasMessageContaining(temporary.toString())
                    .hasMessageContaining("belongs to the job 'orders', and 'clicks' wants it");
            writer.append(new LogRecord(1, 1, new byte[1]));
            assertThat(writer.commit()).isEqualTo(1);
        }
    }

    @Test
    void aDirectoryThatIsMovedAwayStopsTheWriter() throws IOException {
        Path directory = temporary.resolve("log");
        LogWriter writer = open(new FileLogStorage(directory), "job", 1);
        Files.move(directory, temporary.resolve("elsewhere"));

        writer.append(new LogRecord(1, 1, new byte[1]));

        assertThatThrownBy(writer::commit)
                .isInstanceOf(LogFencedException.class)
                .hasMessageContaining("epochs/000001.claim is gone");
    }

    @Test
    void aDirectoryThatIsSwappedStopsTheWriter() throws IOException {
        Path directory = temporary.resolve("log");
        LogWriter writer = open(new FileLogStorage(directory), "job", 1);
        Path other = temporary.resolve("other");
        open(new FileLogStorage(other), "job", 2).close();
        Files.move(directory, temporary.resolve("elsewhere"));
        Files.move(other, directory);

        writer.append(new LogRecord(1, 1, new byte[1]));

        assertThatThrownBy(writer::commit)
                .isInstanceOf(LogFencedException.class)
                .hasMessageContaining("the directory was swapped");
    }

    private static LogWriter open(LogStorage storage, String job, int start) throws IOException {
        Claimant claimant = new Claimant(job, new UUID(3, start), Instant.EPOCH);
        return DurableLog.open(storage, claimant, LogSettings.DEFAULT, (sequence, record) -> {});
    }
}
