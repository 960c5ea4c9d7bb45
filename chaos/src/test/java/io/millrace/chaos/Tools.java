// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tools of the machine: whether they are there, and how they are run. */
final class Tools {

    private Tools() {}

    /** Skips the test unless it is run by root, which mounts. */
    static void requireRoot() throws IOException, InterruptedException {
        assumeTrue(run("id", "-u").equals("0"), "skipped: only root may mount file systems, and this is another user");
    }

    /** Skips the test unless a command succeeds. */
    static void require(String why, String... command) throws InterruptedException {
        boolean works;
        try {
            run(command);
            works = true;
        } catch (IOException e) {
            works = false;
        }
        assumeTrue(works, "skipped: " + why + ", and '" + String.join(" ", command) + "' does not work here");
    }

    /**
     * Runs a command and returns what it said.
     *
     * @throws IOException if it cannot be run, or fails
     */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(List.of(command) + " ended with " + code + ": " + said);
        }
        return said;
    }

    /** A file system that is mounted until this is closed. */
    record Mounted(Path at) implements AutoCloseable {
        /** One in memory of so many MiB. */
        static Mounted memory(Path at, int mebibytes) throws IOException, InterruptedException {
            Files.createDirectories(at);
            run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "chaos", at.toString());
            return new Mounted(at);
        }

        /** One in an image. */
        static Mounted image(Path image, Path at) throws IOException, InterruptedException {
            Files.createDirectories(at);
            run("mount", "-o", "loop", image.toString(), at.toString());
            return new Mounted(at);
        }

        @Override
        public void close() throws IOException {
            try {
                run("umount", "-l", at.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
