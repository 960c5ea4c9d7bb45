// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where sources of a kind are looked at, which may take long: two threads of the JVM, which end when nothing is asked of them for ten seconds.
 */
public final class LookThreads implements Executor {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    /**
     * None runs yet.
     *
     * @param name what they are called
     */
    public LookThreads(String name) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks, soon.
     *
     * @throws java.util.concurrent.RejectedExecutionException if 10,000 looks wait already
     */
    @Override
    public void execute(Runnable look) {
        threads.execute(look);
    }
}
