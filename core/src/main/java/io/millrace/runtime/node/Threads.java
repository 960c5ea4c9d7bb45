// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where users' code runs: the task slots of executors, and the output thread. A test puts its own in place of it. */
public interface Threads {

    /** The task slots of an executor; at most {@code slots} tasks at once. */
    Executor slots(String executor, int slots);

    /** Runs one thing at a time, in order. */
    Executor outputs();

    /** Another thread of that kind, which may wait for a disk; one for each name. */
    Executor serial(String name);

    /** The job has ended: nothing more will be run. */
    void close();

    /** Threads of this job's own, which end when they are not needed. */
    static Threads ofJob(String job) {
        ExecutorService outputs = Executors.newSingleThreadExecutor(task -> daemon(task, job + "-outputs"));
        List<ExecutorService> pools = new CopyOnWriteArrayList<>();
        return new Threads() {
            @Override
            public Executor slots(String executor, int slots) {
                ThreadPoolExecutor pool = new ThreadPoolExecutor(
                        slots,
                        slots,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> daemon(task, job + "-" + executor));
                pool.allowCoreThreadTimeOut(true);
                pools.add(pool);
                return pool;
            }

            @Override
            public Executor outputs() {
                return outputs;
            }

            @Override
            public Executor serial(String name) {
                ThreadPoolExecutor pool = new ThreadPoolExecutor(
                        1,
                        1,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> daemon(task, job + "-" + name));
                pool.allowCoreThreadTimeOut(true);
                return pool;
            }

            @Override
            public void close() {
                outputs.shutdown();
                pools.forEach(ExecutorService::shutdown);
            }
        };
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
