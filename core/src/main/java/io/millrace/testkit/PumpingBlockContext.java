// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;

/**
 * Keeps the simulation going while the thread that drives it waits for one of its futures.
 *
 * <p>Akka waits in a few places, booting an actor system among them: for its loggers, for the system materializer. The
 * one thread would wait for itself, so a second one takes over until the first goes on. The two never run at once: the
 * first looks at its future only when the second has run to idle, and goes on only when the second has ended. It is a
 * second thread and not a nested call, for Akka keeps batches of tasks in thread locals.
 */
final class PumpingBlockContext implements BlockContext {

    private static final Duration UNTIL_WOKEN = Duration.ofDays(1);

    private final Stepper stepper;

    PumpingBlockContext(Stepper stepper) {
        this.stepper = stepper;
    }

    @Override
    public <T extends @Nullable Object> T blockOn(Function0<T> wait, CanAwait permission) {
        return stepper.suspend(() -> {
            Pump pump = new Pump();
            Thread thread = new Thread(pump, Thread.currentThread().getName() + "-pump");
            thread.setDaemon(true);
            thread.start();
            rethrow(pump.idle);
            try {
                return wait.apply();
            } finally {
                pump.over = true;
                stepper.queue().wake();
                rethrow(pump.ended);
            }
        });
    }

    private static void rethrow(CompletableFuture<?> done) {
        try {
            done.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the simulation broke while one waited for it", failed.getCause());
        }
    }

    private final class Pump implements Runnable {

        private final CompletableFuture<@Nullable Void> idle = new CompletableFuture<>();
        private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        private volatile boolean over;

        @Override
        public void run() {
            try {
                stepper.drive(this::runUntilOver);
                ended.complete(null);
            } catch (Throwable failure) {
                idle.completeExceptionally(failure);
                ended.completeExceptionally(failure);
            }
        }

        /** After the first idle only real threads can bring more, such as those of sockets. */
        private void runUntilOver() {
            stepper.untilIdle(() -> false);
            idle.complete(null);
            while (!over) {
                awaitWork();
                stepper.untilIdle(() -> false);
            }
        }

        private void awaitWork() {
            try {
                stepper.queue().await(UNTIL_WOKEN);
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException("nobody interrupts this thread", unexpected);
            }
        }
    }
}
