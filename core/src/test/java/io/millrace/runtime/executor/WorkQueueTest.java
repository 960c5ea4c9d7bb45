// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private final AtomicBoolean cancelled = new AtomicBoolean();

    @Test
    void piecesAreTakenInOrderAndThenThereAreNone() {
        WorkQueue<String> queue = new WorkQueue<>(List.of("a", "b"), cancelled);

        assertThat(queue.take()).isEqualTo("a");
        assertThat(queue.take()).isEqualTo("b");
        assertThat(queue.take()).isNull();
        assertThat(queue.take()).isNull();
    }

    @Test
    void afterItIsGivenUpThereAreNone() {
        WorkQueue<String> queue = new WorkQueue<>(List.of("a", "b"), cancelled);
        queue.take();

        cancelled.set(true);

        assertThat(queue.take()).isNull();
    }

    @Test
    void everyPieceIsTakenByOneTaskOnly() throws Exception {
        List<Integer> work = IntStream.range(0, 50_000).boxed().toList();
        WorkQueue<Integer> queue = new WorkQueue<>(work, cancelled);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        List<Integer> taken = new ArrayList<>();
        try {
            List<Future<List<Integer>>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(pool.submit(() -> {
                    List<Integer> mine = new ArrayList<>();
                    for (Integer piece = queue.take(); piece != null; piece = queue.take()) {
                        mine.add(piece);
                    }
                    return mine;
                }));
            }
            for (Future<List<Integer>> one : all) {
                assertThat(one.get()).isSorted();
                taken.addAll(one.get());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(taken.stream().sorted().toList()).isEqualTo(work);
    }
}
