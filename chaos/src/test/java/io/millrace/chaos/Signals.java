// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Signals to processes by number. */
final class Signals {

    private Signals() {}

    /** Sends a signal such as {@code KILL} and returns when it is sent. */
    static void send(String signal, long pid) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a process stands still because it was sent SIGSTOP. Linux only. */
    static void awaitHalted(long pid) throws IOException {
        Path state = Path.of("/proc", Long.toString(pid), "stat");
        for (int i = 0; i < 2_000; i++) {
            String text = Files.readString(state);
            if (text.charAt(text.lastIndexOf(')') + 2) == 'T') {
                return;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new IllegalStateException("process " + pid + " does not stand still after 10 s");
    }
}
