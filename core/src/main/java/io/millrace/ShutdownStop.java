// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import java.util.concurrent.ExecutionException;

/** Stops a job gracefully when the JVM ends, and waits for it. */
final class ShutdownStop {

    private ShutdownStop() {}

    /** Hooks it in for as long as the job runs. */
    static void hook(String name, JobRun run) {
        Thread hook = new Thread(
                () -> {
                    try {
                        run.stop(true).get();
                    } catch (InterruptedException | ExecutionException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "millrace-" + name + "-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        run.onEnd(() -> unhook(hook));
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down, which is what the hook was for
        }
    }
}
