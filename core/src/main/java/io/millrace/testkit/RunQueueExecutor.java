// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import akka.dispatch.MonitorableThreadFactory;
import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The executor of a dispatcher: hands everything to the run queue and has no thread. */
final class RunQueueExecutor extends AbstractExecutorService {

    private final RunQueue queue;
    private final Thread.UncaughtExceptionHandler handler;
    private volatile boolean shutdown;

    private RunQueueExecutor(RunQueue queue, Thread.UncaughtExceptionHandler handler) {
        this.queue = queue;
        this.handler = handler;
    }

    @Override
    public void execute(Runnable runnable) {
        if (shutdown) {
            throw new RejectedExecutionException("shut down, but was given " + runnable);
        }
        queue.add(runnable, handler);
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    /** Has no thread to wait for. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }

    /** What a dispatcher's configuration names under {@code executor}; Akka makes it. */
    static final class Configurator extends ExecutorServiceConfigurator {

        private final RunQueue queue;

        Configurator(Config config, DispatcherPrerequisites prerequisites) {
            super(config, prerequisites);
            String id = prerequisites.settings().config().getString(SimulationConfig.ID);
            this.queue = SimulationRegistry.get(id).queue();
        }

        @Override
        public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
            Thread.UncaughtExceptionHandler handler = handlerOf(threads);
            return () -> new RunQueueExecutor(queue, handler);
        }

        private static Thread.UncaughtExceptionHandler handlerOf(ThreadFactory threads) {
            return threads instanceof MonitorableThreadFactory akkas
                    ? akkas.exceptionHandler()
                    : RunQueue.HANDLER_OF_THREAD;
        }
    }
}
