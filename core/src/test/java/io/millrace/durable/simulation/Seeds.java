// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/** Runs seeds on as many threads as there are processors; every seed is run by one of them alone. */
final class Seeds {

    private Seeds() {}

    /** The results of the seeds from {@code first} on, in no promised order; none is begun any more when {@code goOn} says no. */
    static <T> List<T> run(long first, long count, LongPredicate goOn, LongFunction<T> one) {
        AtomicLong next = new AtomicLong(first);
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "seeds");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<T>>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> {
                    List<T> results = new ArrayList<>();
                    for (long seed = next.getAndIncrement();
                            seed < first + count && goOn.test(seed);
                            seed = next.getAndIncrement()) {
                        results.add(one.apply(seed));
                    }
                    return results;
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<List<T>> part : parts) {
                all.addAll(part.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds ran", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a seed could not be run", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
