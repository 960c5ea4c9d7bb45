// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.io.IOException;

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
}
