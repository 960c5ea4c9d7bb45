// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where the ends of topics are looked up: two threads of the JVM, which end when nothing is asked of them for ten seconds. */
final class TopicLooks {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final long IDLE_SECONDS = 10;

    /** Runs a look. */
    static final Executor EXECUTOR = executor();

    private TopicLooks() {}

    private static Executor executor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "millrace-topic-looks");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
